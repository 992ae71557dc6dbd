import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type PageServer, paragraphsOf, startPageServer } from '../servers/page-server.ts';
import { violations } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import {
  closePanel,
  connectModel,
  openPanel,
  openPanelOn,
  press,
  screenText,
  see,
  summarize,
  typeQuestion,
  until,
  waitForAnswerEnd,
} from './steps.ts';

/** The ways in: toolbar, shortcut, context menu; and which chat the panel shows for which page. */

let pages: PageServer;
let harness: Harness;

beforeAll(async () => {
  pages = await startPageServer();
  harness = await launch();
});
afterAll(async () => {
  await harness?.close();
  await pages?.close();
});

describe('the ways into the panel', () => {
  it('summarises at the shortcut', async () => {
    const { panel } = await openPanelOn(harness, `${pages.origin}/article`);
    await harness.dispatchCommand('summarize-page');
    await panel.waitForSelector('article');
    await waitForAnswerEnd(panel);
    expect(await screenText(panel)).toContain('in the order of the text');
    await closePanel(harness, panel);
  });

  it('shows the chat of the page when the panel is opened again', async () => {
    const { panel } = await openPanelOn(harness, `${pages.origin}/article#somewhere`);
    await see(panel, 'in the order of the text');
    await closePanel(harness, panel);
  });

  it('begins empty on another page, and comes back to each page’s own chat', async () => {
    const { page: other, panel } = await openPanelOn(harness, `${pages.origin}/zh-article`);
    expect(await panel.$$('article')).toHaveLength(0);
    await summarize(panel);
    await waitForAnswerEnd(panel);
    const first = await harness.page(`${pages.origin}/article`);
    await openPanel(harness, first);
    await until(
      async () => (await screenText(panel)).includes('The Last Keepers of the Tide Book'),
      'the first chat',
    );
    await other.bringToFront();
    await openPanel(harness, other);
    await until(async () => (await screenText(panel)).includes('青麦镇'), 'the chat of the Chinese page');
  });

  it('summarises from the context menu in a chat of its own', async () => {
    const { panel } = await openPanelOn(harness, `${pages.origin}/article`);
    await harness.dispatchMenu({ menuItemId: 'summarize-page' });
    await (await panel.waitForSelector('::-p-aria([name="History"][role="button"])'))?.click();
    await panel.waitForSelector('::-p-aria([name="Back"][role="button"])');
    const more = '::-p-aria([name="More for “The Last Keepers of the Tide Book”"][role="button"])';
    await until(async () => (await panel.$$(more)).length === 2, 'two chats about the page');
  });
});

