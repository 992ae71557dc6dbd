import { describe, expect, it } from 'vitest';
import { readBook } from '@/utils/files/book';
import { numberIn } from '@/utils/files/book/chapter-number';
import { passagesOf } from '@/utils/files/file-reading';
import { cpuTime } from '../cpu-time.ts';
import { type MadeBook, makeBook, page } from '../fixtures/files/book.ts';
import { falseMarks, shown } from './read.ts';

const readBytes = (bytes: Uint8Array<ArrayBuffer>) => readBook(bytes, { name: 'mill.epub' });
const read = (book: MadeBook) => readBytes(makeBook(book));

const simple: MadeBook = {
  title: 'The Lower Mill',
  author: 'Anna Bell',
  pages: [
    { path: 'title.xhtml', text: page('<h1>The Lower Mill</h1><p>by Anna Bell</p>') },
    { path: 'preface.xhtml', text: page('<h2>Preface</h2><p>Why this was written.</p>') },
    {
      path: 'c1.xhtml',
      text: page(
        '<h2>Chapter 1: The river</h2><p>The river was low.</p><h3 id="noon">Noon</h3><p>It fell.</p>',
      ),
    },
    { path: 'c2.xhtml', text: page('<p>The committee measured.</p>') },
  ],
  contents: [
    { title: 'Preface', href: 'preface.xhtml' },
    { title: 'Chapter 1: The river', href: 'c1.xhtml' },
    { title: 'Noon', href: 'c1.xhtml#noon', depth: 1 },
    { title: 'Chapter 2', href: 'c2.xhtml' },
  ],
};

