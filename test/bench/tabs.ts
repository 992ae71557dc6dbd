/**
 * What it costs to read thirty tabs side by side, and whether the model is sent all of them.
 *
 *   npm run bench:tabs -- [--tabs 30] [--characters 1000000]
 *
 * Pages of sites of their own are opened behind the one in front, in two windows, and picked by one click. Goals:
 * every paragraph of every tab in the request, to the letter and in order; no task in the panel over 200 ms meanwhile;
 * no tab brought to the front.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { launch } from '../end-to-end/harness.ts';
import { watchTasks } from '../end-to-end/long-tasks.ts';
import {
  ask,
  connectModel,
  find,
  openPanel,
  press,
  pressText,
  see,
  until,
  waitForAnswerEnd,
} from '../end-to-end/steps.ts';
import { startModelServer } from '../servers/model-server.ts';

/** Functions given to `evaluate` run in the panel; this is what they use there. */
declare const chrome: {
  tabs: {
    create(tab: object): Promise<unknown>;
    query(filter: object): Promise<{ id: number; active: boolean; status: string; url?: string }[]>;
  };
  windows: { create(window: object): Promise<unknown> };
};

const { values: options } = parseArgs({
  options: { tabs: { type: 'string', default: '30' }, characters: { type: 'string', default: '1000000' } },
});
const count = Number(options.tabs);
const perTab = Math.ceil(Number(options.characters) / count);

const english =
  'The keeper wrote down the height of the water, the wind and the hour, and then he went to sleep. ';
const chinese = '守潮人记下水位、风向和时辰，然后回屋睡觉，第二天清早再把前一夜的数字抄进册子里。';

/** The paragraphs of a tab; each says where it is from, so that none can stand for another. */
const paragraphsOf = (tab: number): string[] => {
  const paragraphs: string[] = [];
  for (let size = 0; size < perTab; ) {
    const words = tab % 3 === 2 ? chinese.repeat(9) : english.repeat(4);
    const paragraph = `Tab ${tab + 1}, paragraph ${paragraphs.length + 1}. ${words}`.trim();
    paragraphs.push(paragraph);
    size += paragraph.length;
  }
  return paragraphs;
};
const pages = Array.from({ length: count }, (_, tab) => paragraphsOf(tab));

const server = createServer((request, response) => {
  const tab = Number(/^site-(\d+)\./.exec(request.headers.host ?? '')?.[1] ?? 0);
  const body = (pages[tab] ?? []).map((text) => `<p>${text}</p>`).join('\n');
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><title>Tab ${tab + 1}</title><main><article><h1>Tab ${tab + 1}</h1>${body}</article></main>`,
  );
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const host = (tab: number) => `site-${tab}.example`;
const addresses = pages.map((_, tab) => `http://${host(tab)}:${port}/`);
const sites = pages.map((_, tab) => `http://${host(tab)}/*`);

const model = await startModelServer();
const harness = await launch({ grant: ['http://127.0.0.1/*', ...sites, 'tabs', 'tabGroups'] });

/** Which tab is in front of each window. */
const fronts = (panel: Page) =>
  panel.evaluate(async () => {
    const tabs = await chrome.tabs.query({ active: true });
    return tabs.map(({ id }) => id).join(' ');
  });
/** The longest time in which a timer of the panel did not come to run: a second opinion on its tasks. */
async function watchGaps(panel: Page) {
  const meter = await panel.evaluateHandle(() => {
    const seen = { longest: 0, last: performance.now() };
    setInterval(() => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
    }, 5);
    return seen;
  });
  return { read: () => meter.evaluate(({ longest }) => longest) };
}

const heap = async (panel: Page) => {
  const session = await panel.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
};

try {
  await connectModel(harness, { baseUrl: model.baseUrl, window: 2_000_000 });
  await harness.grantNow(...sites);
  const front = await harness.page(addresses[0] as string);
  const panel = await openPanel(harness, front);
  await panel.evaluate(async (urls) => {
    const half = Math.ceil(urls.length / 2);
    for (const url of urls.slice(0, half)) await chrome.tabs.create({ url, active: false });
    await chrome.windows.create({ url: urls.slice(half), focused: false });
  }, addresses.slice(1));
  await until(async () => {
    const tabs = await panel.evaluate(() => chrome.tabs.query({}));
    return (
      tabs.filter(({ status, url }) => status === 'complete' && url?.includes('.example')).length === count
    );
  }, 'all tabs have loaded');

  await pressText(panel, 'Compare with other tabs');
  await find(panel, 'Add tabs and more', 'dialog');
  await find(panel, 'All: Window 2', 'button');
  const before = { fronts: await fronts(panel), heap: await heap(panel) };
  const gaps = await watchGaps(panel);
  const tasks = await watchTasks(panel);
  const began = performance.now();
  // Picked one window after the other, as a user would.
  await press(panel, 'All: This window');
  await press(panel, 'All: Window 2');
  await see(panel, `${count} sources`);
  await until(
    async () =>
      (await panel.$eval('.picker-footer [role="status"]', (said) => said.textContent)) ===
      `${count} of ${count} are read`,
    'all of them are read',
    panel,
  );
  const seconds = (performance.now() - began) / 1000;
  const durations = await tasks.read();
  const gap = await gaps.read();
  const after = { fronts: await fronts(panel), heap: await heap(panel) };

  await panel.keyboard.press('Escape');
  const asking = await watchTasks(panel);
  await ask(panel, 'Which of them slept the least?');
  await waitForAnswerEnd(panel);
  const sending = await asking.read();
  const prompt = model.requests.at(-1)?.prompt ?? '';
  // In one go, from the first paragraph of the first tab to the last of the last.
  let at = 0;
  const missing: string[] = [];
  for (const paragraph of pages.flat()) {
    const found = prompt.indexOf(paragraph, at);
    if (found < 0) missing.push(paragraph.slice(0, 40));
    else at = found + paragraph.length;
  }

  const absent = pages.flat().filter((paragraph) => !prompt.includes(paragraph)).length;
  const order = pages
    .map((list, tab) => ({ tab: tab + 1, at: prompt.indexOf(list[0] as string) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ tab }) => tab);
  const characters = pages.flat().reduce((sum, { length }) => sum + length, 0);
  const longest = Math.round(Math.max(0, ...durations));
  console.log(`
${count} tabs in two windows, ${pages.flat().length} paragraphs, ${characters} characters
read in                        ${seconds.toFixed(1)} s
longest task while reading     ${longest} ms (goal: at most 200), ${durations.length} of 50 ms and more
longest silence of a timer     ${Math.round(gap)} ms
longest task while asking      ${Math.round(Math.max(0, ...sending))} ms, ${sending.length} of 50 ms and more
heap of the panel              ${(before.heap / 1e6).toFixed(1)} MB before, ${(after.heap / 1e6).toFixed(1)} MB after
paragraphs nowhere             ${absent}
tabs in the order              ${order.join(' ')}
tabs in front                  ${before.fronts === after.fronts ? 'as before' : `${before.fronts} became ${after.fronts}`}
documents in the request       ${prompt.match(/<document index=/g)?.length ?? 0}
paragraphs missing or moved    ${missing.length} ${missing.slice(0, 3).join(' | ')}`);
  if (missing.length > 0 || longest > 200 || before.fronts !== after.fronts) process.exitCode = 1;
} finally {
  await harness.close();
  await model.close();
  server.closeAllConnections();
  server.close();
}