describe('what is clicked on in a page', () => {
  let harness: Harness;
  let server: ModelServer;
  let page: Page;
  let panel: Page;
  const sent = () => JSON.stringify(server.requests.at(-1)?.body ?? '');

  beforeAll(async () => {
    server = await startModelServer();
    harness = await launch({ grant: ['<all_urls>'] });
    await connectModel(harness, { baseUrl: server.baseUrl });
    page = await harness.page(`${pages.origin}/article?clicks`);
    panel = await openPanel(harness, page);
  });
  afterAll(async () => {
    await harness?.close();
    await server?.close();
  });

  it('asks about selected text, whole, with the page', async () => {
    const selected = await page.evaluate(() => {
      const paragraphs = [...document.querySelectorAll('article p')].slice(1, 4);
      const range = document.createRange();
      range.setStartBefore(paragraphs[0] as Element);
      range.setEndAfter(paragraphs.at(-1) as Element);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return paragraphs.map((paragraph) => paragraph.textContent?.trim().slice(0, 60) ?? '');
    });
    // Browsers give extensions the words in one line, and some of them not all.
    await harness.dispatchMenu({ menuItemId: 'ask-selection', selectionText: 'one line' });
    await see(panel, 'Selected text');
    expect(await violations(panel)).toEqual([]);
    expect(server.requests).toHaveLength(0);
    await typeQuestion(panel, 'What is said here?');
    await panel.keyboard.press('Enter');
    await see(panel, 'Answer finished');
    for (const words of selected)
      expect(sent().split(JSON.stringify(words).slice(1, -1)).length).toBeGreaterThan(2);
    expect(sent()).toContain('selection');
    await until(
      async () => !(await screenText(panel)).includes('Selected text'),
      'the selection went with the question',
    );
  });

  it('reads a link once the user allows its site, opens no tab, and waits for a question', async () => {
    await press(panel, 'New chat');
    const tabs = (await harness.browser.pages()).length;
    const visits = pages.visits.length;
    await harness.dispatchMenu({ menuItemId: 'read-link', linkUrl: `${pages.otherOrigin}/zh-article` });
    await see(panel, 'The browser has not let me read localhost');
    expect(pages.visits).toHaveLength(visits);
    await press(panel, 'Allow on this site');
    await see(panel, 'Summarise this link');
    expect(pages.visits.slice(visits)).toEqual(['/zh-article']);
    expect(await harness.browser.pages()).toHaveLength(tabs);
    expect(await violations(panel)).toEqual([]);
    const before = server.requests.length;
    await press(panel, 'Summarise this link');
    await panel.waitForSelector('article.answer');
    await waitForAnswerEnd(panel);
    expect(server.requests).toHaveLength(before + 1);
    for (const paragraph of paragraphsOf('/zh-article'))
      expect(sent()).toContain(JSON.stringify(paragraph.slice(0, 30)).slice(1, -1));
    // The page in front is not what was asked about.
    expect(sent()).not.toContain('The Last Keepers of the Tide Book');
  });

  it('says what is behind a link that cannot be read', async () => {
    await press(panel, 'New chat');
    await harness.dispatchMenu({ menuItemId: 'read-link', linkUrl: `${pages.otherOrigin}/nothing-here` });
    await see(panel, 'answered 404');
    await see(panel, 'There is no such page any more.');
    expect(await violations(panel)).toEqual([]);
    await press(panel, 'Leave it out');
    await until(async () => !(await screenText(panel)).includes('answered 404'), 'the notice is gone');
  });

  it('takes a picture along, from the page and from its own address', async () => {
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await harness.dispatchMenu({ menuItemId: 'ask-picture', srcUrl: `data:image/png;base64,${pixel}` });
    await panel.waitForSelector('::-p-aria([name="Remove the picture “Picture 1”"])');
    const blob = await page.evaluate((data) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      return URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
    }, pixel);
    await harness.dispatchMenu({ menuItemId: 'ask-picture', srcUrl: blob });
    await until(
      async () => (await panel.$$('[aria-label^="Remove the picture"]')).length === 2,
      'two pictures',
    );
    for (const left of [1, 0]) {
      await (await panel.$('[aria-label^="Remove the picture"]'))?.click();
      await until(
        async () => (await panel.$$('[aria-label^="Remove the picture"]')).length === left,
        `${left} pictures are left`,
      );
    }
  });

  it('asks about the page from the address bar, and waits for an answer that is being written', async () => {
    await press(panel, 'New chat');
    server.next({
      text: 'A slow answer that is still being written. '.repeat(8),
      chunkCharacters: 12,
      chunkDelay: 120,
    });
    await harness.dispatchQuestion('Who keeps the book?');
    await until(
      () => server.requests.some(({ body }) => JSON.stringify(body).includes('Who keeps the book?')),
      'the question was sent',
    );
    await harness.dispatchQuestion('And who kept it before?');
    await see(panel, 'Next: your question about');
    await see(panel, 'The answer above is finished first.');
    expect(await violations(panel)).toEqual([]);
    await until(
      () => sent().includes('And who kept it before?'),
      'the second question was sent',
      undefined,
      30_000,
    );
    await waitForAnswerEnd(panel);
    expect(await screenText(panel)).toContain('A slow answer');
  });
});
