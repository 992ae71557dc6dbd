/**
 * `npm run bench:cache`: what ten questions on a text of 200,000 tokens repeat of each other, byte for byte, and what
 * that costs at list prices, beside a layout that puts the page into every newest message. Then ten questions on five
 * sources that are added, set aside, taken out and brought back, and what composing costs.
 */
import { resolve } from 'node:path';
import { createServer } from 'vite';
import type { textWithWords } from '../../utils/chat/reading-text.ts';
import type { compose, MeasuredSource, messageText } from '../../utils/context/compose.ts';
import type { costOf } from '../../utils/context/prices.ts';
import type { measureLongText, measureText } from '../../utils/context/tokens.ts';
import type { providers } from '../../utils/models/providers/index.ts';
import type { Message, Model } from '../../utils/models/types.ts';
import type { tenChoices } from '../fixtures/ten-choices.ts';
import type { Asked, commonPrefix, tenQuestions } from '../fixtures/ten-questions.ts';

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
const { textWithWords: makeText } = await load<{ textWithWords: typeof textWithWords }>(
  '/utils/chat/reading-text.ts',
);
const tokens = await load<{ measureLongText: typeof measureLongText; measureText: typeof measureText }>(
  '/utils/context/tokens.ts',
);
const composing = await load<{ compose: typeof compose; messageText: typeof messageText }>(
  '/utils/context/compose.ts',
);
const questions = await load<{ tenQuestions: typeof tenQuestions; commonPrefix: typeof commonPrefix }>(
  '/test/fixtures/ten-questions.ts',
);
const { costOf: cost } = await load<{ costOf: typeof costOf }>('/utils/context/prices.ts');
const { providers: all } = await load<{ providers: typeof providers }>('/utils/models/providers/index.ts');

const noPause = async () => {};
const measured = async (size: number): Promise<MeasuredSource> => {
  const words = ['BBBBBB', 'CCCCCC', 'DDDDDD'];
  // The maker of the text aims a tenth below.
  const source = await makeText(size / 0.9, words, [0, 0.5, 1], {}, 'en');
  return { source, ...(await tokens.measureLongText(source.text, noPause)) };
};

/** Below this many tokens no vendor keeps a prefix (models.md, A4: 512 to 4,096). */
const leastPrefix = 1_024;
/** Tokens of an answer (models.md, A1). */
const output = 800;

const page = await measured(200_000);
const asked = questions.tenQuestions(page, await measured(4_000));

/** The layout of Page Assist: earlier questions and answers without the page, then the page with the new question. */
function embedding({ request }: Asked): Message[] {
  const { messages } = request;
  const system = messages.slice(0, 1);
  const documents = messages.flatMap(({ parts, cacheAfter }) =>
    cacheAfter === undefined ? [] : parts.slice(0, cacheAfter + 1),
  );
  const bare = messages.slice(1).map(({ role, parts, cacheAfter }) => ({
    role,
    parts: cacheAfter === undefined ? parts : parts.slice(cacheAfter + 1),
  }));
  const last = bare.at(-1)?.parts ?? [];
  return [...system, ...bare.slice(0, -1), { role: 'user', parts: [...documents, ...last] }];
}

interface Sent {
  text: string;
  input: number;
  /** Tokens and characters that the vendor has from its request before. */
  repeated: number;
  characters: number;
}

/** The requests to the vendor that is asked ten times, with what each repeats of the one before it. */
function series(messagesOf: (one: Asked) => Message[]): Sent[] {
  const sent: Sent[] = [];
  for (const one of asked.filter(({ elsewhere }) => !elsewhere)) {
    const text = messagesOf(one)
      .map((message) => `${message.role}\n${composing.messageText(message)}`)
      .join('\n');
    const before = sent.at(-1)?.text ?? '';
    const characters = questions.commonPrefix(before, text);
    const count = (piece: string) => tokens.measureText(piece).tokens;
    const repeated = count(text.slice(0, characters));
    sent.push({ text, input: count(text), repeated: repeated < leastPrefix ? 0 : repeated, characters });
  }
  return sent;
}

const ours = series(({ request }) => request.messages);
const theirs = series(embedding);
const shareOf = (sent: Sent[]) =>
  sent.slice(1).map(({ characters }, index) => characters / (sent[index]?.text.length ?? 1));
const least = (values: number[]) => `${(Math.min(...values) * 100).toFixed(2)} %`;
const shareOfRequest = (sent: Sent[]) =>
  sent.slice(1).map(({ characters, text }) => characters / text.length);

console.log(
  `Ten questions on ${page.tokens.toLocaleString('en')} tokens; prompt switched, search toggled, tab added, one question elsewhere.\n`,
);
console.log('Share of the request before that is repeated byte for byte, at its least (goal 99.5 %):');
console.log(`  ours ${least(shareOf(ours))}, page in each message ${least(shareOf(theirs))}`);
console.log('Share of a request that was sent before, at its least (a tab of 4,000 tokens is new):');
console.log(`  ours ${least(shareOfRequest(ours))}, page in each message ${least(shareOfRequest(theirs))}\n`);

