/** The list of chats: searched, renamed, exported, deleted and brought back, with many chats and with keys alone. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { type SeededChat, seedChats } from './seed-chats.ts';
import {
  closePanel,
  connectModel,
  find,
  openPanel,
  openPanelOn,
  press,
  screenText,
  see,
  summarize,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { lookAt, type View } from './trouble-steps.ts';
import { startWorld, type World } from './world.ts';

const day = 86_400_000;
const title = 'The Last Keepers of the Tide Book';
const views: readonly View[] = [
  [320, 'light', 'English'],
  [480, 'dark', '简体中文'],
];
const searchLabel = 'Search chats and what was read';

/** Titles with markup, in other directions and scripts, far too long, and none. */
const oddChats = (now: number): SeededChat[] => [
  { id: 'zh', title: '潮汐磨坊的回归', time: now - day, answer: '闸门仍会伤到鳗鱼。', cost: 0.07 },
  { id: 'markup', title: '<img src=x onerror=alert(1)> (a|b)*', time: now - 2 * day },
  { id: 'rtl', title: 'مصائد المد \u202eevil', time: now - 40 * day, urls: ['https://ar.example.org/a'] },
  { id: 'long', title: 'Endless '.repeat(1_250), time: now - 41 * day },
  {
    id: 'none',
    title: '',
    time: now - 500 * day,
    passages: ['The wheel stands still.', 'Nobody saw the eels 🌕.'],
  },
];
const manyChats = (now: number, count: number): SeededChat[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `many-${index}`,
    title: `Chat ${index}`,
    time: now - 50 * day - index * 60_000,
    passages: [
      `Only chat ${index} knows the word w${index}x.`,
      'The rest is the same everywhere. '.repeat(60),
    ],
  }));

let world: World;
let panel: Page;
let article: Page;
let folder: string;

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl });
  world.model.always({ text: 'The book is kept ¶4, and nobody reads it ¶9999.' });
  ({ panel, page: article } = await openPanelOn(world.harness, `${world.pages.origin}/article`));
  await summarize(panel);
  await waitForAnswerEnd(panel);
  const now = Date.now();
  await seedChats(panel, oddChats(now));
  await seedChats(panel, manyChats(now, 400));
  folder = await mkdtemp(join(tmpdir(), 'wholemoon-history-'));
  const session = await world.harness.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
});
afterAll(async () => {
  await world?.close();
  if (folder) await rm(folder, { recursive: true });
});

const rows = (page: Page) =>
  page.$$eval('.chat-open .row-text', (titles) => titles.map((element) => element.textContent ?? ''));
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const found = (page: Page, count: string) =>
  until(
    async () =>
      (await page.$eval('.search-count', (element) => element.textContent).catch(() => '')) === count,
    `${count} was found`,
    page,
  );

/** Puts other words into the field that has the focus. */
async function searchFor(text: string): Promise<void> {
  const field = await find(panel, searchLabel, 'textbox');
  await field.focus();
  // In an empty field Esc leads back to the chat.
  if (await field.evaluate((input) => (input as HTMLInputElement).value))
    await panel.keyboard.press('Escape');
  await panel.keyboard.type(text);
}

/** The file that the browser keeps next. */
async function saved(act: () => Promise<unknown>): Promise<{ name: string; text: string }> {
  for (const name of await readdir(folder)) await rm(join(folder, name));
  await act();
  const finished = async () => (await readdir(folder)).filter((name) => /\.(md|json)$/.test(name));
  await until(async () => (await finished()).length > 0, 'the file was kept', panel);
  const name = (await finished())[0] ?? '';
  return { name, text: await readFile(join(folder, name), 'utf8') };
}

