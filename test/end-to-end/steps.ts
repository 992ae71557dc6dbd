/** What users do, in the words of the interface. Elements are found by role, accessible name and visible text. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { Harness } from './harness.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: {
    local: { set(values: object): Promise<void> };
    session: { get(key: string): Promise<Record<string, unknown>> };
  };
  windows: { getCurrent(): Promise<{ id: number }> };
  sidePanel: { close?(panel: { windowId: number }): Promise<void> };
};

export interface ModelSettings {
  /** When questions are looked up on the web; never, when not said. */
  searchMode?: 'auto' | 'always' | 'off';
  /** The address a user would enter, e.g. `server.baseUrl`. */
  baseUrl: string;
  key?: string;
  /** Name of the model; `test-model` when not said. */
  model?: string;
  /** Tokens the model holds; the product's own assumption when not said. */
  window?: number;
}

const picturesFolder = resolve(import.meta.dirname, '../../.output/pictures');
const patience = 20_000;

/**
 * Sets up “OpenAI-compatible” in the settings page, or changes it, and leaves that page open: closing the last
 * tab would close the browser. Launch with `grant`, or the permission prompt waits for ever.
 */
export async function connectModel(
  harness: Pick<Harness, 'openExtensionPage'>,
  settings: ModelSettings,
): Promise<void> {
  const options = await harness.openExtensionPage('options.html');
  const provider = await find(options, 'OpenAI-compatible', 'region');
  const open = (await provider.$(named('Set up', 'button'))) ?? (await provider.$(named('Edit', 'button')));
  if (!open) throw new Error('The provider “OpenAI-compatible” has neither “Set up” nor “Edit”.');
  await open.click();
  await fill(options, 'Base address', settings.baseUrl, false);
  if (settings.key !== undefined) await fill(options, 'API key', settings.key);
  await fill(options, 'Model', settings.model ?? 'test-model', false);
  if (settings.window !== undefined) await fill(options, 'Window, in tokens', String(settings.window));
  await press(options, 'Save and use');
  await see(options, 'Saved.');
  // A model that takes no tools would be asked before each question what to search for.
  await options.evaluate(
    (mode) => chrome.storage.local.set({ searchMode: mode }),
    settings.searchMode ?? 'off',
  );
}

/** Opens a tab and the closed panel over it. Resolves when the panel shows the page or its chat. */
export async function openPanelOn(harness: Harness, url: string): Promise<{ page: Page; panel: Page }> {
  const page = await harness.page(url);
  return { page, panel: await openPanel(harness, page) };
}

/**
 * Clicks the toolbar button over a tab while the panel is closed. Resolves when the panel shows the page, its chat,
 * or what came in the way.
 */
export async function openPanel(harness: Harness, page: Page): Promise<Page> {
  await harness.clickAction(page);
  const panel = await harness.panel();
  await composer(panel);
  await panel.waitForSelector('section[aria-label="This page"], article, [role="alert"]');
  // Opening the panel reads the page and so does the click that opened it; the second reading replaces the first.
  await panel.waitForFunction(
    async () => !(await chrome.storage.session.get('pendingRequest')).pendingRequest,
  );
  await until(async () => !(await screenText(panel)).includes('Reading the whole page'), 'the page was read');
  return panel;
}

/** Closes the panel as its cross does, and waits until it is gone. */
export async function closePanel(harness: Harness, panel: Page): Promise<void> {
  const target = panel.target();
  // The page that is asked ends before it can answer. Chromium before 141 has no such function.
  const asked = await panel
    .evaluate(async () => {
      if (!chrome.sidePanel.close) return false;
      await chrome.sidePanel.close({ windowId: (await chrome.windows.getCurrent()).id });
      return true;
    })
    .catch(() => true);
  if (!asked) await panel.close();
  await until(() => !harness.browser.targets().includes(target), 'the panel closed');
}

/** The field for questions. */
export const composer = (panel: Page) => find(panel, 'Your question', 'textbox');

/** What is typed and not sent. */
export const draft = async (panel: Page): Promise<string> =>
  (await composer(panel)).evaluate((field) => (field as HTMLTextAreaElement).value);

/** Puts a question into the composer without sending, behind what stands there; as pasted words come, all at once. */
export async function typeQuestion(panel: Page, text: string): Promise<void> {
  const field = await composer(panel);
  await field.focus();
  await panel.keyboard.sendCharacter(text);
}

/** The same key by key, where typing is what is tested. */
export async function typeKeys(panel: Page, text: string): Promise<void> {
  const field = await composer(panel);
  await field.focus();
  await field.type(text);
}

/** Asks with Enter and waits until the answer has a place on the screen. It need not have begun. */
export async function ask(panel: Page, text: string): Promise<void> {
  await typeQuestion(panel, text);
  await oneAnswerMore(panel, () => panel.keyboard.press('Enter'));
}

/** Presses “Summarise this page” and waits until the answer has a place on the screen. */
export const summarize = (panel: Page): Promise<void> =>
  oneAnswerMore(panel, () => pressText(panel, 'Summarise this page'));

async function oneAnswerMore(panel: Page, act: () => Promise<unknown>): Promise<void> {
  const before = (await panel.$$('article')).length;
  await act();
  await until(async () => (await panel.$$('article')).length > before, 'a new answer appeared', panel);
}

/** The newest answer on the screen. */
export async function newestAnswer(panel: Page): Promise<ElementHandle<HTMLElement>> {
  await panel.waitForSelector('article');
  const answer = (await panel.$$('article')).at(-1);
  if (!answer) throw new Error('There is no answer on the screen.');
  return answer;
}

