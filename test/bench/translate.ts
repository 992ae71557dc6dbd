/**
 * `npm run bench:translate`: what translating a page of 2,000 paragraphs sends, beside the peers' way of one paragraph to
 * a request; and how often the same term is the same word, with the terms carried forward and without.
 */
import { resolve } from 'node:path';
import { createServer } from 'vite';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type * as Paragraphs from '../fixtures/paragraphs-run.ts';
import type * as Terms from '../fixtures/terms-run.ts';

// What keeps accounts and settings looks for the browser when it is loaded.
Object.assign(globalThis, { browser: fakeBrowser, chrome: fakeBrowser });

const repository = resolve(import.meta.dirname, '../..');
const server = await createServer({
  root: repository,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@': repository } },
  server: { middlewareMode: true },
  optimizeDeps: { noDiscovery: true },
});
const paragraphs = (await server.ssrLoadModule('/test/fixtures/paragraphs-run.ts')) as typeof Paragraphs;
const terms = (await server.ssrLoadModule('/test/fixtures/terms-run.ts')) as typeof Terms;

const number = (value: number) => Math.round(value).toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
/** Input tokens at full price, when what a vendor has in its cache costs a tenth. */
const weighted = ({ input, cached }: Paragraphs.Sent) => input - cached * 0.9;

console.log('\n2,000 paragraphs, tokens by our estimate (tokenx)\n');
const ours = await paragraphs.runParagraphs();
const rows: [string, Paragraphs.Sent][] = [
  ['the whole document, in batches (ours)', ours],
  ['one paragraph a request, nothing around it (peers)', paragraphs.sentAlone()],
  ['one paragraph a request, the whole document before it', await paragraphs.sentAloneWithDocument()],
];
console.table(
  Object.fromEntries(
    rows.map(([name, sent]) => [
      name,
      {
        requests: number(sent.requests),
        input: number(sent.input),
        cached: percent(sent.cached / sent.input),
        'input at full price': number(weighted(sent)),
        output: number(sent.output),
      },
    ]),
  ),
);
console.log(`Translated: ${number(ours.translated)} of 2,000.`);

console.log('\n20 ambiguous terms used 200 times, by a model that varies them unless it is told\n');
const outcomes: Record<string, object> = {};
for (const seed of [1, 2, 3]) {
  for (const carry of [true, false]) {
    const { before, after, requests, again } = await terms.runTerms(carry, seed);
    outcomes[`${carry ? 'terms carried forward' : 'without'}, run ${seed}`] = {
      'same word after the run': percent(before),
      'after the check': percent(after),
      'translated again': again,
      requests,
    };
  }
}
console.table(outcomes);
await server.close();
