/** What users meet and do when something goes wrong, beside the usual steps. */
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { type ModelServer, type ReceivedRequest, startModelServer } from '../servers/model-server.ts';
import { missingFrom, type PageServer, paragraphsOf, startPageServer } from '../servers/page-server.ts';
import { atRest, seeNothingWrong } from './axe.ts';
import { type Harness, type LaunchOptions, launch } from './harness.ts';
import {
  composer,
  fill,
  find,
  named,
  openPanelOn,
  press,
  screenshot,
  screenText,
  see,
  until,
} from './steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  permissions: { request: unknown; contains(permissions: { origins: string[] }): Promise<boolean> };
};

export interface Stage {
  harness: Harness;
  model: ModelServer;
  pages: PageServer;
  /** The settings page, in a tab behind the article. */
  settings: Page;
  /** The long English article, in front. */
  article: Page;
  /** The panel beside it; the article has been read. */
  panel: Page;
  /** Opens a tab in front; `startOver` closes it. */
  open(address: string, options?: { unfinished?: boolean }): Promise<Page>;
  /** Forgets what the model was asked, and starts a new chat about the article. */
  startOver(): Promise<void>;
  close(): Promise<void>;
}

/** A browser with a connected model, an article in front and the panel open. */
export async function startStage(options: LaunchOptions = { grant: ['<all_urls>'] }): Promise<Stage> {
  const [model, pages, harness] = await Promise.all([startModelServer(), startPageServer(), launch(options)]);
  const settings = await harness.openExtensionPage('options.html');
  await setUpProvider(settings, 'OpenAI-compatible', { address: model.baseUrl, model: 'test-model' });
  const { page: article, panel } = await openPanelOn(harness, `${pages.origin}/article`);
  const tabs: Page[] = [];
  return {
    harness,
    model,
    pages,
    settings,
    article,
    panel,
    async open(address, options) {
      const tab = await harness.page(address, options);
      tabs.push(tab);
      return tab;
    },
    async startOver() {
      model.reset();
      await speak(settings, 'English');
      await article.bringToFront();
      for (const tab of tabs.splice(0)) if (!tab.isClosed()) await tab.close();
      await press(panel, 'New chat');
      await see(panel, 'Read in full');
      // What a test typed and did not send is still there, as it should be.
      await (await composer(panel)).click({ count: 3 });
      await panel.keyboard.press('Backspace');
    },
    async close() {
      await harness.close();
      await Promise.all([model.close(), pages.close()]);
    },
  };
}

export interface ProviderValues {
  address?: string;
  key?: string;
  model?: string;
  window?: string;
}

const labels = { address: 'Base address', key: 'API key', model: 'Model', window: 'Window, in tokens' };

/** Opens the form of a provider in a settings page and fills in what is given. */
export async function fillProvider(settings: Page, name: string, values: ProviderValues): Promise<void> {
  await settings.bringToFront();
  const provider = await find(settings, name, 'region');
  const opener = (await provider.$(named('Set up', 'button'))) ?? (await provider.$(named('Edit', 'button')));
  const isOpen = await opener?.evaluate((button) => button.getAttribute('aria-expanded') === 'true');
  if (!isOpen) await opener?.click();
  for (const [part, value] of Object.entries(values) as [keyof ProviderValues, string][])
    await fill(settings, labels[part], value, false);
}

/** Saves a provider; resolves when the page says how that went. */
export async function setUpProvider(settings: Page, name: string, values: ProviderValues): Promise<void> {
  await fillProvider(settings, name, values);
  await press(settings, 'Save and use');
  await until(async () => (await outcomeOn(settings)) !== '', `${name} was saved`, settings);
}

/** Connects Kimi, with its list of prices and windows, at the stage's own server. */
export const connectKimi = ({ settings, model }: Stage): Promise<void> =>
  setUpProvider(settings, 'Moonshot AI (kimi.ai)', {
    address: model.baseUrl,
    key: 'sk-kimi',
    model: 'kimi-k3',
  });

/** What the sheet over the panel says, without what lies under it; nothing when there is none. */
export const sheetText = (panel: Page): Promise<string> =>
  panel.evaluate(() =>
    (document.querySelector<HTMLElement>('dialog[open]')?.innerText ?? '').replace(/\s+/g, ' ').trim(),
  );