/** Text of the newest answer without its head, notices and receipt, as a user reads it; empty before it begins. */
export async function answerText(panel: Page): Promise<string> {
  const text = await panel.evaluate(() => {
    // `innerText` would be empty where the browser skips the layout of what is out of sight.
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (!(node instanceof Element) || node.matches('.for-screen-readers')) return '';
      const inner = Array.from(node.childNodes, read).join('');
      return /^(SPAN|A|STRONG|EM|DEL|CODE|BUTTON)$/.test(node.tagName) ? inner : `\n${inner}\n`;
    };
    const answer = [...document.querySelectorAll('article')].at(-1);
    // An answer's own words have no role of their own; this is the one place that knows their class.
    const blocks = answer?.querySelectorAll('.markdown > p, .markdown > .block-group > *') ?? [];
    return Array.from(blocks, (block) => read(block).replace(/\n+/g, '\n').trim()).join('\n\n');
  });
  return text.replaceAll('\u2060', '').replaceAll('\u00a0', ' ');
}

/** Waits until the newest answer contains these words. */
export const waitForAnswer = (panel: Page, words: string, timeout?: number): Promise<void> =>
  until(async () => (await answerText(panel)).includes(words), `the answer says “${words}”`, panel, timeout);

/** Waits until the newest answer has ended, whatever ended it, and its Markdown is drawn. */
export async function waitForAnswerEnd(panel: Page, timeout = 30_000): Promise<void> {
  const isOver = async () =>
    (await newestAnswer(panel)).evaluate(
      (answer) => answer.getAttribute('aria-busy') === 'false' && !answer.querySelector('[aria-busy="true"]'),
    );
  await until(isOver, 'the answer ended', panel, timeout);
}

/** The messages that the view of the exact text shows. */
export const exactMessages = (panel: Page): Promise<string[]> =>
  panel.$$eval('section', (messages) =>
    messages.map((message) =>
      Array.from(message.querySelectorAll('pre'), (piece) => piece.textContent).join(''),
    ),
  );

/** Chooses the model that answers from the list in the composer. */
export async function chooseModel(panel: Page, name: string): Promise<void> {
  await panel.locator('::-p-xpath(//button[@aria-haspopup="listbox"])').setTimeout(patience).click();
  await panel
    .locator(`::-p-xpath(//*[@role="option"][.//*[.=${JSON.stringify(name)}]])`)
    .setTimeout(patience)
    .click();
  await find(panel, `Model: ${name}`, 'button');
}

/** A selector for an accessible name and, when several roles share it, a role. */
export const named = (name: string, role?: string): string =>
  `::-p-aria([name="${name.replaceAll('"', '\\"')}"]${role ? `[role="${role}"]` : ''})`;

/** Waits for an element by its accessible name. */
export async function find(page: Page, name: string, role?: string): Promise<ElementHandle<HTMLElement>> {
  const element = await page.waitForSelector(named(name, role), { timeout: patience });
  if (!element) throw new Error(`There is no ${role ?? 'element'} “${name}”.`);
  return element as ElementHandle<HTMLElement>;
}

/** Clicks something by its accessible name, once it is there, at rest and enabled. */
export const press = (page: Page, name: string, role = 'button'): Promise<void> =>
  page.locator(named(name, role)).setTimeout(patience).click();

/** Clicks a button by a part of its visible text, where the name has more in it, such as a shortcut. */
export const pressText = (page: Page, text: string): Promise<void> =>
  page
    .locator(`::-p-xpath(//*[self::button or self::summary][contains(., ${JSON.stringify(text)})])`)
    .setTimeout(patience)
    .click();

/** Puts a text in the place of what stands in the field whose label begins so; not `typed`: as pasted words come. */
export async function fill(page: Page, label: string, value: string, typed = true): Promise<void> {
  const start = `starts-with(normalize-space(.), ${JSON.stringify(label)})`;
  const found = await page.waitForSelector(`::-p-xpath(//label[${start}])`, { timeout: patience });
  if (!found) throw new Error(`There is no field “${label}”.`);
  const field = await found.evaluateHandle((element) => (element as HTMLLabelElement).control);
  const input = field.asElement() as ElementHandle<HTMLInputElement>;
  await input.click({ count: 3 });
  await page.keyboard.press('Backspace');
  if (typed) await input.type(value);
  // Firefox takes them one by one.
  else for (const character of value) await page.keyboard.sendCharacter(character);
}

/** Waits until a text is on the screen; white space and line ends do not count. */
export const see = (page: Page, text: string, timeout?: number): Promise<void> =>
  until(async () => (await screenText(page)).includes(fold(text)), `“${text}” is shown`, page, timeout);

/** Everything that is shown, white space folded. Blocks of an answer far out of sight have no text here. */
export const screenText = async (page: Page): Promise<string> =>
  // what is closed or hidden is not seen
  fold(await page.evaluate(() => document.body.innerText));

/** Waits for a condition; when it never comes, says for what and, with `page`, what was on the screen instead. */
export async function until(
  isTrue: () => unknown,
  what: string,
  page?: Page,
  timeout = patience,
): Promise<void> {
  for (const deadline = Date.now() + timeout; !(await isTrue()); await setTimeout(50)) {
    if (Date.now() < deadline) continue;
    const shown = page ? ` On the screen: ${(await screenText(page)).slice(0, 3_000)}` : '';
    throw new Error(`Waited ${timeout} ms in vain until ${what}.${shown}`);
  }
}

/** Saves what a page shows to `.output/pictures/<name>.png`. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(picturesFolder, { recursive: true });
  const path = `${picturesFolder}/${name}.png` as const;
  await page.screenshot({ path });
  return path;
}

/** Word joiners before citations cannot be seen. */
const fold = (text: string) => text.replaceAll('\u2060', '').replace(/\s+/g, ' ').trim();
