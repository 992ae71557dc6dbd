/**
 * What opening the panel costs, and opening a long chat in it.
 *
 *   npm run bench:panel -- [--messages 10000] [--runs 5]
 *
 * Processor time is that of the page's main thread. The empty page is one of the extension with nothing in it. Goals:
 * 600 kB of JavaScript, a heap of 12 MB; a chat of 10,000 messages opens within 500 ms with at most 3,000 elements.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'puppeteer-core';
import { launch } from '../end-to-end/harness.ts';
import { seedChat } from '../end-to-end/seed.ts';
import { aChat, anAnswer, aTurn } from '../fixtures/records.ts';

const { values: options } = parseArgs({
  options: { messages: { type: 'string', default: '10000' }, runs: { type: 'string', default: '5' } },
});
const title = 'A long chat about mills';
const turnCount = Number(options.messages) / 2;
const answerText = 'The mill turned for **eleven years** before anyone thought of asking why ¶2. '.repeat(8);

const turns = Array.from({ length: turnCount }, (_, index) =>
  aTurn({ id: `t${index}`, chatId: 'long', position: index, question: `Question ${index + 1}?` }),
);
const answers = turns.map(({ id }, index) =>
  anAnswer({
    id: `a${index}`,
    turnId: id,
    chatId: 'long',
    createdAt: index,
    text: `${answerText}${index + 1}.`,
  }),
);

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

async function metrics(session: CDPSession): Promise<Record<string, number>> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics: list } = await session.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

interface Opening {
  page: Page;
  session: CDPSession;
  script: number;
  cpu: number;
  heap: number;
  elements: number;
}

const harness = await launch({ grant: ['<all_urls>'] });

/** Opens a page of the extension in a tab, and waits until it is at rest. */
async function open(path: string, isThere: string): Promise<Opening> {
  const page = await harness.browser.newPage();
  await page.setViewport({ width: 400, height: 800 });
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Debugger.enable');
  let script = 0;
  session.on('Debugger.scriptParsed', ({ url, length = 0 }) => {
    if (url.startsWith('chrome-extension:')) script += length;
  });
  await page.goto(`chrome-extension://${harness.extensionId}/${path}`);
  await page.waitForSelector(isThere);
  await page.waitForNetworkIdle({ idleTime: 500 });
  const now = await metrics(session);
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  return { page, session, script, cpu: now.TaskDuration ?? 0, heap: now.JSHeapUsedSize ?? 0, elements };
}

try {
  const first = await harness.openExtensionPage('sidepanel.html');
  await seedChat(first, { chat: aChat({ id: 'long', title, urls: [] }), turns, answers });
  const rows: { name: string; runs: Omit<Opening, 'page' | 'session'>[] }[] = [
    { name: 'empty page', runs: [] },
    { name: 'panel', runs: [] },
  ];
  const openings: { time: number; cpu: number; heap: number; elements: number }[] = [];
  for (let run = 0; run < Number(options.runs); run++) {
    const empty = await open('manifest.json', 'body');
    rows[0]?.runs.push(empty);
    await empty.page.close();
    const panel = await open('sidepanel.html', 'textarea');
    rows[1]?.runs.push(panel);
    const before = await metrics(panel.session);
    const time = await panel.page.evaluate(
      (name, end) =>
        new Promise<number>((resolve) => {
          const begun = performance.now();
          [...document.querySelectorAll('button')]
            .find(({ textContent }) => textContent.includes(name))
            ?.click();
          const look = () => {
            const main = document.querySelector('main') as HTMLElement;
            const isAtEnd = main.scrollHeight - main.scrollTop - main.clientHeight < 32;
            if (isAtEnd && main.textContent.includes(end)) resolve(performance.now() - begun);
            else requestAnimationFrame(look);
          };
          look();
        }),
      title,
      `Question ${turnCount}?`,
    );
    const after = await metrics(panel.session);
    openings.push({
      time,
      cpu: (after.TaskDuration ?? 0) - (before.TaskDuration ?? 0),
      heap: after.JSHeapUsedSize ?? 0,
      elements: await panel.page.evaluate(() => document.querySelectorAll('*').length),
    });
    await panel.page.close();
  }
  for (const { name, runs } of rows) {
    console.log(
      [
        name,
        `JavaScript ${Math.round(median(runs.map(({ script }) => script)) / 1000)} kB`,
        `CPU ${Math.round(median(runs.map(({ cpu }) => cpu)) * 1000)} ms`,
        `heap ${megabytes(median(runs.map(({ heap }) => heap)))}`,
        `${median(runs.map(({ elements }) => elements))} elements`,
      ].join(' · '),
    );
  }
  console.log(
    [
      `a chat of ${Number(options.messages).toLocaleString('en')} messages`,
      `shown after ${Math.round(median(openings.map(({ time }) => time)))} ms`,
      `CPU ${Math.round(median(openings.map(({ cpu }) => cpu)) * 1000)} ms`,
      `heap ${megabytes(median(openings.map(({ heap }) => heap)))}`,
      `${median(openings.map(({ elements }) => elements))} elements`,
    ].join(' · '),
  );
} finally {
  await harness.close();
}
