import { describe, expect, it } from 'vitest';
import { readMarkdown } from '@/utils/files/markdown';
import { markdownBlocks } from '@/utils/files/markdown/blocks';
import { readText } from '@/utils/files/text';
import { plainPassages } from '@/utils/files/text/plain';
import { cpuTime } from '../cpu-time';
import { Random } from '../fixtures/random';

const bytes = (text: string) => new TextEncoder().encode(text);
const plain = async (text: string, name = 'a.txt') => (await readText(bytes(text), { name })).text;
const blocks = (text: string) =>
  [...markdownBlocks(text)].map(({ start, end, kind }) => [kind, text.slice(start, end)]);
/** The lines with something in them, in order. */
const written = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

describe('a plain text', () => {
  it('is read to the letter, in paragraphs, in lines that are paragraphs, or in lines together', async () => {
    expect(await plain('One *two*\n  three\r\n\r\nfour  \n')).toBe('¶1 One *two*\n  three\n\n¶2 four  ');
    const novel = [
      '第一章 望舒',
      ...Array.from({ length: 5 }, (_, index) => `　　这是第${index}段，写得足够长，所以每一行都是一段。`),
    ].join('\n');
    expect(await plain(novel)).toBe(
      written(novel)
        .map((line, index) => `¶${index + 1} ${line}`)
        .join('\n\n'),
    );
    expect(plainPassages(novel)[0]?.kind).toBe('heading');
    expect(await plain('a\nb\nc')).toBe('¶1 a\nb\nc');
    expect(await plain('one\n¶2 two')).toBe('¶1 one\n ¶2 two');
    expect(await plain('12:00 start\n12:01 end', 'x.log')).toBe('¶1 [line 1] 12:00 start\n12:01 end');
  });

  it('is decoded, and says so when it had to guess', async () => {
    const gbk = Uint8Array.from([
      0xcd, 0xfb, 0xca, 0xe6, 0xb6, 0xc1, 0xcd, 0xea, 0xd5, 0xfb, 0xc6, 0xaa, 0xce, 0xc4, 0xb5, 0xb5,
    ]);
    const reading = await readText(gbk, { name: 'a.txt' });
    expect(reading.text).toBe('¶1 望舒读完整篇文档');
    expect(reading.lang).toBe('zh');
    expect(reading.file.notes).toMatchObject([{ what: 'decoded' }]);
    expect(reading.file.units).toEqual({ lines: 1 });
  });

  it('says why it is not read', async () => {
    await expect(readText(new Uint8Array(), { name: 'a.txt' })).rejects.toMatchObject({ code: 'file-empty' });
    await expect(readText(bytes(' \n\n'), { name: 'a.txt' })).rejects.toMatchObject({ code: 'file-nothing' });
    const binary = Uint8Array.from({ length: 999 }, (_, index) => index % 7);
    await expect(readText(binary, { name: 'a.bin' })).rejects.toMatchObject({
      code: 'file-kind',
      facts: { kind: 'bin' },
    });
  });

  it('loses no line, whatever lines there are', () => {
    const random = new Random(3);
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: random.below(60) }, () =>
        random.pick([
          '',
          ' ',
          'word',
          '# head',
          '- item',
          '  more',
          '```',
          '| a | b |',
          '| - | - |',
          '> said',
          '===',
          '---',
          '　　望舒'.repeat(9),
          'x'.repeat(400),
        ]),
      ).join('\n');
      const found = plainPassages(text)
        .map((passage) => passage.text)
        .join('\n');
      expect(written(found)).toEqual(written(text));
      const marked = blocks(text)
        .map(([, block]) => block)
        .join('\n');
      expect(written(marked)).toEqual(written(text));
    }
  });

  it('takes linear time for one line of 20 MB and for very many lines', async () => {
    const begin = cpuTime();
    const line = 'word '.repeat(4_000_000);
    expect((await plain(line)).length).toBe(line.length + 3);
    expect((await readText(bytes('short line\n'.repeat(300_000)), { name: 'a.log' })).file.units.lines).toBe(
      300_000,
    );
    expect(cpuTime() - begin).toBeLessThan(8_000);
  });
});

describe('Markdown', () => {
  it('is cut at its blocks and kept to the letter', () => {
    const text = [
      '---',
      'title: x',
      '---',
      'Intro',
      'goes on',
      '# One',
      'Text `code`',
      '',
      'Setext',
      '===',
      '* item',
      '  more',
      '',
      '  still item',
      '  ```js',
      '  x',
      '  ```',
      '* next',
      '1. one',
      '   - sub',
      '',
      'after',
      '',
      '```python',
      '# no heading',
      '',
      'x',
      '```',
      '| a | b |',
      '| --- | :-: |',
      '| 1 | 2 |',
      'lazy',
      '',
      '> quote',
      'lazy quote',
      '',
      '***',
      '    code',
      '~~~',
      'open',
    ].join('\n');
    expect(blocks(text)).toEqual([
      ['text', '---\ntitle: x\n---'],
      ['text', 'Intro\ngoes on'],
      ['heading', '# One'],
      ['text', 'Text `code`'],
      ['heading', 'Setext\n==='],
      ['list-item', '* item\n  more\n\n  still item\n  ```js\n  x\n  ```'],
      ['list-item', '* next'],
      ['list-item', '1. one\n   - sub'],
      ['text', 'after'],
      ['code', '```python\n# no heading\n\nx\n```'],
      ['table', '| a | b |\n| --- | :-: |\n| 1 | 2 |'],
      ['text', 'lazy'],
      ['quote', '> quote\nlazy quote'],
      ['text', '***'],
      ['text', '    code'],
      ['code', '~~~\nopen'],
    ]);
  });

  it('says on which line each passage begins, and never makes a false mark', async () => {
    const reading = await readMarkdown(bytes('# A\n\nb\n¶3 c\n'), { name: 'a.md' });
    expect(reading.text).toBe('¶1 [line 1] # A\n\n¶2 [line 3] b\n ¶3 c');
    expect(reading.segments.map(({ place }) => place)).toEqual([{ line: 1 }, { line: 3 }]);
  });

  it('takes linear time', async () => {
    for (const piece of [
      '- a\n',
      '  - a\n',
      '> ',
      '```\n',
      '# ',
      '| a ',
      '---\n',
      'a\n===\n',
      '* * * ',
      ' ',
      '\t',
      '1. ',
    ]) {
      const begin = cpuTime();
      await readMarkdown(bytes(`x\n${piece.repeat(60_000)}`), { name: 'a.md' });
      expect(cpuTime() - begin, piece).toBeLessThan(4_000);
    }
  });
});
