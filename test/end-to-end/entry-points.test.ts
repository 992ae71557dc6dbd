import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageServer, startPageServer } from '../servers/page-server.ts';
import { type Harness, launch } from './harness.ts';
import {
  closePanel,
  openPanel,
  openPanelOn,
  screenText,
  see,
  summarize,
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
    const remove = '::-p-aria([name="Delete “The Last Keepers of the Tide Book”"][role="button"])';
    await until(async () => (await panel.$$(remove)).length === 2, 'two chats about the page');
  });
});
