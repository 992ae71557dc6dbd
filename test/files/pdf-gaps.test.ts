import { describe, expect, it } from 'vitest';
import { AppError } from '@/utils/errors';
import { readPdf } from '@/utils/files/pdf';
import { pageList } from '@/utils/files/pdf/page-list';
import { type PdfText, writePdf } from '../fixtures/pdf.ts';
import { loadData } from '../fixtures/pdf-data.ts';
import { partlyScannedPdf, plainPdf, scannedPdf, sentence, twoColumnPdf } from '../fixtures/pdf-documents.ts';

const read = (bytes: Uint8Array, options: Partial<Parameters<typeof readPdf>[1]> = {}) =>
  readPdf(bytes, { name: 'file.pdf', loadData, ...options });
const seen: PdfText = { x: 72, y: 600, text: sentence(1) };
const readHidden = (text: Partial<PdfText>, operators = '') =>
  read(writePdf({ pages: [{ operators, texts: [seen, { x: 72, y: 500, text: 'secret words', ...text }] }] }));
const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('what nobody sees', () => {
  const cases: [string, Partial<PdfText>, string?][] = [
    ['white letters on paper', { color: [1, 1, 1] }],
    ['letters of less than a point', { size: 0.1 }],
    ['letters beside the page', { x: 700 }],
    ['the invisible mode without a scan below', { mode: 3 }],
    ['black letters on black', {}, '0 0 0 rg 60 490 200 30 re f'],
  ];
  for (const [name, text, operators] of cases) {
    it(`is counted: ${name}`, async () => {
      const reading = await readHidden(text, operators);
      expect(reading.text).not.toContain('secret');
      expect(reading.gaps).toEqual([{ why: 'hidden', size: 'secretwords'.length, sample: 'secret words' }]);
    });
  }

  it('is not white letters on a dark ground, nor small print', async () => {
    const reading = await readHidden({ color: [1, 1, 1] }, '0.1 0.1 0.4 rg 60 490 200 30 re f');
    expect(reading.text).toContain('secret words');
    expect((await readHidden({ size: 4 })).gaps).toEqual([]);
  });

  it('is not the text that a scanner put over its picture', async () => {
    const texts = [{ x: 72, y: 600, text: sentence(1), mode: 3 }];
    const reading = await read(writePdf({ pages: [{ picture: [0, 0, 612, 792], texts }] }));
    expect(reading.text).toContain(sentence(1));
    expect(reading.gaps).toEqual([]);
  });
});

describe('gaps', () => {
  it('hold running heads, feet and page numbers, every character of them', async () => {
    const { text, gaps } = await read(twoColumnPdf(12).bytes);
    expect(text).not.toContain('Annals of the Mill Stream');
    const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1)).join('');
    expect(gaps).toEqual([
      {
        why: 'furniture',
        size: 12 * 'AnnalsoftheMillStream'.length + numbers.length,
        sample: 'Annals of the Mill Stream · 1',
      },
    ]);
  });

  it('name pages without text, and do not count blank ones', async () => {
    const { gaps, text, pages } = await read(partlyScannedPdf().bytes);
    expect(gaps).toEqual([{ why: 'scanned-pages', size: 3, sample: '3, 5–6' }]);
    expect(text).toContain(sentence(4));
    expect(pages).toBe(6);
    expect((await read(writePdf({ pages: [{ texts: [seen] }, {}] }))).gaps).toEqual([]);
  });

  it('name pages that take too long', async () => {
    let time = 0;
    const { gaps, text } = await read(plainPdf(6).bytes, { now: () => (time += 100), totalLimit: 350 });
    expect(gaps).toContainEqual({ why: 'unread-pages', size: 3, sample: '4–6' });
    expect(text).toContain(sentence(1));
  });

  it('are written as lists of pages', () => {
    expect(pageList([3, 7, 8, 9, 12])).toBe('3, 7–9, 12');
    expect(pageList([])).toBe('');
  });
});

