/**
 * `npm run screenshots`: takes the screens of the running extension at the sizes of the design into
 * `.output/screenshots`, in English and light and in 中文 and dark, and the pictures of the README into
 * `assets/pictures`. The model is the test server, which answers with texts written by hand; everything else is what
 * a user sees. `npm run screenshots -- tray history` takes only the screens with these words in their names.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import english from '../assets/locales/en.json' with { type: 'json' };
import chinese from '../assets/locales/zh_CN.json' with { type: 'json' };
import { estimateTokens } from '../utils/context/tokens.ts';
import { type Harness, launch } from './end-to-end/harness.ts';
import * as steps from './end-to-end/steps.ts';
import { speak } from './end-to-end/trouble-steps.ts';
import { documentComparisons, pageOf, readers } from './fixtures/comparison.ts';
import { writePanelFiles } from './fixtures/files/panel-files.ts';
import {
  everyKindOfBlock,
  rightToLeft,
  sampleSummaries,
  withCitations,
} from './fixtures/sample-summaries.ts';
import { sampleTranslations } from './fixtures/sample-translations.ts';
import { pressSummarize, readInPanel, streamedBlocks } from './sample.ts';
import { refusals, startModelServer } from './servers/model-server.ts';
import { startSampleServer } from './servers/sample-server.ts';
import { startSearchPages } from './servers/search-pages.ts';
import { startSearxngServer } from './servers/searxng-server.ts';
import { searchCall } from './servers/tool-calls.ts';
import { linesOf } from './servers/translator.ts';

/** What `evaluate` runs in the extension. */
declare const chrome: {
  storage: {
    local: { get(name: string): Promise<Record<string, unknown>>; set(values: object): Promise<void> };
  };
};

const repository = resolve(import.meta.dirname, '..');
/** Not under `assets/public`: what lies there is shipped. */
const folder = resolve(repository, 'assets/pictures');
const screens = resolve(repository, '.output/screenshots');
/** Screens that stand in the README, with their names there, and their largest size in bytes. */
const inReadme: Record<string, string> = {
  'panel-empty.en': 'panel-empty',
  'panel-summary.en': 'panel-summary',
  'panel-summary.zh': 'panel-summary-zh-dark',
  'context-tray.en': 'context-tray',
  'answer-blocks.en': 'answer-blocks',
  'settings.en': 'settings',
  'comparison.en': 'comparison',
  'picker.en': 'picker',
  'panel-search.en': 'panel-search',
  'panel-search.zh': 'panel-search-zh',
  'panel-files.en': 'panel-files',
  'panel-files.zh': 'panel-files-zh',
  'bilingual-page.en': 'bilingual-page',
  'selection-bubble.en': 'selection-bubble',
  'selection-bubble.zh': 'selection-bubble-zh',
};
const largest = 200_000;
const panelSize = { width: 400, height: 860, deviceScaleFactor: 1.6 };
const wideSize = { width: 1100, height: 880, deviceScaleFactor: 1.5 };
const pageSize = { width: 900, height: 640, deviceScaleFactor: 1.1 };
const wanted = process.argv.slice(2);
const words = { en: english, zh: chinese };

type Language = keyof typeof sampleSummaries;
interface Stage {
  harness: Harness;
  settings: Page;
  article: Page;
  panel: Page;
  language: Language;
  take: (name: string, page?: Page) => Promise<void>;
}

