/** Pages of ours at the addresses of the sites that they are like, read through the panel. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HTTPRequest, Page } from 'puppeteer-core';
import type { ModelServer } from '../servers/model-server.ts';
import type { Harness } from './harness.ts';
import { openPanel, summarize } from './steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  tabs: { query(filter: object): Promise<{ id: number }[]> };
  scripting: {
    executeScript(injection: {
      target: { tabId: number };
      func: () => unknown;
    }): Promise<{ result: unknown }[]>;
  };
};

/** What a website answers at one address. */
export interface Answer {
  body: Buffer | string;
  /** `text/html; charset=utf-8` when not said. */
  type?: string;
}

/** What a website answers, by address without the part after `#`. */
export type Answers = Record<string, Answer>;

/** A page and what has to come of it. */
export interface Kind {
  what: string;
  /** Its path below `test/fixtures/pages`. */
  file: string;
  url: string;
  /** What its server says it is; `text/html; charset=utf-8` when not said. */
  type?: string;
  title: string;
  /** All passages in order: nothing is missing and nothing else is there. */
  passages: string[];
  /**
   * Words around the text that must not come. With it other passages may stand between those that are listed: where
   * no adapter knows the page, a page's small print is a matter of judgement.
   */
  absent?: string[];
  /** What the panel says was not read or not loaded; looked at where all passages are listed. */
  gaps?: string[];
}

/** A page of a site in a tab, with what happened to it. */
export interface Served {
  page: Page;
  /** Addresses asked for beside the page itself, in order. */
  asked: string[];
  /** Errors that scripts of the page, or ours in it, raised. */
  errors: string[];
}

const fixtures = join(import.meta.dirname, '../fixtures/pages');

/** A fixture by its path below `test/fixtures/pages`, byte for byte. */
export const fixture = (path: string): Buffer => readFileSync(join(fixtures, path));

/**
 * Opens a tab that is answered from here whatever it asks for: every address that is not among the answers fails, so
 * nothing leaves the machine.
 */
export async function serve(harness: Harness, url: string, answers: Answers): Promise<Served> {
  const page = await harness.page('about:blank');
  const served: Served = { page, asked: [], errors: [] };
  const address = withoutFragment(url);
  page.on('pageerror', (error) => served.errors.push(String(error)));
  page.on('request', (request) => {
    if (withoutFragment(request.url()) !== address) served.asked.push(request.url());
    answer(request, answers).catch((error) => served.errors.push(String(error)));
  });
  await page.setRequestInterception(true);
  await page.goto(url, { waitUntil: 'load' });
  return served;
}

async function answer(request: HTTPRequest, answers: Answers): Promise<void> {
  const known = answers[withoutFragment(request.url())];
  if (!known) return request.abort();
  const { body, type = 'text/html; charset=utf-8' } = known;
  await request.respond({ status: 200, contentType: type, body });
}

const withoutFragment = (url: string) => url.split('#', 1)[0] ?? '';

/** What came of a page: the passages that the model received, and what the panel says of it. */
export interface PanelReading {
  panel: Page;
  title: string;
  passages: string[];
  /** What the card says was not read or not loaded; menus and hidden text, which are left out, not counted. */
  gaps: string[];
}

/** Opens the panel over a page, looks at the page's card and asks for a summary. */
export async function readThroughPanel(
  harness: Harness,
  model: ModelServer,
  page: Page,
): Promise<PanelReading> {
  const panel = await openPanel(harness, page);
  return { panel, gaps: await gapsIn(panel), ...(await sentBy(panel, model)) };
}

/** What the card of the page in front says was not read or not loaded. */
export async function gapsIn(panel: Page): Promise<string[]> {
  const account = 'section[aria-label="This page"] details ul';
  const lines = await (await panel.waitForSelector(account))?.$$eval('li', (items) =>
    items.map((item) => item.textContent),
  );
  // The first line counts paragraphs.
  return lines?.slice(1).filter((line) => !line.startsWith('Left out:')) ?? [];
}

/** Asks for a summary and takes the document out of what the model received. */
export async function sentBy(
  panel: Page,
  model: ModelServer,
): Promise<Pick<PanelReading, 'title' | 'passages'>> {
  const index = model.requests.length;
  await summarize(panel);
  const { prompt } = await model.request(index);
  const [, title = '', text = ''] =
    /<document [^\n]*? title=("(?:[^"\\]|\\.)*")[^\n]*>\n([\s\S]*?)\n(?:<not_read [^\n]*\n)*<\/document /.exec(
      prompt,
    ) ?? [];
  return { title: JSON.parse(title || '""'), passages: text.split(/(?:^|\n\n)¶\d+ /).slice(1) };
}

/** Whether the adapters are in the world in which the extension's scripts run on the page in front. */
export const hasAdapters = (panel: Page): Promise<unknown> =>
  panel.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    const [frame] = await chrome.scripting.executeScript({
      target: { tabId: tab?.id ?? -1 },
      func: () => 'wholemoonSites' in globalThis,
    });
    return frame?.result;
  });