describe('an EPUB', () => {
  it.each([2, 3] as const)(
    'of version %s has its pages in order, with chapters as the book counts them',
    async (version) => {
      const reading = await read({ ...simple, version });
      expect(shown(reading)).toEqual([
        'heading: # The Lower Mill',
        'text: by Anna Bell',
        'heading: ## Preface',
        'text: Why this was written.',
        'heading [chapter 1]: ## Chapter 1: The river',
        'text [chapter 1]: The river was low.',
        'heading [chapter 1]: ### Noon',
        'text [chapter 1]: It fell.',
        'heading [chapter 2]: # Chapter 2',
        'text [chapter 2]: The committee measured.',
      ]);
      expect(reading).toMatchObject({
        title: 'mill.epub',
        lang: 'en',
        gaps: [],
        file: { units: { chapters: 2 } },
      });
    },
  );

  it('tells chapters apart that stand in one file, wherever their entries lead', async () => {
    const reading = await read({
      pages: [
        {
          path: 'all.xhtml',
          text: page(
            '<p>Before all.</p><div id="a"><h2>第一章 水</h2><p>一。</p></div><h2><a id="b"></a>第二章 石</h2><p>二。</p><p><span id="c">三。</span></p>',
          ),
        },
      ],
      contents: [
        { title: '第一章 水', href: 'all.xhtml#a' },
        { title: '第二章 石', href: 'all.xhtml#b' },
        { title: '第三章 火', href: 'all.xhtml#c' },
        { title: '第四章 木', href: 'all.xhtml#gone' },
      ],
    });
    expect(shown(reading).slice(1)).toEqual([
      'heading [chapter 1]: ## 第一章 水',
      'text [chapter 1]: 一。',
      'heading [chapter 2]: ## 第二章 石',
      'text [chapter 2]: 二。',
      'heading [chapter 3]: # 第三章 火',
      'text [chapter 3]: 三。',
      'heading [chapter 4]: # 第四章 木',
    ]);
  });

  it('counts the highest entries where titles have no numbers, and pages where there are no titles', async () => {
    const pages = ['a', 'b', 'c'].map((path) => ({
      path: `${path}.xhtml`,
      text: page(`<p>Text ${path}</p>`),
    }));
    const contents = [
      { title: 'Stone', href: 'a.xhtml' },
      { title: 'Small', href: 'b.xhtml', depth: 1 },
      { title: 'Water', href: 'c.xhtml' },
    ];
    expect(shown(await read({ pages, contents })).filter((one) => one.startsWith('text'))).toEqual([
      'text [chapter 1]: Text a',
      'text [chapter 1]: Text b',
      'text [chapter 2]: Text c',
    ]);
    const bare = await read({ pages });
    expect(shown(bare).at(-1)).toBe('text [chapter 3]: Text c');
    expect(bare.file.units).toEqual({ chapters: 3 });
  });

  it('keeps lists, tables, verses, readings, pictures and what stands in other scripts', async () => {
    const reading = await read({
      pages: [
        {
          path: 'a.xhtml',
          text: page(
            '<ol start="3"><li>three</li><li>four<ul><li>deep</li></ul></li></ol><table><tr><th>Mill</th><th>Level</th></tr><tr><td rowspan="2">Upper</td><td>12</td></tr><tr><td>9</td></tr></table>' +
              '<blockquote><p>Low water,<br/>\n high stone.</p></blockquote><p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>&mdash;&nbsp;x</p>' +
              '<p><img src="images/map.jpg" alt="A map of the river"/></p><svg xmlns:xlink="x"><image xlink:href="cover.jpg"/></svg><p dir="rtl">שלום עולם</p><pre>¶1 a\n¶2 b</pre>',
          ),
        },
        { path: 'cover.jpg', text: 'x', mediaType: 'image/jpeg' },
      ],
      direction: 'rtl',
    });
    expect(shown(reading)).toEqual([
      'list-item [chapter 1]: 3. three',
      'list-item [chapter 1]: 4. four\n   - deep',
      'table [chapter 1]: | Mill | Level |\n| --- | --- |\n| Upper | 12 |\n| Upper | 9 |',
      'quote [chapter 1]: > Low water,\n> high stone.',
      'text [chapter 1]: 漢(かん)字(じ)— x',
      'text [chapter 1]: ![A map of the river](images/map.jpg)',
      'text [chapter 1]: שלום עולם',
      'code [chapter 1]: ```\n ¶1 a\n ¶2 b\n```',
    ]);
    expect(reading.gaps).toEqual([{ why: 'pictures', size: 3 }]);
    expect(falseMarks(reading)).toBe(0);
  });

  it('puts notes and their marks together, in the same file and in another', async () => {
    const reading = await read({
      pages: [
        {
          path: 'text/a.xhtml',
          text: page(
            '<p>Measured<a epub:type="noteref" href="#n1">1</a> twice<sup><a id="r2" href="../notes.xhtml#n2">2</a></sup> and <a href="../text/b.xhtml">see there</a>, <a href="https://mill.test/a">here</a>.</p>' +
              '<p>水<a class="duokan-footnote" href="#d1"><img src="note.png"/></a>低</p>' +
              '<aside epub:type="footnote" id="n1"><p><a href="#r1">1</a> By hand.</p></aside><ol><li class="duokan-footnote-item" id="d1">河水。</li></ol>',
          ),
        },
        { path: 'text/b.xhtml', text: page('<p>There.</p>') },
        {
          path: 'notes.xhtml',
          text: page(
            '<p id="n2"><a href="text/a.xhtml#r2">2</a>. Once by eye. <a href="text/a.xhtml#r2">↩</a></p>',
          ),
          linear: false,
        },
      ],
    });
    expect(shown(reading).map((one) => one.replace(/^\S+ \[chapter \d\]: /, ''))).toEqual([
      'Measured[^1] twice[^2] and see there, [here](https://mill.test/a).',
      '水[^1]低',
      '[^1]: By hand.',
      '[^1]: 河水。',
      'There.',
      '[^2]: Once by eye.',
    ]);
  });

  it('reads what is there of a broken book, and says what is not', async () => {
    const missing = await read({ ...simple, entries: { 'OEBPS/c1.xhtml': undefined } });
    expect(missing.text).toContain('The committee measured.');
    expect(missing.gaps).toEqual([{ why: 'unread-parts', size: 1, sample: 'OEBPS/c1.xhtml' }]);
    for (const entries of [
      { 'META-INF/container.xml': undefined },
      { 'OEBPS/book.opf': '<package><manifest><item id="a" href="c1.xhtml"', 'OEBPS/nav.xhtml': undefined },
      { 'META-INF/container.xml': undefined, 'OEBPS/book.opf': undefined },
      { 'OEBPS/nav.xhtml': '<nav><ol><li><a href="' },
    ] as Record<string, string | undefined>[]) {
      const reading = await read({ ...simple, entries });
      for (const words of ['Why this was written.', 'The river was low.', 'The committee measured.'])
        expect(reading.text).toContain(words);
    }
    const bytes = makeBook(simple);
    await expect(readBytes(bytes.slice(0, bytes.length / 2))).rejects.toMatchObject({ code: 'file-broken' });
    await expect(readBytes(new Uint8Array())).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read({ pages: [] })).rejects.toMatchObject({ code: 'file-broken' });
    await expect(
      read({ pages: [{ path: 'a.xhtml', text: page('<img src="a.png"/>') }] }),
    ).rejects.toMatchObject({
      code: 'file-nothing',
    });
  });

  it('does not mind fonts that are locked, and does mind chapters', async () => {
    const encryption = (algorithm: string, path: string) =>
      `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="${path}"/></enc:CipherData></enc:EncryptedData></encryption>`;
    const withLock = (algorithm: string, path: string) =>
      read({ ...simple, entries: { 'META-INF/encryption.xml': encryption(algorithm, path) } });
    const open = await withLock('http://www.idpf.org/2008/embedding', 'OEBPS/fonts/a.otf');
    expect(open.text).toContain('The river was low.');
    await expect(
      withLock('http://www.w3.org/2001/04/xmlenc#aes128-cbc', 'OEBPS/c1.xhtml'),
    ).rejects.toMatchObject({
      code: 'file-locked',
    });
  });

  it('expands no entity, fetches nothing and leaves its archive for nothing', async () => {
    const bomb = `<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, index) => `<!ENTITY ${'bcdefghij'[index]} "${`&${'abcdefghi'[index]};`.repeat(10)}">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const began = cpuTime();
    const reading = await read({
      pages: [
        { path: 'a.xhtml', text: page('<p>Read &j; &x; this.</p>').replace('<!DOCTYPE html>', bomb) },
        { path: '../../../etc/passwd', text: page('<p>inside</p>') },
      ],
    });
    expect(cpuTime() - began).toBeLessThan(1_000);
    expect(reading.text).toMatch(/Read .{0,20}this\./);
    expect(reading.text).not.toContain('aaaaaaaaaaa');
  });

  it('is not held up by contents, notes and pages that are made to be slow', async () => {
    const many = Array.from({ length: 6_000 }, (_, index) => index);
    const books: MadeBook[] = [
      {
        pages: [{ path: 'a.xhtml', text: page('<p>Words.</p>') }],
        contents: many.map((index) => ({ title: `Title ${index}`, href: 'a.xhtml#gone' })),
      },
      {
        pages: [
          {
            path: 'a.xhtml',
            text: page(
              many
                .map((index) => `<p>W<sup><a href="b.xhtml#n${index % 50}">${index % 9}</a></sup></p>`)
                .join(''),
            ),
          },
          {
            path: 'b.xhtml',
            text: page(
              `<div id="n1">${many.map((index) => `<p id="n${index}"><a href="a.xhtml">1</a></p>`).join('')}</div>`,
            ),
          },
        ],
      },
      {
        pages: [{ path: 'a.xhtml', text: page(`${'<div><p id="a">x'.repeat(5_000)}`) }],
        contents: [{ title: 'T', href: 'a.xhtml#a' }],
      },
    ];
    for (const [index, book] of books.entries()) {
      const bytes = makeBook(book);
      const began = cpuTime();
      await readBytes(bytes);
      expect(cpuTime() - began, `book ${index}`).toBeLessThan(3_000);
    }
  });

  it('reads a novel of 200,000 characters in one chapter, to the last word', async () => {
    const sentences = Array.from(
      { length: 10_000 },
      (_, index) => `第${index}日，磨坊下游的水位又低了一些，他们写下来。`,
    );
    const body = sentences.map((sentence) => `<p>\u3000\u3000${sentence}</p>`).join('\n');
    const book = { pages: [{ path: 'all.xhtml', text: page(`<h1>磨坊</h1>${body}`) }], language: 'zh' };
    const bytes = makeBook(book);
    const began = cpuTime();
    const reading = await readBytes(bytes);
    expect(cpuTime() - began).toBeLessThan(5_000);
    expect(
      passagesOf(reading)
        .slice(1)
        .map(({ text }) => text.trim()),
    ).toEqual(sentences);
    expect(reading.lang).toBe('zh');
  });
});

describe('the number of a chapter', () => {
  it.each([
    ['Chapter 12', 12],
    ['CHAPTER XIV. The stone', 14],
    ['Chapter Seven', 7],
    ['Kapitel 3: Wasser', 3],
    ['第十二章 水', 12],
    ['第一百零五回', 105],
    ['第二十章', 20],
    ['第１０章', 10],
    ['第一〇五節', 105],
    ['上卷 第两百章', 200],
    ['7. The river', 7],
    ['12', 12],
    ['1984 was cold', undefined],
    ['Preface', undefined],
    ['Chapters of stone', undefined],
    ['第三者', undefined],
  ])('%s', (title, number) => {
    expect(numberIn(title)).toBe(number);
  });
});