const bill = (model: Model, sent: Sent[], keeps: boolean) =>
  sent.reduce((sum, { input, repeated }, index) => {
    const cached = keeps ? repeated : 0;
    // What is new is written to the cache where that has a price of its own.
    const written =
      keeps && model.price?.cacheWrite !== undefined && index < sent.length ? input - cached : 0;
    return sum + (cost(model, { input, cached, written, output })?.amount ?? 0);
  }, 0);

const models = all.flatMap(({ name, models: list }) =>
  list
    .filter(({ price }) => price?.cacheRead !== undefined && price.input > 0)
    .slice(0, 2)
    .map((model) => ({ name, model })),
);
const rows = models.map(({ name, model }) => {
  const fresh = bill(model, ours, false);
  const kept = bill(model, ours, true);
  const embedded = bill(model, theirs, true);
  return { name, model, fresh, kept, embedded };
});
console.log('| vendor | model | all fresh | page in each message | ours | ours / fresh (goal 0.30) |');
console.log('|---|---|--:|--:|--:|--:|');
for (const { name, model, fresh, kept, embedded } of rows) {
  const sign = model.price?.currency === 'CNY' ? '¥' : '$';
  const money = (amount: number) => `${sign}${amount.toFixed(3)}`;
  console.log(
    `| ${name} | ${model.id} | ${money(fresh)} | ${money(embedded)} | ${money(kept)} | ${(kept / fresh).toFixed(3)} |`,
  );
}

/** Ten questions on five sources, and what each request repeats of the one before. */
const choices = await load<{ tenChoices: typeof tenChoices }>('/test/fixtures/ten-choices.ts');
const five = await Promise.all([60_000, 40_000, 50_000, 30_000, 20_000].map(measured));
const [first] = all;
if (!first) throw new Error('There is no provider');
const endless = { id: 'endless', name: 'Endless', window: Number.POSITIVE_INFINITY };
const steps = await choices.tenChoices(five, { provider: first, baseUrl: '', model: endless });
const textOf = ({ request }: (typeof steps)[number]) =>
  request.messages.map((message) => `${message.role}\n${composing.messageText(message)}`).join('\n');
console.log('\nTen questions on five sources of 60,000, 40,000, 50,000, 30,000 and 20,000 tokens:\n');
console.log('| done before the question | repeated of the request before | promised |');
console.log('|---|--:|--:|');
for (const [index, step] of steps.entries()) {
  const before = steps[index - 1];
  if (!before) continue;
  const text = textOf(before);
  const least =
    step.promised === 'all' ? text.length : text.indexOf(`<document index="${step.promised.before}"`);
  const percent = (characters: number) => `${((characters / text.length) * 100).toFixed(2)} %`;
  const kept = questions.commonPrefix(text, textOf(step));
  console.log(`| ${step.done} | ${percent(kept)} | ${percent(least)} |`);
}

/** Time and memory of composing a million characters beside joining the same strings. */
const million = await measured(1_000_000 / 4.6);
const turn = {
  task: 'answer' as const,
  question: 'What?',
  instructions: 'Answer.',
  sourceIds: [million.source.id],
};
const model = { window: Number.POSITIVE_INFINITY };
const flat = (text: string) => Buffer.byteLength(text);
function compare(work: () => string[]): { milliseconds: number; megabytes: number } {
  let milliseconds = Number.POSITIVE_INFINITY;
  let megabytes = 0;
  for (let round = 0; round < 15; round++) {
    globalThis.gc?.();
    const before = process.memoryUsage();
    const startedAt = performance.now();
    // A string that was joined is only made when somebody reads it.
    work().forEach(flat);
    milliseconds = Math.min(milliseconds, performance.now() - startedAt);
    const after = process.memoryUsage();
    megabytes = Math.max(
      megabytes,
      (after.heapUsed + after.external - before.heapUsed - before.external) / 2 ** 20,
    );
  }
  return { milliseconds, megabytes };
}
let salt = 0;
const joined = compare(() => [['system', '<documents>', million.source.text, `${salt++}`].join('\n')]);
const composed = compare(() => {
  const composition = composing.compose({ sources: [million], history: [], turn, model });
  return composition.fits ? composition.request.messages.map(composing.messageText) : [];
});
const size = flat(million.source.text) / 2 ** 20;
console.log(
  `\nComposing ${million.source.text.length.toLocaleString('en')} characters: ${composed.milliseconds.toFixed(2)} ms, joining them ${joined.milliseconds.toFixed(2)} ms: ` +
    `${(composed.milliseconds / joined.milliseconds).toFixed(2)} times (goal 3); ` +
    `${(composed.megabytes / size).toFixed(1)} times the text in memory (goal 4)`,
);
for (const [name, text] of [
  ['English', million.source.text],
  ['Chinese', (await makeText(700_000, ['B', 'C', 'D'], [0, 0.5, 1], {}, 'zh')).text],
] as const) {
  const startedAt = performance.now();
  await tokens.measureLongText(text, noPause);
  const seconds = ((performance.now() - startedAt) / 1000 / text.length) * 1e6;
  console.log(`Estimating tokens of ${name}: ${seconds.toFixed(2)} s per million characters (goal 1)`);
}
await server.close();