describe('the list of chats', () => {
  it('opens in groups by day, draws what is near the screen, and says what is kept', async () => {
    await press(panel, 'History');
    await until(async () => (await rows(panel)).length > 5, 'the chats', panel);
    expect((await rows(panel)).slice(0, 3)).toEqual([
      title,
      '潮汐磨坊的回归',
      '<img src=x onerror=alert(1)> (a|b)*',
    ]);
    expect((await rows(panel)).length).toBeLessThan(60);
    const text = await screenText(panel);
    expect(text).toMatch(/^History Today .*Yesterday/);
    expect(text).toContain('$0.07');
    await panel.focus('.chat-open');
    await panel.keyboard.press('End');
    await until(
      async () => (await focused(panel)).startsWith('Chat without a title'),
      'the last chat',
      panel,
    );
    await see(panel, '406 chats, ≈');
  });

  it('finds words in answers and sources, Chinese, pictures and signs of patterns, and marks them', async () => {
    await searchFor('w123x');
    await found(panel, '1 chat');
    expect(await rows(panel)).toEqual(['Chat 123']);
    expect(await panel.$eval('.chat-excerpt', (element) => element.textContent)).toBe(
      '…chat 123 knows the word w123x.',
    );
    expect(await panel.$eval('mark', (element) => element.textContent)).toBe('w123x');
    for (const [query, expected] of [
      ['鳗', '潮汐磨坊的回归'],
      ['🌕', 'Chat without a title'],
      ['(a|b)*', '<img src=x onerror=alert(1)> (a|b)*'],
      ['WHEEL still', 'Chat without a title'],
      ['ar.example', 'مصائد المد \u202eevil'],
    ] as const) {
      await searchFor(query);
      await until(async () => (await rows(panel)).join() === expected, `“${query}” was found`, panel);
    }
    await searchFor('zeppelin');
    await see(panel, 'Nothing found for “zeppelin”');
  });

  it('is used with keys alone: searched, renamed, deleted, undone, opened', async () => {
    await searchFor('w7x');
    await found(panel, '1 chat');
    await panel.keyboard.press('ArrowDown');
    await until(async () => (await focused(panel)).startsWith('Chat 7'), 'the row has the focus', panel);
    await panel.keyboard.press('Tab');
    await panel.keyboard.press('Enter');
    await find(panel, 'Rename', 'menuitem');
    await until(async () => (await focused(panel)) === 'Rename', 'the first entry has the focus', panel);
    await panel.keyboard.press('Enter');
    await find(panel, 'Title of the chat', 'textbox');
    await panel.keyboard.type('Seven');
    await panel.keyboard.press('Enter');
    await until(async () => (await rows(panel)).join() === 'Seven', 'the new title', panel);
    await until(async () => (await focused(panel)).startsWith('Seven'), 'the focus is back', panel);

    await panel.keyboard.press('Delete');
    await see(panel, '“Seven” was deleted.');
    await until(async () => (await focused(panel)) === 'Undo', 'the way back has the focus', panel);
    await panel.keyboard.press('Enter');
    await until(async () => (await rows(panel)).join() === 'Seven', 'it is back', panel);

    await panel.keyboard.press('ArrowDown');
    await until(async () => (await focused(panel)).startsWith('Seven'), 'the row has the focus', panel);
    await panel.keyboard.press('Enter');
    await find(panel, 'Your question', 'textbox');
    expect(await panel.$eval('h1', (element) => element.textContent)).toBe('Seven');
  });

  it('saves a chat as Markdown and as JSON, all of it', async () => {
    await press(panel, 'History');
    await press(panel, `More for “${title}”`);
    const markdown = await saved(() => press(panel, 'Export as Markdown', 'menuitem'));
    expect(markdown.name).toMatch(/^The Last Keepers of the Tide Book \d{4}-\d\d-\d\d\.md$/);
    expect(markdown.text).toMatch(/^# The Last Keepers of the Tide Book\n/);
    expect(markdown.text).toContain(`(${world.pages.origin}/article)`);
    expect(markdown.text).toMatch(
      /The book is kept \[¶4\]\(http:\/\/127\.0\.0\.1:\d+\/article#:~:text=[^)]+\)/,
    );
    expect(markdown.text).toContain('~~¶9999~~ (not found in the source)');
    expect(markdown.text).toMatch(/## Cited passages[\s\S]+> The book is in fact thirty-eight books/);

    await press(panel, `More for “${title}”`);
    const json = await saved(() => press(panel, 'Export as JSON', 'menuitem'));
    const content = JSON.parse(json.text);
    expect(content).toMatchObject({ wholemoon: 1, chats: [{ title }], turns: [{}], answers: [{}] });
    expect(content.sources[0].source.text).toContain('The book is in fact thirty-eight books');
    expect(content.keys).toBeUndefined();

    await press(panel, 'More for “潮汐磨坊的回归”');
    const chinese = await saved(() => press(panel, 'Export as Markdown', 'menuitem'));
    expect(chinese.name).toMatch(/^潮汐磨坊的回归 /);
  });

  it('deletes all chats with a second click, and gives them back', async () => {
    const before = (await rows(panel)).slice(0, 4);
    await press(panel, 'Delete all chats');
    await see(panel, 'Delete all 406 chats');
    await until(async () => (await focused(panel)) === 'Cancel', 'nothing happens by itself', panel);
    await press(panel, 'Delete all');
    await see(panel, '406 chats were deleted.');
    await until(async () => (await rows(panel)).length === 0, 'the list is empty', panel);
    await press(panel, 'Undo');
    await until(async () => (await rows(panel)).slice(0, 4).join() === before.join(), 'all are back', panel);
  });

  it('has no violation and fits, found and with a menu open, in both themes and languages', async () => {
    const settings = await world.harness.openExtensionPage('options.html');
    await searchFor('eel');
    await panel.waitForSelector('mark');
    await lookAt(settings, panel, 'history', { views, height: 700 });
    await panel.click('.chat-row [aria-haspopup="menu"]');
    await panel.waitForSelector('[role="menuitem"]');
    await lookAt(settings, panel, 'history-menu', { views, height: 700 });
    await panel.keyboard.press('Escape');
    await settings.close();
  });
});

describe('a chat that is taken up again', () => {
  it('says that its page has changed, and lets the user choose', async () => {
    await closePanel(world.harness, panel);
    await article.bringToFront();
    panel = await openPanel(world.harness, article);
    await see(panel, 'The book is kept');
    expect(await screenText(panel)).not.toContain('This page has changed');
    await closePanel(world.harness, panel);
    await article.evaluate(() => {
      const paragraph = document.querySelector('article p, main p, p');
      if (paragraph)
        paragraph.textContent = 'The first words of this page are others now, and they mean something else.';
    });
    panel = await openPanel(world.harness, article);
    await see(
      panel,
      'This page has changed since it was read for this chat. 1 paragraph is new or different.',
    );
    expect(await violations(panel)).toEqual([]);
    await press(panel, 'Read it again');
    await until(
      async () => !(await screenText(panel)).includes('This page has changed'),
      'it is settled',
      panel,
    );
    await find(panel, `Leave out “${title}”`, 'button');
  });

  it('is deleted from its own title, and comes back', async () => {
    await press(panel, title);
    await press(panel, 'Delete', 'menuitem');
    await see(panel, `“${title}” was deleted.`);
    await until(async () => (await focused(panel)) === 'Undo', 'the way back has the focus', panel);
    expect(await panel.$eval('h1', (element) => element.textContent)).toBe('New chat');
    await panel.keyboard.press('Enter');
    await see(panel, 'The book is kept');
  });
});