describe('files with faults', () => {
  it('ask for a password, and say when it is wrong', async () => {
    const { bytes, sentences } = twoColumnPdf(1, { password: 'open sesame' });
    await expect(read(bytes.slice())).rejects.toMatchObject({ code: 'pdf-password', facts: { wrong: 0 } });
    await expect(read(bytes.slice(), { password: 'no' })).rejects.toMatchObject({
      code: 'pdf-password',
      facts: { wrong: 1 },
    });
    const { text } = await read(bytes.slice(), { password: 'open sesame' });
    expect(text.replace(/\s+/g, ' ')).toContain(sentences[0]?.[0]);
  });

  it('are broken, empty or something else', async () => {
    const { bytes } = twoColumnPdf(2);
    expect(await code(read(bytes.slice(0, 500)))).toBe('pdf-broken');
    expect(await code(read(new Uint8Array()))).toBe('pdf-broken');
    expect(await code(read(new TextEncoder().encode('<!doctype html><p>Not a PDF</p>')))).toBe('pdf-broken');
  });

  it('have no text at all', async () => {
    expect(await code(read(scannedPdf()))).toBe('pdf-scanned');
    expect(await code(read(writePdf({ pages: [{}] })))).toBe('pdf-scanned');
  });

  it('claim lengths that are not so', async () => {
    for (const claimedLength of [0, 3, 10_000_000]) {
      const { text } = await read(writePdf({ pages: [{ texts: [seen] }], claimedLength, compress: false }));
      expect(text).toContain(sentence(1));
    }
  });

  it('have a tree of pages that bites its tail', async () => {
    const bytes = Buffer.from(
      writePdf({ pages: [{ texts: [seen] }, { texts: [seen] }], compress: false }),
    ).toString('latin1');
    const looped = bytes.replace(/\/Count 2 \/Kids \[\d+ 0 R \d+ 0 R\]/, (kids) =>
      kids.replace(/\[.*\]/, '[2 0 R 2 0 R]'),
    );
    expect(looped).not.toBe(bytes);
    expect(['pdf-broken', 'pdf-scanned', 'no error']).toContain(
      await code(read(new Uint8Array(Buffer.from(looped, 'latin1')))),
    );
  });

  it('have letters far apart, none of which is lost', async () => {
    const operators = 'q BT /regular 10 Tf 100000000 Tc 72 700 Td (far apart) Tj ET Q';
    const { text, gaps } = await read(writePdf({ pages: [{ texts: [seen], operators }] }));
    const hidden = gaps.find(({ why }) => why === 'hidden')?.size ?? 0;
    expect(text).toMatch(/\bf\b/);
    expect(hidden + 1).toBe('farapart'.length);
  });

  it('have pages of a size beyond sense', async () => {
    const { text } = await read(writePdf({ pages: [{ width: 1e8, height: 1e8, texts: [seen] }] }));
    expect(text).toContain(sentence(1));
  });
});

describe('large files', () => {
  it('of 10,000 pages are read within bounds', async () => {
    const pages = Array.from({ length: 10_000 }, (_, index) =>
      index % 100 ? {} : { texts: [{ ...seen, text: sentence(index) }] },
    );
    const { text, pages: total } = await read(writePdf({ pages }));
    expect(total).toBe(10_000);
    expect(text).toContain(sentence(9_900));
  }, 60_000);

  it('with 200,000 operators on a page are read whole', async () => {
    const operators = `BT /regular 1.2 Tf 72 780 Td 1.3 TL ${'(ab ) Tj\n'.repeat(100)}`;
    const lines = Array.from(
      { length: 2_000 },
      (_, index) => `1 0 0 1 20 ${780 - index * 0.35} Tm ${'(abc ) Tj '.repeat(100)}`,
    );
    const started = performance.now();
    const { characters, gaps } = await read(
      writePdf({ pages: [{ operators: `${operators}${lines.join('\n')} ET` }] }),
    );
    const hidden = gaps.reduce((sum, gap) => sum + gap.size, 0);
    expect(characters + hidden).toBeGreaterThan(600_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  }, 60_000);

  it('gives what was read when it is ended early, and names the pages after it', async () => {
    const { bytes, sentences } = plainPdf(20);
    const stop = new AbortController();
    const { text, gaps, pages } = await readPdf(bytes, {
      name: 'file.pdf',
      loadData,
      stop: stop.signal,
      onProgress: ({ page }) => page === 7 && stop.abort(),
    });
    expect(pages).toBe(20);
    expect(gaps).toContainEqual({ why: 'stopped-pages', size: 13, sample: '8–20' });
    const words = text.replace(/\s+/g, ' ');
    for (const sentence of sentences.slice(0, 7).flat()) expect(words).toContain(sentence);
    expect(text).not.toContain('[page 8]');
  });

  it('can be stopped between two pages, and tell each page', async () => {
    const controller = new AbortController();
    const seenPages: number[] = [];
    const work = read(plainPdf(50).bytes, {
      signal: controller.signal,
      onProgress: ({ page, pages }) => {
        seenPages.push(page);
        expect(pages).toBe(50);
        if (page === 5) controller.abort(new AppError('pdf-stopped'));
      },
    });
    expect(await code(work)).toBe('pdf-stopped');
    expect(seenPages).toEqual([1, 2, 3, 4, 5]);
  });
});
