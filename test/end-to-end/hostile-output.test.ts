import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HTTPRequest } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { heavy, type Vector, vectors } from './hostile-answers.ts';
import { answerText, ask, find, named, press, screenText, see, until, waitForAnswerEnd } from './steps.ts';
import { alertsOn, type Stage, seeNoAlert, startStage } from './trouble-steps.ts';

/** A server that nothing may speak to unless the reader says so. */
interface Trap {
  origin: string;
  requests: { path: string; referrer?: string }[];
  connections: number;
  server: Server;
}

let stage: Stage;
let trap: Trap;
let dialogs = 0;
/** What the panel asked the network for, besides its own files and the model. */
const strays: string[] = [];

beforeAll(async () => {
  const server = createServer((request, response) => {
    trap.requests.push({ path: request.url ?? '', referrer: request.headers.referer });
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Trap</title>Caught.');
  });
  server.on('connection', () => trap.connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  trap = { origin, requests: [], connections: 0, server };

  stage = await startStage();
  const { panel, model, harness } = stage;
  panel.on('dialog', (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  panel.on('request', (request: HTTPRequest) => {
    const isOurs = [model.origin, `chrome-extension://${harness.extensionId}`].some((start) =>
      request.url().startsWith(`${start}/`),
    );
    if (!isOurs) strays.push(request.url());
  });
  await panel.evaluate(watchForElements, forbidden);
});
afterAll(async () => {
  await stage?.close();
  trap.server.closeAllConnections();
  trap.server.close();
});
beforeEach(() => stage.startOver());

/** Elements that load, run, cover or change things; our own icons are drawn with `svg` and `path`. */
const forbidden =
  'script, iframe, frame, img, image, object, embed, link, style, meta, base, form, video, audio, source, picture, track, math, use, foreignObject, animate, template, dialog, [srcdoc], [srcset], [ping], [formaction], [background]';

interface Watched {
  caught: string[];
}

/** Notes every forbidden element and attribute the moment it enters the panel, however short it stays. */
function watchForElements(selector: string) {
  const caught: string[] = [];
  Object.assign(globalThis, { caught });
  const check = (element: Element) => {
    if (element.matches(selector)) caught.push(element.outerHTML.slice(0, 200));
    for (const { name, value } of element.attributes) {
      const isCode = name.startsWith('on') || /^\s*(javascript|data|vbscript):/i.test(value);
      if (isCode || (name === 'style' && /url\(|position/.test(value))) caught.push(`${name}=${value}`);
    }
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') check(target as Element);
      for (const node of addedNodes)
        if (node instanceof Element) [node, ...node.querySelectorAll('*')].forEach(check);
    }
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
  document.addEventListener('securitypolicyviolation', (event) =>
    caught.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
}

/** How much the browser has open. The worker that colours code for the panel is our own, and comes with the first code. */
const tabs = () => {
  const { browser, extensionId } = stage.harness;
  const ours = `chrome-extension://${extensionId}/code-highlighter.js`;
  return browser.targets().filter((target) => target.url() !== ours).length;
};

/** Nothing was loaded, made, opened or asked: the renderer alone kept everything out. */
async function seeNothingHappened(before: { url: string; tabs: number }) {
  const { panel } = stage;
  expect(trap.requests).toEqual([]);
  expect(trap.connections).toBe(0);
  expect(strays).toEqual([]);
  expect(dialogs).toBe(0);
  expect(panel.url()).toBe(before.url);
  expect(tabs()).toBe(before.tabs);
  expect(await panel.evaluate(() => (globalThis as unknown as Watched).caught)).toEqual([]);
  const addresses = await panel.$$eval('a', (links) => links.map((link) => link.href));
  expect(addresses.filter((address) => !address.startsWith(`${stage.pages.origin}/article#`))).toEqual([]);
}

/** Every vector's words are in the newest answer; blocks out of sight are not laid out and have no innerText. */
async function seeWords(list: Vector[]) {
  let missing: string[] = [];
  const look = async () => {
    const texts = await stage.panel.$$eval('article', (answers) =>
      Array.from(answers.at(-1)?.querySelectorAll('.block') ?? [], ({ textContent }) => textContent),
    );
    const shown = fold(texts.join(' ').replaceAll('\u2060', ''));
    missing = list
      .filter(({ markdown, visible = markdown }) => !shown.includes(fold(visible)))
      .map(({ name }) => name);
    return missing.length === 0;
  };
  // What draws formulas and code is loaded with the first of them.
  await until(look, 'every word is shown').catch(() => {});
  expect(missing).toEqual([]);
}
const fold = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('an answer by a model that was taken over', () => {
  it.each([
    ['at once', { chunkCharacters: 1_000_000 }],
    ['in pieces', { chunkCharacters: 7 }],
    ['character by character', { chunkCharacters: 1, chunkDelay: 1 }],
  ])('loads nothing, runs nothing and hides nothing, streamed %s', async (_, pace) => {
    const { model, panel } = stage;
    const list = vectors(trap.origin);
    const before = { url: panel.url(), tabs: tabs() };
    const closed = list.filter(({ name }) => !name.endsWith('stays open'));
    const text = closed.map(({ markdown }) => markdown).join('\n\n');
    model.next({ text: `${text}\n\nThe end. ¶1`, ...pace });
    await ask(panel, 'What is it?');
    await waitForAnswerEnd(panel, 50_000);
    await seeWords(closed);
    await seeNothingHappened(before);
  });

  it('stays harmless when it ends in the middle of a mark', async () => {
    const { model, panel } = stage;
    const list = vectors(trap.origin).filter(({ name }) => name.endsWith('stays open'));
    expect(list.length).toBeGreaterThanOrEqual(4);
    const before = { url: panel.url(), tabs: tabs() };
    for (const vector of list) {
      model.next({ text: vector.markdown, chunkCharacters: 1 });
      await ask(panel, vector.name);
      await waitForAnswerEnd(panel);
      await seeWords([vector]);
    }
    await seeNothingHappened(before);
  });

  it('says what was not loaded', async () => {
    const { model, panel } = stage;
    model.next({ text: `![a chart](${trap.origin}/chart.png) and ![](${trap.origin}/pixel)` });
    await ask(panel, 'Show me');
    await see(panel, 'Image not loaded: a chart');
    await see(panel, `Image not loaded: ${new URL(trap.origin).host}`);
  });

  it('does not make a panel that is too wide, too slow or dead', async () => {
    const { model, panel } = stage;
    const before = { url: panel.url(), tabs: tabs() };
    for (const vector of heavy) {
      model.next({ text: vector.markdown, chunkCharacters: 64 });
      await ask(panel, vector.name);
      await waitForAnswerEnd(panel, 30_000);
      await seeWords([vector]);
      const width = await panel.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(width[0], vector.name).toBeLessThanOrEqual(width[1] ?? 0);
    }
    await seeNothingHappened(before);
  });
});

describe('a link in an answer', () => {
  const asksFirst = 'This link was written by the model. It does not stand in the text that was read.';

  it('asks first when the page does not have it, and shows all of its address', async () => {
    const { harness, model, panel } = stage;
    const secret = 'everything+you+read/'.repeat(60);
    const address = `${trap.origin}/made?said=${secret}&end=here`;
    model.next({ text: `Go to [the source](${address}).` });
    await ask(panel, 'Where?');
    await waitForAnswerEnd(panel);
    await press(panel, 'the source');
    await see(panel, asksFirst);
    expect(await screenText(panel)).toContain(address);
    const width = await panel.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
    expect(trap.requests).toEqual([]);

    const opened = harness.browser.waitForTarget((target) => target.url() === address);
    await press(panel, `Open ${new URL(trap.origin).host}`);
    const tab = await (await opened).asPage();
    await until(() => trap.requests.length > 0, 'the link was opened');
    expect(trap.requests[0]).toEqual({ path: address.slice(trap.origin.length), referrer: undefined });
    await tab.close();
    trap.requests.length = 0;
  });

  it('shows an address in which nothing is turned round or invisible', async () => {
    const { model, panel } = stage;
    const address = `${trap.origin}/%E2%80%AEgro.knab%E2%80%8B%0A%20%20%20%20%20end`;
    model.next({ text: `Go to [the bank](${address}).` });
    await ask(panel, 'Where?');
    await waitForAnswerEnd(panel);
    await press(panel, 'the bank');
    await see(panel, asksFirst);
    expect(await screenText(panel)).toContain(address);
  });

  it('asks when it only begins like a link of the page, or goes on after it', async () => {
    const { model, pages, panel } = stage;
    const known = `${pages.origin}/essays/pressure-gauges`;
    for (const [name, address] of [
      ['longer', `${known}?said=something`],
      ['shorter', known.slice(0, -7)],
    ] as const) {
      const before = tabs();
      model.next({ text: `Go to [the ${name} one](${address}).` });
      await ask(panel, 'Where?');
      await waitForAnswerEnd(panel);
      await press(panel, `the ${name} one`);
      await see(panel, `${asksFirst} ${address}`);
      expect(tabs()).toBe(before);
    }
  });

  it('opens at once when it stands in the page', async () => {
    const { harness, model, pages, panel } = stage;
    const address = `${pages.origin}/essays/pressure-gauges`;
    model.next({ text: `Go to [the gauge](${address}).` });
    await ask(panel, 'Where?');
    await waitForAnswerEnd(panel);
    const opened = harness.browser.waitForTarget((target) => target.url() === address);
    await press(panel, 'the gauge');
    await (await (await opened).asPage()).close();
    expect(pages.visits).toContain('/essays/pressure-gauges');
    expect(await screenText(panel)).not.toContain(asksFirst);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,hello',
    'chrome://settings',
    'file:///etc/passwd',
    'about:blank',
  ])('is plain text when it leads to %s', async (address) => {
    const { model, panel } = stage;
    model.next({ text: `Press [this word](${address}) now.` });
    await ask(panel, 'Where?');
    await waitForAnswerEnd(panel);
    await find(panel, 'Copy as Markdown', 'button');
    expect(await answerText(panel)).toBe('Press this word now.');
    expect(await panel.$(named('this word', 'button'))).toBeNull();
    expect(await panel.$(named('this word', 'link'))).toBeNull();
    await seeNoAlert(panel);
    expect(await alertsOn(panel)).toEqual([]);
  });
});
