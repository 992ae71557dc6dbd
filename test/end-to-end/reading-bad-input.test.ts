import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type Harness, launch } from './harness.ts';
import { connectModel, openPanelOn, press, screenText, summarize, until } from './steps.ts';
import { closePanels } from './world.ts';

/** Pages that are broken, hostile, enormous or on the move: a clear result, and nothing of ours left in them. */

const sentence = (number: number) =>
  `<p>Paragraph ${number} is here so that the page has an article of a believable length.</p>`;
const filler = Array.from({ length: 8 }, (_, number) => sentence(number)).join('\n');

/** Encoded by hand: Node has no encoder for these. The words are 中文 (GBK) and 日本 (Shift-JIS). */
const gbk = Buffer.from([0xd6, 0xd0, 0xce, 0xc4]);
const shiftJis = Buffer.from([0x93, 0xfa, 0x96, 0x7b]);
const latin = (text: string) => Buffer.from(text, 'latin1');

interface Answer {
  type: string;
  body: Buffer | string;
}

const html = (body: Buffer | string, charset = 'utf-8'): Answer => ({
  type: `text/html; charset=${charset}`,
  body,
});

const answers: Record<string, () => Answer> = {
  '/gbk': () => html(Buffer.concat([latin(`<title>t</title>${filler}<p>`), gbk, latin('</p>')]), 'gbk'),
  // The page itself says how it is written, as many old ones do.
  '/gbk-meta': () => ({
    type: 'text/html',
    body: Buffer.concat([latin(`<meta charset="gb2312"><title>t</title>${filler}<p>`), gbk, latin('</p>')]),
  }),
  '/shift-jis': () => html(Buffer.concat([latin(`${filler}<p>`), shiftJis, latin('</p>')]), 'shift_jis'),
  '/arabic': () =>
    html(`<html lang="ar" dir="rtl"><article>${filler}<p>قرأ الحارس ١٢ صفحة من السجل.</p></article>`),
  '/characters': () =>
    html(`<article>${filler}<p id="p"></p></article><script>
      p.textContent = 'Before NUL\\u0000 and a lone \\ud83d surrogate, tags \\u{e0049}\\u{e0067}, after.';</script>`),
  '/broken': () =>
    html(`<title>t</title><table><p>Misplaced paragraph</p><tr><td>${filler}<b><i>Crossed</b> tags</i>
      <ul><li>No end<li>Nor here</ul></div></section><p>The end is missing`),
  '/endless-depth': () => html(`${'<div><b>'.repeat(5_000)}${filler}<p>At the bottom.</p>`),
  '/wide': () =>
    html(`<article id="a"></article><script>
      const parts = []; for (let n = 0; n < 200000; n++) parts.push('<p>Short line number ' + n + '.</p>');
      a.innerHTML = parts.join('');</script>`),
  '/moving': () =>
    html(
      `<article>${filler}${'<p>A page that goes elsewhere while it is read.</p>'.repeat(20_000)}</article>`,
    ),
  '/elsewhere': () =>
    html(`<title>Elsewhere</title><article>${filler}<p>This is the other page.</p></article>`),
};

let server: Server;
let model: ModelServer;
let harness: Harness;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[request.url ?? '']?.();
    response.writeHead(answer ? 200 : 404, { 'content-type': answer?.type ?? 'text/plain' });
    response.end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [model, harness] = await Promise.all([startModelServer(), launch({ grant: ['http://127.0.0.1/*'] })]);
  await connectModel(harness, { baseUrl: model.baseUrl, window: 10_000_000 });
});

afterEach(async () => {
  await closePanels(harness);
  model.reset();
});

afterAll(async () => {
  await harness?.close();
  await model?.close();
  server?.close();
});

async function sentFor(path: string) {
  const { page, panel } = await openPanelOn(harness, origin + path);
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(String(error)));
  await summarize(panel);
  await until(() => model.requests.length > 0, 'the model was asked', panel);
  return { page, panel, failures, sent: model.requests.at(-1)?.prompt ?? '' };
}

describe('text in any writing', () => {
  it.each([
    ['/gbk', '中文'],
    ['/gbk-meta', '中文'],
    ['/shift-jis', '日本'],
    ['/arabic', 'قرأ الحارس ١٢ صفحة من السجل.'],
  ])('%s arrives to the letter', async (path, words) => {
    const { sent } = await sentFor(path);
    expect(sent).toContain(words);
    expect(sent).toContain('Paragraph 7 is here');
  });

  it('makes characters that nobody sees visible, and says so', async () => {
    const { panel } = await openPanelOn(harness, `${origin}/characters`);
    await press(panel, 'New chat');
    await until(async () => (await screenText(panel)).includes('What was read'), 'the page is shown', panel);
    expect(await panel.evaluate(() => document.body.textContent)).toContain(
      'invisible characters are shown as',
    );
    await summarize(panel);
    await until(() => model.requests.length > 0, 'the model was asked', panel);
    const { prompt: sent = '' } = model.requests.at(-1) ?? {};
    // The parser of scripts is not the parser of pages: NUL stays in text that a script sets.
    expect(sent).toContain('⟦U+0000⟧');
    expect(sent).toContain('⟦U+D83D⟧');
    expect(sent).toContain('⟦U+E0049 ×2⟧');
    expect(sent).toContain(', after.');
  });
});

describe('a page that is hard on readers', () => {
  it('is read whole when its markup is broken', async () => {
    const { sent } = await sentFor('/broken');
    for (const words of [
      'Misplaced paragraph',
      'Crossed',
      'Nor here',
      'Paragraph 7 is here',
      'The end is missing',
    ]) {
      expect(sent).toContain(words);
    }
  });

  it('is read whole when it is nested deeper than any parser goes', async () => {
    const { sent } = await sentFor('/endless-depth');
    for (const words of ['Paragraph 0 is here', 'Paragraph 7 is here', 'At the bottom.'])
      expect(sent).toContain(words);
  });

  it('is read whole when it has 400,000 nodes, and the page stays usable meanwhile', async () => {
    const page = await harness.page(`${origin}/wide`);
    await page.evaluate(() => {
      const state = window as unknown as { longest: number };
      state.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) state.longest = Math.max(state.longest, duration);
      }).observe({ type: 'longtask' });
    });
    await harness.clickAction(page);
    const panel = await harness.panel();
    await until(
      async () => (await screenText(panel)).includes('Read in full'),
      'the page was read',
      panel,
      60_000,
    );
    await summarize(panel);
    await until(() => model.requests.length > 0, 'the model was asked', panel, 60_000);
    const { prompt = '' } = model.requests.at(-1) ?? {};
    const numbers = new Set(Array.from(prompt.matchAll(/line number (\d+)\./g), ([, number]) => number));
    expect(numbers.size).toBe(200_000);
    const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest);
    console.log(`longest task in a page of 400,000 nodes while it is read: ${Math.round(longest)} ms`);
  }, 120_000);

  it('that goes elsewhere while it is being read is read where it went', async () => {
    const page = await harness.page(`${origin}/moving`);
    await harness.clickAction(page);
    await page.evaluate((address) => setTimeout(() => location.assign(address), 30), `${origin}/elsewhere`);
    const panel = await harness.panel();
    await until(
      async () => (await screenText(panel)).includes('Elsewhere'),
      'the other page was read',
      panel,
    );
    await summarize(panel);
    await until(() => model.requests.length > 0, 'the model was asked');
    expect(model.requests.at(-1)?.prompt).toContain('This is the other page.');
    expect(model.requests.at(-1)?.prompt).not.toContain('goes elsewhere');
  });
});
