/**
 * `npm run bench:search`: the built extension reads ten pages of ten kinds from a server, each with one fact deep in its
 * text. How long that takes, and how many of the ten facts reach the prompt: ours, beside what reading assistants do with
 * the same texts (two results and their snippets; three pieces of two pages that are nearest to the question, as Page
 * Assist does by default).
 */
import { resolve } from 'node:path';
import { createServer } from 'vite';
import type { createSearchRun } from '../../utils/chat/search-run.ts';
import type { toldOf } from '../../utils/chat/search-told.ts';
import type { compose, messageText } from '../../utils/context/compose.ts';
import type { Hit } from '../../utils/search/types.ts';
import { measureWallTime } from './search/wall-time.ts';

const repository = resolve(import.meta.dirname, '../..');
const server = await createServer({
  root: repository,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@': repository } },
  server: { middlewareMode: true },
  optimizeDeps: { noDiscovery: true },
});
const load = async <T>(path: string) => (await server.ssrLoadModule(path)) as T;
const { createSearchRun: startRun } = await load<{ createSearchRun: typeof createSearchRun }>(
  '/utils/chat/search-run.ts',
);
const { toldOf: tell } = await load<{ toldOf: typeof toldOf }>('/utils/chat/search-told.ts');
const composing = await load<{ compose: typeof compose; messageText: typeof messageText }>(
  '/utils/context/compose.ts',
);

const question = 'How many silver eels passed which gate in a single night, by each account?';
const wall = await measureWallTime(200);
const { pages } = wall;
const hits = pages.map(({ page: { url, title } }): Hit => ({ url, title }));

const started = performance.now();
const run = startRun({
  id: 'bench',
  wish: { queries: [question] },
  pages: 10,
  asks: false,
  find: async () => ({ engine: 'bench', engineName: 'Bench', hits, passedOver: [] }),
  read: async (list, { onRead }) => {
    for (const rank of list.keys()) {
      const { source } = pages[rank] ?? {};
      if (source) onRead(rank, { kind: 'read', source });
      else onRead(rank, { kind: 'trouble', trouble: { code: 'link-unreachable', facts: {} } });
    }
  },
  round: 1,
  at: 0,
  number: 1,
  known: [],
  tokensOf: ({ tokens }) => tokens,
  signal: new AbortController().signal,
  onChange: () => {},
  onKeep: async () => {},
});
const { record, sources } = await run.ended;
const composition = composing.compose({
  sources,
  history: [],
  turn: {
    task: 'answer',
    question,
    instructions: '<instructions>\nAnswer.\n</instructions>',
    sourceIds: [],
    findings: [{ sourceIds: sources.map(({ source }) => source.id), told: tell(record).told ?? '' }],
  },
  model: { window: 1_048_576 },
});
if (!composition.fits) throw new Error('A window of a million tokens was exceeded.');
const ours = composition.request.messages.map(composing.messageText).join('\n');
const took = performance.now() - started;

const texts = pages.map(({ source }) => source?.text ?? '');
const snippets = texts
  .slice(0, 2)
  .map((text) => text.slice(0, 160))
  .join('\n');

/** Pieces of 1,000 characters that overlap by 200; by the words they share with the question, rarest first. */
const pieces = texts.slice(0, 2).flatMap((text) => {
  const list: string[] = [];
  for (let start = 0; start < text.length; start += 800) list.push(text.slice(start, start + 1_000));
  return list;
});
const wordsOf = (text: string) => new Set(text.toLowerCase().match(/\p{L}{3,}/gu));
const rarity = new Map(
  [...wordsOf(question)].map((word) => [
    word,
    Math.log((1 + pieces.length) / (1 + pieces.filter((piece) => wordsOf(piece).has(word)).length)),
  ]),
);
const nearness = (piece: string) =>
  [...wordsOf(piece)].reduce((sum, word) => sum + (rarity.get(word) ?? 0), 0);
const nearest = [...pieces]
  .sort((one, other) => nearness(other) - nearness(one))
  .slice(0, 3)
  .join('\n');

const plain = (text: string) => text.replace(/\s+/g, ' ');
const row = (name: string, prompt: string) => {
  const words = plain(prompt);
  const holds = (sentence: string | undefined) => sentence !== undefined && words.includes(plain(sentence));
  return {
    way: name,
    'facts of 10': pages.filter(({ page }) => holds(page.fact)).length,
    'last sentences of 10': pages.filter(({ page }) => holds(page.last)).length,
    characters: prompt.length,
  };
};
console.table([
  row('ten pages, whole (ours)', ours),
  row('two results, snippets', snippets),
  row('two results, three nearest pieces', nearest),
]);
console.log(`Composed ${composition.estimate.total} tokens in ${Math.round(took)} ms.`);
await server.close();

console.table({
  'ten pages, each after 200 ms (ms)': Math.round(wall.all),
  'the slowest of them alone (ms)': Math.round(wall.slowest),
  'times as long; goal 3': Number((wall.all / wall.slowest).toFixed(2)),
  'longest task where they are read (ms); goal 100': Math.round(wall.longestTask),
});
