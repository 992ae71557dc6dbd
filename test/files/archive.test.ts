import { deflateSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ArchiveBudget, openArchive } from '@/utils/files/archive';
import { cpuTime } from '../cpu-time';
import { makeZip, type ZipEntry } from '../fixtures/files/zip';
import { Random } from '../fixtures/random';

const name = 'pack.zip';
const open = (bytes: Uint8Array) => openArchive(bytes, { name });
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
  return 'nothing thrown';
};
const paths = (entries: ZipEntry[]) => open(makeZip(entries)).entries.map(({ path }) => path);

describe('an archive', () => {
  it('gives its entries in order and every byte of them, packed or stored, also when asked twice', () => {
    const random = new Random(7);
    const noise = Uint8Array.from({ length: 300_000 }, () => random.below(256));
    const archive = open(
      zipSync({
        'a/b.txt': new TextEncoder().encode('望舒 moon'),
        'noise.bin': [noise, { level: 0 }],
        empty: new Uint8Array(),
      }),
    );
    expect(archive.entries.map(({ path }) => path)).toEqual(['a/b.txt', 'noise.bin', 'empty']);
    expect(archive.text('a/b.txt')).toBe('望舒 moon');
    expect(archive.text('A/B.TXT')).toBe('望舒 moon');
    expect(archive.text('/a/./b.txt')).toBe('望舒 moon');
    expect(archive.read('noise.bin')).toEqual(noise);
    expect(archive.read('noise.bin')).toEqual(noise);
    expect(archive.read('empty')).toEqual(new Uint8Array());
    expect(archive.read('c.txt')).toBeUndefined();
    expect(archive.text('c.txt')).toBeUndefined();
    expect([...archive.chunks('c.txt')]).toEqual([]);
  });

  it('is read with sizes behind the bytes, as zip64, with a comment and with something in front', () => {
    const entries: ZipEntry[] = [
      { name: 'one.txt', data: 'first', hasDescriptor: true },
      { name: 'two.txt', data: 'second', isLarge: true },
      { name: 'three.txt', data: 'third', isStored: true },
    ];
    const before = new TextEncoder().encode('MZ this unpacks itself');
    for (const options of [
      {},
      { isLarge: true },
      { comment: 'PK\u0005\u0006 not the end' },
      { before },
      { before, isLarge: true },
    ]) {
      const archive = open(makeZip(entries, options));
      expect(archive.entries.map(({ path }) => archive.text(path))).toEqual(['first', 'second', 'third']);
    }
  });

  it('keeps every path inside itself and unique', () => {
    expect(
      paths([
        { name: '../../etc/passwd' },
        { name: '/root.txt' },
        { name: 'C:\\Windows\\system.ini' },
        { name: 'a\\..\\..\\b.txt' },
        { name: 'nul\u0000l.txt' },
        { name: 'twice.txt' },
        { name: 'twice.txt' },
        { name: './twice.txt' },
        { name: '__proto__' },
        { name: '..' },
      ]),
    ).toEqual([
      'etc/passwd',
      'root.txt',
      'Windows/system.ini',
      'b.txt',
      'nul\ufffdl.txt',
      'twice.txt',
      'twice (2).txt',
      'twice (3).txt',
      '__proto__',
    ]);
    const archive = open(
      makeZip([
        { name: 'a.txt', data: '1' },
        { name: 'a.txt', data: '2' },
        { name: 'b', data: '3' },
      ]),
    );
    expect(archive.duplicates).toEqual(['a.txt']);
    expect(archive.text('a.txt')).toBe('1');
    expect(archive.text('a (2).txt')).toBe('2');
    expect(archive.entries.map(({ isRenamed }) => isRenamed)).toEqual([false, true, false]);
  });

  it('reads names of old Chinese, Japanese and western programs', () => {
    const bytes = (...codes: number[]) => Uint8Array.from(codes);
    expect(paths([{ name: bytes(0xcd, 0xfb, 0xca, 0xe6, 0x2e, 0x74, 0x78, 0x74) }])).toEqual(['望舒.txt']);
    expect(paths([{ name: bytes(0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x2e, 0x74, 0x78, 0x74) }])).toEqual([
      'テスト.txt',
    ]);
    expect(paths([{ name: bytes(0x52, 0x82, 0x73, 0x75, 0x6d, 0x82) }])).toEqual(['Résumé']);
    expect(paths([{ name: '简历.docx', isUtf8: false }])).toEqual(['简历.docx']);
  });

  it('says what is wrong with it', () => {
    const good = makeZip([{ name: 'a.txt', data: 'text'.repeat(1000) }]);
    expect(codeOf(() => open(new Uint8Array()))).toBe('file-empty');
    expect(codeOf(() => open(new TextEncoder().encode('no archive at all')))).toBe('file-broken');
    expect(codeOf(() => open(good.subarray(0, good.length - 30)))).toBe('file-broken');
    expect(codeOf(() => open(good.subarray(30)).read('a.txt'))).toBe('file-broken');
    expect(open(makeZip([])).entries).toEqual([]);
    const one = (entry: Partial<ZipEntry>) => () =>
      open(makeZip([{ name: 'a.txt', data: 'text'.repeat(1000), ...entry }])).read('a.txt');
    expect(codeOf(one({ isEncrypted: true }))).toBe('file-locked');
    expect(codeOf(one({ method: 99 }))).toBe('file-broken');
    expect(codeOf(one({ claims: { checksum: 1 } }))).toBe('file-broken');
    expect(codeOf(one({ claims: { offset: 99_999 } }))).toBe('file-broken');
    expect(codeOf(one({ packed: deflateSync(new Uint8Array(5000)).subarray(0, 8) }))).toBe('file-broken');
    expect(codeOf(one({ packed: Uint8Array.of(255, 255, 255) }))).toBe('file-broken');
    // A wrong size is no harm: what comes out counts.
    expect(one({ claims: { size: 3 } })()).toHaveLength(4000);
  });

  it('is never damaged without being told so, wherever a byte is wrong', () => {
    const text = 'Every sentence of it. '.repeat(40);
    const good = makeZip([{ name: 'a.txt', data: text }]);
    for (let at = 0; at < good.length; at++) {
      const bad = good.slice();
      bad[at] = (bad[at] ?? 0) ^ 0x55;
      let read: string | undefined;
      try {
        const archive = open(bad);
        read = archive.entries[0] && archive.text(archive.entries[0].path);
      } catch (error) {
        expect(['file-broken', 'file-locked', 'file-bomb']).toContain((error as { code?: string }).code);
        continue;
      }
      if (read !== undefined) expect(read).toBe(text);
    }
  });

  it('tells a locked Office file from a damaged one', () => {
    const compound = new Uint8Array(4096);
    compound.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(codeOf(() => open(compound))).toBe('file-broken');
    Array.from('EncryptedPackage').forEach((letter, index) => {
      compound[1024 + 2 * index] = letter.charCodeAt(0);
    });
    expect(codeOf(() => open(compound))).toBe('file-locked');
  });
});

