import { describe, expect, it } from 'vitest';
import { loadBundled } from '@/utils/browser/bundled-data';
import { fetchBytes } from '@/utils/browser/pages';
import { isPdf, nameOf } from '@/utils/browser/pdf-tab';

const answering =
  (body: BodyInit | null, init: ResponseInit = {}): typeof globalThis.fetch =>
  async () =>
    new Response(body, init);

describe('the bytes of an address', () => {
  it('come whole, with their type and how far they are', async () => {
    const steps: [number, number | undefined][] = [];
    const { bytes, contentType } = await fetchBytes('https://a.test/x', {
      fetch: answering('12345', {
        headers: { 'content-type': 'Application/PDF; q=1', 'content-length': '5' },
      }),
      onProgress: (loaded, total) => steps.push([loaded, total]),
    });
    expect(new TextDecoder().decode(bytes)).toBe('12345');
    expect(contentType).toBe('application/pdf');
    expect(steps.at(-1)).toEqual([5, 5]);
  });

  it('are refused, not cut, when there are too many: as announced or as counted', async () => {
    const limit = 2 ** 20;
    const announced = answering('x', { headers: { 'content-length': String(3 * limit) } });
    await expect(fetchBytes('https://a.test/', { limit, fetch: announced })).rejects.toMatchObject({
      code: 'file-too-large',
      facts: { megabytes: 3, limit: 1 },
    });
    const counted = answering(new Uint8Array(limit + 1));
    await expect(fetchBytes('https://a.test/', { limit, fetch: counted })).rejects.toMatchObject({
      code: 'file-too-large',
    });
  });

  it('are incomplete when fewer come than were announced', async () => {
    const fetch = answering('123', { headers: { 'content-length': '9' } });
    await expect(fetchBytes('https://a.test/', { fetch })).rejects.toMatchObject({ code: 'file-cut' });
    const packed = answering('123', { headers: { 'content-length': '9', 'content-encoding': 'gzip' } });
    expect((await fetchBytes('https://a.test/', { fetch: packed })).bytes).toHaveLength(3);
  });

  it('are refused with the status, or by a connection that fails', async () => {
    await expect(
      fetchBytes('https://a.test/', { fetch: answering('', { status: 403 }) }),
    ).rejects.toMatchObject({
      code: 'file-refused',
      facts: { status: 403, host: 'a.test' },
    });
    const failing = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(fetchBytes('https://a.test/', { fetch: failing })).rejects.toMatchObject({
      code: 'file-refused',
      facts: { status: 0 },
    });
  });

  it('stop with their signal', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    const fetch = (_: unknown, options?: RequestInit) => Promise.reject(options?.signal?.reason);
    await expect(fetchBytes('https://a.test/', { signal, fetch })).rejects.toThrow('stopped');
  });
});

describe('a PDF', () => {
  it('is known by its first bytes, with up to a kilobyte of anything before them', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(isPdf(bytes('%PDF-1.4'))).toBe(true);
    expect(isPdf(bytes(`${' '.repeat(1_000)}%PDF-2.0`))).toBe(true);
    expect(isPdf(bytes(`<!doctype html>${' '.repeat(2_000)}%PDF-1.4`))).toBe(false);
  });

  it('is named after its address', () => {
    expect(nameOf('https://a.test/files/A%20paper.pdf?x=1#page=2')).toBe('A paper.pdf');
    expect(nameOf('https://a.test/')).toBe('a.test');
    expect(nameOf('https://a.test/%E0%A4%A')).toBe('%E0%A4%A');
  });

  it('gets only the data files that exist', async () => {
    await expect(loadBundled('cmaps', '../manifest.json', answering('x'))).rejects.toThrow('No data file');
  });
});
