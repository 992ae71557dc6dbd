/**
 * How much of real pages' main content our reader keeps, beside other readers, on ground truth made by people.
 *
 *   npm run bench:reading -- [--only KIND] [--pages N] [--ours] [--worst N] [--markdown] [--speed | --no-speed]
 *
 * `--only` takes a kind (`article`), `--pages` that many of each kind, `--ours` leaves the other readers out,
 * `--worst` lists the pages on which article mode lost or added most, `--markdown` prints the table once more as
 * Markdown, for the documents.
 */
import { parseArgs } from 'node:util';
import { bundleOurs, bundleRivals } from './reading/bundles.ts';
import { openTabs, type Tab } from './reading/pages.ts';
import { loadMetrics, type Scores } from './reading/scores.ts';
import { type TruthPage, truthPages } from './reading/sets.ts';
import { measureSpeed } from './reading/speed.ts';
import { printMarkdown, printTable, printWorst, type Result } from './reading/tables.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    pages: { type: 'string' },
    ours: { type: 'boolean', default: false },
    worst: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    speed: { type: 'boolean', default: false },
    'no-speed': { type: 'boolean', default: false },
  },
});

/** Readers by the name in the table, with the code that runs them in a page. Defuddle comes last: it may change it. */
const ours: Record<string, string> = {
  'ours, article': "readOurs('article')",
  'ours, everything': "readOurs('everything')",
};
const rivals: Record<string, string> = {
  innerText: 'readInnerText()',
  'Readability + Turndown': 'readReadability()',
  Defuddle: 'readDefuddle()',
};
const readers = options.ours ? ours : { ...ours, ...rivals };

async function measure(tab: Tab, page: TruthPage, script: string, score: Scores): Promise<Result[]> {
  const results: Result[] = [];
  await tab.open(page.url, page.html());
  await tab.run(`${script};0`);
  for (const [reader, code] of Object.entries(readers)) {
    let text = '';
    let trouble: string | undefined;
    try {
      ({ text } = await tab.run<{ text: string }>(code));
    } catch (error) {
      trouble = String(error).split('\n')[0];
    }
    results.push({ page, reader, text, trouble, ...score(text, page.truth) });
  }
  return results;
}

async function measureTruth() {
  const count = new Map<string, number>();
  const pages = truthPages().filter(({ kind }) => {
    if (options.only && kind !== options.only) return false;
    count.set(kind, (count.get(kind) ?? 0) + 1);
    return (count.get(kind) ?? 0) <= Number(options.pages ?? Number.POSITIVE_INFINITY);
  });
  const script = (await bundleOurs()) + (options.ours ? '' : await bundleRivals());
  const score = await loadMetrics();
  const results: Result[] = [];
  const tabs = await openTabs();
  try {
    await tabs.each(pages, 2, async (tab, page) => {
      try {
        results.push(...(await measure(tab, page, script, score)));
      } catch (error) {
        console.log(`${page.kind} ${page.id} could not be opened: ${String(error).split('\n')[0]}`);
      }
    });
  } finally {
    await tabs.close();
  }
  printTable(results, Object.keys(readers));
  if (options.markdown) printMarkdown(results, Object.keys(readers));
  if (options.worst) printWorst(results, Number(options.worst));
}

if (!options.speed) await measureTruth();
if (!options['no-speed']) await measureSpeed();
