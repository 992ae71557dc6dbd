import { describe, expect, it } from 'vitest';
import { AppError } from '@/utils/errors';
import { readFile } from '@/utils/files/read-file';
import { cpuTime } from '../cpu-time';
import { disguised, hostileArchives, hostileBooks } from '../fixtures/hostile/archives';
import type { HostileFile } from '../fixtures/hostile/hostile-file';
import { hostileDocuments, hostileOpenDocuments, hostileWorkbooks } from '../fixtures/hostile/office';
import {
  hostileMails,
  hostilePages,
  hostileProse,
  hostileTables,
  hostileTexts,
} from '../fixtures/hostile/texts';

/**
 * Files that are broken or made to do harm. Each ends in a sentence or in a reading that says what is missing, within
 * time and memory, and asks the network for nothing.
 */

const all: [string, HostileFile[]][] = [
  ['a workbook', hostileWorkbooks],
  ['a table', hostileTables],
  ['a document', hostileDocuments],
  ['another document', hostileOpenDocuments],
  ['a text', hostileProse],
  ['a page', hostilePages],
  ['a notebook, subtitles or code', hostileTexts],
  ['a mail', hostileMails],
  ['a book', hostileBooks],
  ['an archive', hostileArchives],
  ['a name that lies', disguised],
];

/** Milliseconds of the processor for one file, on a slow machine; a reader that is not linear takes minutes. */
const longest = 20_000;
/** Bytes that reading a file may need beside its own. */
const mostMemory = 1_500 * 2 ** 20;

it('are at least sixty', () => {
  expect(all.flatMap(([, files]) => files).length).toBeGreaterThan(60);
});

describe.each(all)('%s with', (_, files) => {
  it.each(files.map((file) => [file.what, file.name, file] as const))(
    '%s (%s)',
    async (_what, name, file) => {
      const bytes = file.make();
      const before = { time: cpuTime(), memory: process.memoryUsage().rss };
      const fetched: unknown[] = [];
      const { fetch } = globalThis;
      globalThis.fetch = (async (address: unknown) => {
        fetched.push(address);
        throw new Error('nothing is fetched');
      }) as typeof fetch;
      let end = 'reading';
      try {
        const reading = await readFile(bytes, { name });
        for (const { start, end: stop } of reading.segments) expect(stop).toBeGreaterThanOrEqual(start);
        file.check?.(reading);
        expect(reading.segments.length).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        end = error.code;
      } finally {
        globalThis.fetch = fetch;
      }
      expect(file.ends).toContain(end);
      expect(fetched).toEqual([]);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(cpuTime() - before.time).toBeLessThan(longest);
      expect(process.memoryUsage().rss - before.memory).toBeLessThan(mostMemory);
    },
  );
});