/** Waits until the sheet over the panel says this. */
export const seeSheet = (panel: Page, words: RegExp): Promise<void> =>
  until(async () => words.test(await sheetText(panel)), `the sheet says “${words}”`, panel);

/** Waits until no sheet lies over the panel. */
export const seeNoSheet = (panel: Page): Promise<void> =>
  until(async () => (await panel.$('dialog[open]')) === null, 'the sheet closed', panel);

/** What the settings page says about the last saving or test. */
export const outcomeOn = (settings: Page): Promise<string> =>
  settings.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('form [role="status"]')]
      .map((status) => (status.textContent ?? '').replace(/\s+/g, ' ').trim())
      .join(' '),
  );

/** A notice as its reader meets it: its sentences and the names of its buttons. */
export interface Notice {
  sentence: string | RegExp;
  actions: string[];
}

/** Everything with the role of an alert. */
export const alertsOn = (page: Page): Promise<{ sentence: string; actions: string[] }[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('[role="alert"]'), (alert) => {
      const buttons = [...alert.querySelectorAll('button')];
      const words = document.createRange();
      words.selectNodeContents(alert);
      if (buttons[0]) words.setEndBefore(buttons[0]);
      return {
        sentence: words.toString().replace(/\s+/g, ' ').trim(),
        actions: buttons.map((button) => (button.textContent ?? '').trim()),
      };
    }),
  );