const site = await startSampleServer(Object.fromEntries(readers.map((page) => [page.path, pageOf(page)])));
const model = await startModelServer({ models: ['your-model'] });
try {
  mkdirSync(folder, { recursive: true });
  mkdirSync(screens, { recursive: true });
  for (const [language, theme] of [
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const)
    await takeAll(language, theme);
} finally {
  await model.close();
  await site.close();
}

async function takeAll(language: Language, theme: 'light' | 'dark'): Promise<void> {
  const harness = await launch({ theme, welcome: true, grant: ['<all_urls>'] });
  try {
    const take = (name: string, page: Page) => picture(page, `${name}.${language}`);
    const welcome = await harness.openedPage('welcome.html');
    const settings = await connectModel(harness);
    if (language === 'zh') await speak(settings, '简体中文');
    await welcome.bringToFront();
    await welcome.setViewport({ ...wideSize, height: 820 });
    await take('onboarding', welcome);
    await settings.bringToFront();
    await settings.setViewport(wideSize);
    await take('settings', settings);
    await welcome.close();

    const panel = await readInPanel(harness, `${site.origin}/${language}.html`);
    const article = await tabOf(harness, `${site.origin}/${language}.html`);
    await panel.setViewport(panelSize);
    const stage = { harness, settings, article, panel, language };
    const at: Stage = { ...stage, take: (name, page = panel) => take(name, page) };
    await takeChat(at);
    await takeSheets(at);
    await takeTroubles(at);
    await takeComparison(at);
    await takeTranslations(at);
    await takeSearch(at);
    await takeFiles(at);
  } finally {
    await harness.close();
  }
}

/** An empty chat, a summary with an open quote or receipt, and what else may stand in an answer. */
async function takeChat({ panel, language, take }: Stage): Promise<void> {
  await panel.click('.page-card-gaps summary');
  await take('panel-empty');
  model.next((request) => answer(withCitations(sampleSummaries[language], request.prompt), request.prompt));
  await pressSummarize(panel);
  for await (const _ of streamedBlocks(panel));
  if (language === 'en') {
    // The first point has the figure on which the article rests.
    await panel.click('.markdown li .citation');
    await panel.waitForSelector('.quote-card');
  } else await panel.click('.receipt summary');
  await take('panel-summary');

  for (const [name, text] of [
    ['answer-blocks', everyKindOfBlock],
    ['answer-right-to-left', rightToLeft],
  ] as const) {
    model.next((request) => answer(text, request.prompt));
    await ask(panel, language === 'en' ? 'How do the figures fit together?' : '这些数字怎样对得上？');
    // A diagram is drawn when its answer is finished.
    if (name === 'answer-blocks') await panel.waitForSelector('.diagram-picture img');
    await take(name);
  }
}

/** What opens over the panel or in its place. */
async function takeSheets({ panel, settings, article, language, take }: Stage): Promise<void> {
  await panel.click('.context-meter');
  await panel.waitForSelector('dialog [role="checkbox"]');
  await take('context-tray');
  await panel.keyboard.press('Escape');

  await steps.press(panel, words[language].panel.history);
  await panel.waitForSelector('.chat-open');
  await panel.type('input[type="text"], input[type="search"]', language === 'en' ? 'eel' : '鳗');
  await panel.waitForSelector('.chat-open mark');
  await take('panel-history');
  await steps.press(panel, words[language].panel.back);

  await setWindow(settings, language, 8_192);
  await article.bringToFront();
  await steps.press(panel, words[language].panel.newChat);
  await panel.waitForSelector('.page-card');
  await steps.pressText(panel, words[language].action.summarize);
  await panel.waitForSelector('dialog[open]');
  await take('context-overflow');
  await panel.keyboard.press('Escape');
  await setWindow(settings, language, 65_536);
  await article.bringToFront();
}

/** A key that is refused, and a connection that breaks. */
async function takeTroubles({ panel, language, take }: Stage): Promise<void> {
  model.next(refusals.badKey);
  await steps.pressText(panel, words[language].action.summarize);
  await panel.waitForSelector('[role="alert"]');
  await take('key-refused');
  model.next((request) => {
    const text = withCitations(sampleSummaries[language], request.prompt);
    return { text, cutAfterCharacters: Math.round(text.length / 2) };
  });
  await ask(panel, language === 'en' ? 'What does the author doubt?' : '作者有哪些保留？');
  await take('connection-dropped');
}

/** Files of the next question: read, locked, with what is to be said about them. */
async function takeFiles({ panel, language, take }: Stage): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wholemoon-files-'));
  try {
    await steps.press(panel, words[language].panel.newChat);
    const field = (await panel.$('input[type="file"]')) as ElementHandle<HTMLInputElement>;
    await field.uploadFile(...writePanelFiles(folder));
    await panel.waitForSelector('.file-row.is-trouble');
    await panel.waitForFunction(() => document.querySelectorAll('button.file-name').length === 4);
    await take('panel-files');
    for (let left = 5; left > 0; left--) await panel.locator('.file-remove').click();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A question that is being looked up: pages read, being read, waiting, and such as cannot be read. */
async function takeSearch({ harness, settings, panel, language, take }: Stage): Promise<void> {
  const pages = await startSearchPages({ slow: 9_000 });
  const kinds = ['static', 'pdf', 'gbk', 'redirects', 'slow', 'refused', 'consent'];
  const searxng = await startSearxngServer(kinds.map(pages.page));
  try {
    await harness.grantNow('https://*/*', 'http://*/*');
    await settings.evaluate(async (address) => {
      const { providers } = (await chrome.storage.local.get('providers')) as {
        providers: { modelId: string; corrections?: object }[];
      };
      for (const entry of providers) entry.corrections = { [entry.modelId]: { tools: true } };
      const searchAddresses = { searxng: address };
      await chrome.storage.local.set({
        providers,
        searchMode: 'auto',
        searchEngine: 'searxng',
        searchAddresses,
        searchPages: 7,
      });
    }, searxng.address);
    await steps.press(panel, words[language].panel.newChat);
    await harness.page(pages.page('thread').url);
    const isEnglish = language === 'en';
    const why = isEnglish ? 'The thread stops at 2023 ¶60.' : '这个讨论只写到 2023 年 ¶60。';
    const queries = isEnglish
      ? ['eel passage low-head turbines monitoring', '潮汐磨坊 鳗鱼']
      : ['潮汐磨坊 鳗鱼 监测', 'eel passage low-head turbines'];
    model.next({ text: '', toolCalls: [searchCall(queries, why)] });
    await steps.until(
      async () => (await steps.screenText(panel)).includes('Silver eels'),
      'the page is read',
      panel,
    );
    await panel.type(
      'textarea',
      isEnglish ? 'Has anyone counted the eels since?' : '之后还有人统计过鳗鱼吗？',
    );
    await panel.keyboard.press('Enter');
    await panel.waitForFunction(
      () => document.querySelectorAll('.search-row:is(.is-read, .is-unread)').length === 6,
    );
    await take('panel-search');
    await steps.press(panel, words[language].action.stop);
  } finally {
    await Promise.all([pages.close(), searxng.close()]);
  }
}

/** Tabs that are picked, the table of them in the panel, and the same wide in a tab. */
async function takeComparison({ harness, panel, language, take }: Stage): Promise<void> {
  const { picker, many, comparison } = words[language];
  await steps.press(panel, words[language].panel.newChat);
  // Pages of this computer count as private; these are of a site.
  const shops = `http://e-readers.example:${new URL(site.origin).port}`;
  await harness.grantNow('http://e-readers.example/*');
  const tabs: Page[] = [];
  for (const { path } of readers) tabs.push(await harness.page(`${shops}${path}`));
  await tabs[0]?.bringToFront();
  await steps.until(
    async () => (await steps.screenText(panel)).includes(readers[0]?.title ?? ''),
    'the page in front is read',
    panel,
  );
  await steps.pressText(panel, words[language].action.compareTabs);
  for (const { title } of readers.slice(1)) {
    const name = `[aria-label*=${JSON.stringify(title)}]`;
    await (await panel.waitForSelector(`dialog [role="checkbox"]${name}`))?.click();
  }
  await panel.waitForFunction(() => document.querySelectorAll('dialog .source-number').length === 3);
  await take('picker');
  await steps.press(panel, picker.done);
  const { question, answer: text } = documentComparisons[language];
  model.next((request) => answer(text, request.prompt));
  await panel.type('textarea', question);
  await steps.press(panel, many.compare);
  await allRows(panel);
  await panel.waitForSelector('.answer[aria-busy="false"]');
  await take('comparison');
  const wide = harness.openedPage('comparison.html');
  await steps.press(panel, comparison.open);
  const page = await wide;
  await page.setViewport(wideSize);
  await allRows(page);
  await take('comparison-wide', page);
}

/** The article side by side while it is being translated, and a few words of it in the bubble. */
async function takeTranslations({ harness, article, language, take }: Stage): Promise<void> {
  const { lang, terms, paragraphs, passage, selection } = sampleTranslations[language];
  await (await harness.worker()).evaluate(
    (tag) => chrome.storage.local.set({ translateInto: tag }),
    lang as string,
  );
  await article.bringToFront();
  await article.setViewport(pageSize);
  await article.evaluate(() => scrollTo(0, 0));
  // What is further down stays in waiting.
  const { promise: taken, resolve: goOn } = Promise.withResolvers<void>();
  model.always((request) => {
    const lines = linesOf(request).flatMap(({ id, text }) => {
      const plain = text.replace(/<\/?\d+\/?>/g, '');
      const [, translation] = Object.entries(paragraphs).find(([begin]) => plain.startsWith(begin)) ?? [];
      const echo = /\p{sc=Han}/u.test(plain) ? plain.slice(0, 4) : plain.split(/\s+/).slice(0, 2).join(' ');
      return translation ? [JSON.stringify({ s: id, k: echo, x: translation })] : [];
    });
    const text = `${[...terms.map((t) => JSON.stringify({ t })), ...lines].join('\n')}\n\n`;
    return { text, chunkCharacters: 400, pause: { afterCharacters: text.length - 1, until: taken } };
  });
  await harness.dispatchCommand('translate-page');
  await article.waitForFunction(
    (count) => document.querySelectorAll('wholemoon-t[lang]').length >= count,
    {},
    4,
  );
  await frameWith(article, '.run-bar');
  await take('bilingual-page', article);
  model.reset();
  goOn();
  await harness.dispatchCommand('translate-page');
  await article.waitForFunction(
    () => document.querySelectorAll('wholemoon-t, wholemoon-overlay').length === 0,
  );

  await article.evaluate(({ from, to }) => {
    const paragraph = [...document.querySelectorAll('article p')].find(({ textContent }) =>
      textContent?.includes(from),
    );
    const text = [...(paragraph?.childNodes ?? [])].find((node) => node.nodeValue?.includes(from)) as Text;
    paragraph?.scrollIntoView({ block: 'start' });
    scrollBy(0, -60);
    getSelection()?.setBaseAndExtent(text, text.data.indexOf(from), text, text.data.indexOf(to) + to.length);
  }, passage);
  model.next((request) => answer(selection, request.prompt));
  await harness.dispatchMenu({ menuItemId: 'translate-selection', selectionText: passage.from });
  const bubble = await frameWith(article, '.bubble');
  await bubble.waitForFunction(
    (words) => document.body.innerText.includes(words),
    {},
    selection.slice(0, 12),
  );
  await bubble.waitForSelector('.term-lines');
  await take('selection-bubble', article);
  await article.keyboard.press('Escape');
}

async function frameWith(page: Page, selector: string): Promise<Frame> {
  // One that is on its way out may still be listed.
  let found: Frame | undefined;
  await steps.until(async () => {
    for (const frame of page.frames().filter((one) => one.url().includes('/overlay.html')))
      if (await frame.$(selector).catch(() => null)) found = frame;
    return found !== undefined;
  }, 'the frame is there');
  return found as Frame;
}

async function allRows(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('.comparison th[scope="row"]').length === 5);
}

async function ask(panel: Page, question: string): Promise<void> {
  const answers = await panel.$$eval('.answer', ({ length }) => length);
  await panel.type('textarea', question);
  await panel.keyboard.press('Enter');
  await panel.waitForFunction(
    (before) => {
      const all = document.querySelectorAll('.answer');
      return all.length > before && all[all.length - 1]?.getAttribute('aria-busy') === 'false';
    },
    {},
    answers,
  );
}

function answer(text: string, prompt: string) {
  const usage = { prompt_tokens: estimateTokens(prompt), completion_tokens: estimateTokens(text) };
  return { text, usage, firstTokenDelay: 400 };
}

/** Sets the test server up as a user does; returns the settings page. */
async function connectModel(harness: Harness): Promise<Page> {
  await steps.connectModel(harness, { baseUrl: model.baseUrl, model: 'your-model', window: 65_536 });
  const settings = await tabOf(harness, '/options.html');
  await steps.press(settings, 'Test connection');
  await steps.see(settings, 'your-model answered');
  return settings;
}

async function setWindow(settings: Page, language: Language, tokens: number): Promise<void> {
  await settings.bringToFront();
  await speak(settings, 'English');
  await steps.fill(settings, 'Window, in tokens', String(tokens));
  await steps.press(settings, 'Save and use');
  await steps.see(settings, 'Saved.');
  if (language === 'zh') await speak(settings, '简体中文');
}

async function tabOf(harness: Harness, address: string): Promise<Page> {
  const page = (await harness.browser.pages()).find((one) => one.url().includes(address));
  if (!page) throw new Error(`${address} is not open.`);
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) return;
  const path = resolve(screens, `${name}.png`);
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    // Fonts that arrive late would be missing from the picture, and a turning arrow would be caught half-way.
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    // Lines in waiting never end.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
  await page.screenshot({ path: path as `${string}.png` });
  const { size } = statSync(path);
  console.log(`${relative(repository, path)}  ${Math.round(size / 1000)} kB`);
  const nameThere = inReadme[name];
  if (!nameThere) return;
  if (size > largest)
    throw new Error(`${name}.png is larger than ${largest / 1000} kB: take it at a lower scale.`);
  copyFileSync(path, resolve(folder, `${nameThere}.png`));
}