describe('an archive that unpacks to far more than it should', () => {
  const zeros = deflateSync(new Uint8Array(80 * 2 ** 20), { level: 9 });
  const facts = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return error as { code: string; facts: Record<string, unknown> };
    }
    throw new Error('was read');
  };

  it('is refused before anything comes out when it confesses, and soon when it lies', () => {
    const honest = makeZip([{ name: 'a', packed: zeros, claims: { size: 80 * 2 ** 20 } }]);
    expect(facts(() => open(honest).read('a'))).toMatchObject({
      code: 'file-bomb',
      facts: { name, megabytes: 80 },
    });
    const lying = makeZip([{ name: 'a', packed: zeros, claims: { size: 10 } }]);
    const { code, facts: said } = facts(() => open(lying).read('a'));
    expect(code).toBe('file-bomb');
    expect(said.megabytes).toBeLessThan(48);
    expect(facts(() => open(lying).text('a')).code).toBe('file-bomb');
  });

  it('is bounded over all its entries, and over the archives in it', () => {
    const piece = 'a sentence with words '.repeat(3_000);
    const entries = Array.from({ length: 40 }, (_, index) => ({ name: `${index}.txt`, data: piece }));
    const bytes = makeZip(entries);
    const limits = { total: 20 * piece.length };
    const archive = openArchive(bytes, { name, limits });
    const read = () => archive.entries.map(({ path }) => archive.text(path)?.length);
    expect(facts(read).code).toBe('file-bomb');
    const budget = new ArchiveBudget(limits);
    const inner = makeZip(entries.slice(0, 15));
    const readAll = () => {
      const one = openArchive(inner, { name, budget });
      for (const { path } of one.entries) one.read(path);
      // Again costs nothing.
      for (const { path } of one.entries) one.read(path);
    };
    readAll();
    expect(facts(readAll).code).toBe('file-bomb');
  });

  it('may have a hundred thousand entries, and no more than the limit', () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => ({ name: `f/${index}`, isStored: true }));
    const bytes = makeZip(entries, { isLarge: true });
    const begin = cpuTime();
    expect(open(bytes).entries).toHaveLength(100_000);
    expect(cpuTime() - begin).toBeLessThan(5_000);
    expect(facts(() => openArchive(bytes, { name, limits: { entries: 99_999 } })).code).toBe(
      'folder-too-large',
    );
  });
});
