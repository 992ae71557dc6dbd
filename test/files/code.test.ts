import { describe, expect, it } from 'vitest';
import { readCode } from '@/utils/files/code';
import { languageOf } from '@/utils/files/code-languages';
import { cpuTime } from '../cpu-time.ts';
import { encodeAs } from '../fixtures/encodings.ts';
import fc from '../fixtures/property.ts';
import { Random } from '../fixtures/random.ts';
import { bytesOf, falseMarks, shown, unfenced } from './read.ts';

const read = (text: string, name = 'a.ts') => readCode(bytesOf(text), { name });

/** A program of so many functions. */
function program(functions: number): string {
  const random = new Random(7);
  return Array.from({ length: functions }, (_, index) => {
    const lines = Array.from({ length: random.between(2, 40) }, (_, line) =>
      random.below(9) === 0
        ? ''
        : `  const value${line} = measure(${random.below(1_000)}, '${index}/${line}');`,
    );
    return `/** Step ${index}. */\nexport function step${index}() {\n${lines.join('\n')}\n}\n`;
  }).join('\n');
}

describe('a file of code', () => {
  it('is read to the letter, in passages of whole functions that know their line', async () => {
    const text = program(60);
    const reading = await read(text);
    expect(`${unfenced(reading)}\n`).toBe(text);
    expect(reading.file.units).toEqual({ lines: text.split('\n').length - 1 });
    const lines = text.split('\n');
    for (const { place, start, end, kind } of reading.segments) {
      expect(kind).toBe('code');
      const [, first = ''] = reading.text.slice(start, end).split('\n');
      expect(lines[(place?.line ?? 0) - 1]).toBe(first);
      expect(end - start).toBeLessThan(3_700);
    }
    const begins = reading.segments.filter(({ start }) =>
      reading.text.slice(start).startsWith('```typescript\n/**'),
    );
    expect(begins.length).toBeGreaterThan(reading.segments.length * 0.9);
  });

  it('gives back any text whatever, but for the kind of its line ends', async () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\n\n',
      '  b\n',
      '```',
      '````\n',
      '~~~',
      '¶',
      '}',
      '字',
      '\t',
      '\r\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 200 }), async (pieces) => {
        const text = `x${pieces.join('')}`;
        const reading = await read(text);
        expect(unfenced(reading)).toBe(text.replaceAll('\r\n', '\n').replace(/\n$/, ''));
      }),
      { numRuns: 300 },
    );
  });

  it('has fences that nothing in it can end, and no line that looks like a mark', async () => {
    const reading = await read('a\n```\n¶1 b\n````js\n¶22 [page 3] c\n```', 'notes.json');
    expect(shown(reading)).toEqual([
      'code [line 1]: `````json\na\n```\n ¶1 b\n````js\n ¶22 [page 3] c\n```\n`````',
    ]);
    expect(falseMarks(reading)).toBe(0);
  });

  it('reads what Windows and old Macs wrote, in their encodings', async () => {
    const text = '# 水位\r\nprint("磨坊下游的水位在下降，委员会每天早晨测量")\r\n';
    const reading = await readCode(encodeAs('gb18030', text), { name: 'level.py' });
    expect(`${unfenced(reading)}\n`).toBe(text.replaceAll('\r\n', '\n'));
    expect(reading.file.notes).toEqual([{ what: 'decoded', sample: 'GB18030' }]);
    const wide = Uint8Array.from([
      0xff,
      0xfe,
      ...Array.from('a=1\nb=2').flatMap((sign) => [sign.charCodeAt(0), 0]),
    ]);
    expect(unfenced(await readCode(wide, { name: 'a.ini' }))).toBe('a=1\nb=2');
    expect(unfenced(await read('a\rb\rc'))).toBe('a\nb\nc');
  });

  it('reads one line of five million characters as fast as any other text', async () => {
    const line = `{"rows":[${'{"name":"mill","level":12.5},'.repeat(170_000)}0]}`;
    const began = cpuTime();
    const reading = await read(`${line}\n{"last":"row"}\n`, 'data.min.json');
    expect(cpuTime() - began).toBeLessThan(3_000);
    expect(unfenced(reading)).toBe(`${line}\n{"last":"row"}`);
  });

  it('refuses what is no text, what is empty and what is blank', async () => {
    const noise = Uint8Array.from({ length: 2_000 }, (_, index) => (index * 37) % 256);
    await expect(readCode(noise, { name: 'a.bin' })).rejects.toMatchObject({
      code: 'file-kind',
      facts: { kind: 'bin' },
    });
    await expect(read('')).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read(' \n\n')).rejects.toMatchObject({ code: 'file-nothing' });
  });

  it.each([
    ['src/main.rs', '', 'rust'],
    ['Dockerfile', '', 'dockerfile'],
    ['Dockerfile.dev', '', 'dockerfile'],
    ['web/Makefile', '', 'makefile'],
    ['CMakeLists.txt', '', 'cmake'],
    ['.gitignore', '', 'ignore'],
    ['.env.local', '', 'ini'],
    ['go.mod', '', 'go'],
    ['a.test.TSX', '', 'tsx'],
    ['run', '#!/usr/bin/env python3\nprint(1)', 'python'],
    ['run', '#!/bin/bash -e\n', 'bash'],
    ['run', '#!/usr/bin/env -S node --test\n', 'javascript'],
    ['run', '#! /usr/local/bin/Rscript\n', 'r'],
    ['data', '<?xml version="1.0"?>\n<a/>', 'xml'],
    ['LICENSE', 'Permission is granted', undefined],
    ['constructor', '', undefined],
    ['a.constructor', '', undefined],
  ])('tells the language of %s', (name, text, language) => {
    expect(languageOf(name, text)?.language).toBe(language);
  });
});
