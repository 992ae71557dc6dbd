/**
 * What it costs to write translations into a page of 2,000 paragraphs, beside one insertion of all of them, in one run.
 *
 *   npm run bench:place -- [--runs 3]
 *
 * The same words, with the same marks, are put in once by the extension's script as they come over the port, and once by
 * a loop that appends everything in one task and lets the page be drawn. Times are those of the page's main thread:
 * what else the computer does is no part of them. Goals: three times as much at most, and no task of 50 ms and more.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'puppeteer-core';
import { type Harness, launch } from '../end-to-end/harness.ts';
import { watchTasks } from '../end-to-end/long-tasks.ts';
import { driveTranslator, granted, inOtherWords } from '../end-to-end/translator-driver.ts';
import { startTranslateServer } from '../servers/translate-server.ts';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });

/** Milliseconds of work on the main thread so far. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}

async function open(harness: Harness, url: string): Promise<{ page: Page; session: CDPSession }> {
  const page = await harness.page(url);
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await drawn(page);
  return { page, session };
}

const drawn = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );

async function byUs(harness: Harness, url: string) {
  const { page, session } = await open(harness, url);
  const driver = await driveTranslator(harness, page);
  const tasks = await watchTasks(page);
  const before = await worked(session);
  const units = await driver.start();
  await drawn(page);
  const cut = (await worked(session)) - before;
  const placements = units.map(({ id, text }) => ({ unit: id, text: inOtherWords(text) }));
  const start = await worked(session);
  const begun = Date.now();
  await driver.place(placements);
  const wall = Date.now() - begun;
  await drawn(page);
  const place = (await worked(session)) - start;
  const undoing = await worked(session);
  await driver.undo();
  await drawn(page);
  const undo = (await worked(session)) - undoing;
  const long = await tasks.read();
  await page.close();
  return { texts: placements.map(({ text }) => text), cut, place, undo, wall, long };
}

/** All at once: paragraphs with their marks as elements, appended in one task. */
async function atOnce(harness: Harness, url: string, texts: string[]) {
  const { page, session } = await open(harness, url);
  const start = await worked(session);
  await page.evaluate((all) => {
    const blocks = document.querySelectorAll('main > h1, main > p');
    for (const [index, block] of blocks.entries()) {
      const element = document.createElement('x-translation');
      element.style.cssText =
        'display:block;margin-top:4px;padding-inline-start:11px;border-inline-start:2px solid #e0a423;line-height:1.75;font-size:.94em';
      for (const part of (all[index] ?? '').split(/(<\d+>[^<]*<\/\d+>)/)) {
        const words = /<\d+>([^<]*)/.exec(part)?.[1];
        if (words === undefined) element.append(part);
        else element.append(Object.assign(document.createElement('em'), { textContent: words }));
      }
      block.append(element);
    }
  }, texts);
  await drawn(page);
  const place = (await worked(session)) - start;
  await page.close();
  return place;
}

const server = await startTranslateServer();
const harness = await launch({ grant: [granted] });
try {
  await harness.grantNow(granted);
  const url = `${server.origin}/paragraphs`;
  const ratios: number[] = [];
  for (let run = 1; run <= Number(options.runs); run++) {
    const ours = await byUs(harness, url);
    const once = await atOnce(harness, url, ours.texts);
    ratios.push(ours.place / once);
    const [cut, place, undo] = [ours.cut, ours.place, ours.undo].map(Math.round);
    console.log(
      `run ${run}: ${ours.texts.length} units, cutting ${cut} ms, placing ${place} ms (${ours.wall} ms by the clock), ` +
        `undoing ${undo} ms; all at once ${Math.round(once)} ms: ${(ours.place / once).toFixed(2)} times as much; ` +
        `tasks of 50 ms and more: ${ours.long.map(Math.round).join(', ') || 'none'}`,
    );
  }
  console.log(`at best ${Math.min(...ratios).toFixed(2)} times the cost of one insertion of all; goal: 3`);
} finally {
  await harness.close();
  await server.close();
}