/** What only programs say, and gaps where a fact was missing. */
const programWords =
  /\b(?:\w*(?:Error|Exception)\b|Failed to fetch|Unexpected token|undefined|null|NaN|ECONN\w+)|\[object |chrome-extension:|https?:\/\/\S+\.js\b| at .+:\d+:\d+|[“"]["”]|\(\)|\{\w+\}/;

/** Waits until this notice, and no other, is on the page; nothing there may sound like a program. */
export async function seeAlert(page: Page, wanted: Notice, timeout = 20_000): Promise<void> {
  const sentence =
    typeof wanted.sentence === 'string' ? wanted.sentence : expect.stringMatching(wanted.sentence);
  await eventually(
    async () => expect(await alertsOn(page)).toEqual([{ sentence, actions: wanted.actions }]),
    timeout,
  );
  expect(await screenText(page)).not.toMatch(programWords);
}

/** Repeats an expectation until it holds, also outside of a test, where Vitest's own `expect.poll` is not to be had. */
async function eventually(expectation: () => Promise<void>, timeout = 20_000): Promise<void> {
  for (const deadline = Date.now() + timeout; ; await setTimeout(50)) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Fills in which server a notice is about: its `{base}` address and its `{host}`. */
export const about = (base: string, { sentence, actions }: Notice): Notice => {
  const { host } = new URL(base);
  const fillIn = (text: string) => text.replace('{base}', base).replace('{host}', host);
  return {
    sentence: typeof sentence === 'string' ? fillIn(sentence) : sentence,
    actions: actions.map(fillIn),
  };
};

/** The notice is there, and follows the language of the interface at once. */
export async function seeInBothLanguages(
  { panel, settings, model }: Stage,
  english: Notice,
  chinese: Notice,
  base = model.baseUrl,
): Promise<void> {
  await seeAlert(panel, about(base, english));
  await speak(settings, '简体中文');
  await seeAlert(panel, about(base, chinese));
  await speak(settings, 'English');
  await seeAlert(panel, about(base, english));
}

export const seeNoAlert = (page: Page): Promise<void> =>
  eventually(async () => expect(await alertsOn(page)).toEqual([]));

/** The questions of the chat on screen, in order. */
export const questionsOn = (panel: Page): Promise<string[]> =>
  panel.evaluate(() =>
    Array.from(document.querySelectorAll('[role="log"] article'), (answer) =>
      // A question stands before its answer; screen readers hear who asked.
      (answer.previousElementSibling?.querySelector('p')?.textContent ?? '').replace(/^[^:]*: /, ''),
    ),
  );

/** Chooses an entry of the list with one of these labels; the tab may be in the background. */
export async function choose(settings: Page, labels: string[], option: string): Promise<void> {
  const isLabel = labels.map((label) => `.=${JSON.stringify(label)}`).join(' or ');
  const list = await settings.waitForSelector(`::-p-xpath(//label[${isLabel}]/following::select[1])`);
  const value = await list?.evaluate(
    (element, text) =>
      [...(element as HTMLSelectElement).options].find((entry) => entry.text === text)?.value,
    option,
  );
  if (!value) throw new Error(`The list “${labels[0]}” does not offer “${option}”.`);
  await list?.select(value);
}

/** Chooses a language for the interface, as a reader does in settings. */
export const speak = (settings: Page, language: 'English' | '简体中文'): Promise<void> =>
  choose(settings, ['Interface', '界面'], language);

/** One way to look at a page: its width, its theme and the language of the interface. */
export type View = readonly [width: number, theme: 'light' | 'dark', language: 'English' | '简体中文'];

/** The views that a page of the extension is looked at in, wide and narrow. */
export const pageViews: readonly View[] = [
  [1100, 'light', 'English'],
  [480, 'dark', '简体中文'],
  [360, 'light', '简体中文'],
  [320, 'dark', 'English'],
];

/** The views that the panel is looked at in. */
export const panelViews: readonly View[] = [
  [360, 'light', 'English'],
  [480, 'dark', '简体中文'],
];

/**
 * Takes a picture of a page in each view, with nothing wrong for people who use other means than
 * eyes and a mouse, and nothing wider than the window. The page is then as it was. `within` names
 * what lies over the rest, which would count as targets that are hidden in part.
 */
export async function lookAt(
  settings: Page,
  page: Page,
  name: string,
  {
    views,
    height,
    prepare,
    within,
  }: {
    views: readonly View[];
    height: number;
    prepare?: (language: View[2]) => Promise<void>;
    within?: string;
  },
): Promise<void> {
  const pairs = new Set(views.map(([, theme, language]) => `${theme} ${language}`));
  for (const [position, [width, theme, language]] of views.entries()) {
    await speak(settings, language);
    await speaks(page, language);
    await page.setViewport({ width, height });
    await page.evaluate((value) => {
      document.documentElement.dataset.theme = value;
    }, theme);
    await prepare?.(language);
    await atRest(page);
    await screenshot(page, `${name}-${width}-${theme}`);
    // Pairs of theme and language that no view has are looked at in the first.
    await seeNothingWrong(page, within, position === 0 && pairs.size < 4);
  }
  await page.evaluate(() => delete document.documentElement.dataset.theme);
  await page.setViewport(null);
  await speak(settings, 'English');
  await speaks(page, 'English');
}

/** Waits until a page is in this language: it loads it first. */
const speaks = (page: Page, language: View[2]): Promise<void> =>
  until(
    () =>
      page.evaluate(
        (tag) => document.documentElement.lang === tag,
        language === 'English' ? 'en' : 'zh-Hans',
      ),
    `the page speaks ${language}`,
    page,
  );

/** Has the browser's own prompt answered with no, until the returned function is called. */
export async function refusePermissions(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as { savedRequest?: unknown };
    scope.savedRequest ??= chrome.permissions.request;
    chrome.permissions.request = async () => false;
  });
  return () =>
    page.evaluate(() => {
      chrome.permissions.request = (globalThis as unknown as { savedRequest?: unknown }).savedRequest;
    });
}

/** Waits until a tab is the one in front. */
export const seeInFront = (page: Page): Promise<void> =>
  until(
    () => page.evaluate(() => document.visibilityState === 'visible'),
    `${page.url()} came to the front`,
    page,
  );

/** The model got the page behind this path whole, and nothing of the others. */
export function seeOnlyPage(path: string, { prompt }: ReceivedRequest): void {
  expect(missingFrom(prompt, paragraphsOf(path))).toEqual([]);
  for (const other of ['/article', '/zh-article', '/spa', '/spa/second'].filter((name) => name !== path))
    expect(missingFrom(prompt, paragraphsOf(other))).toEqual(paragraphsOf(other));
}

/** No document went along, and the model is not told that one did. */
export function seeNoDocument({ prompt }: ReceivedRequest): void {
  expect(prompt).toContain('</instructions>');
  expect(prompt).not.toContain('<documents>');
  expect(prompt).not.toMatch(/documents above|number of the paragraph that says so/);
}
