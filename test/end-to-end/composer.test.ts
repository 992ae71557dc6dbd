import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import {
  answerText,
  ask,
  closePanel,
  composer,
  connectModel,
  draft,
  openPanel,
  screenText,
  see,
  typeKeys,
  typeQuestion,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

let world: World;
const openArticle = () => world.openArticle();

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl });
});
afterEach(() => world.tidy());
afterAll(() => world.close());

const lastQuestion = () =>
  String(world.model.requests.at(-1)?.body.messages?.at(-1)?.content).split('</instructions>\n\n')[1];

it('sends with Enter, makes a line with Shift+Enter, and sends nothing that is empty', async () => {
  const { panel } = await openArticle();
  await typeKeys(panel, '   ');
  await panel.keyboard.press('Enter');
  expect(await panel.$eval('[aria-label="Send"]', (button) => (button as HTMLButtonElement).disabled)).toBe(
    true,
  );
  await (await composer(panel)).press('Backspace');

  await typeKeys(panel, 'First line');
  await panel.keyboard.down('Shift');
  await panel.keyboard.press('Enter');
  await panel.keyboard.up('Shift');
  expect(await draft(panel)).toMatch(/^\s*First line\n$/);
  expect(world.model.requests).toHaveLength(0);
  await ask(panel, 'second line');
  await waitForAnswerEnd(panel);
  expect(lastQuestion()).toBe('First line\nsecond line');
  expect(await draft(panel)).toBe('');
  expect(world.model.requests).toHaveLength(1);
});

it('leaves Enter to an input method that is composing', async () => {
  const { panel } = await openArticle();
  await (await composer(panel)).focus();
  const composing = panel.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const heard = (event: KeyboardEvent) => event.key === 'Enter' && resolve(event.isComposing);
        document.addEventListener('keydown', heard, { capture: true });
      }),
  );
  const session = await panel.createCDPSession();
  await session.send('Input.imeSetComposition', { text: '谁写的', selectionStart: 3, selectionEnd: 3 });
  await panel.keyboard.press('Enter');
  expect(await composing).toBe(true);
  await session.send('Input.insertText', { text: '谁写的？' });
  expect((await draft(panel)).trim()).toBe('谁写的？');
  expect(await panel.$$('article')).toHaveLength(0);
  await ask(panel, '');
  await waitForAnswerEnd(panel);
  expect(world.model.requests).toHaveLength(1);
  expect(lastQuestion()).toBe('谁写的？');
});

it('keeps what was typed while the panel is closed', async () => {
  const { page, panel } = await openArticle();
  await typeKeys(panel, 'Half a question about');
  await until(async () => (await storedDrafts(panel)).includes('Half a question about'), 'the draft is kept');
  await closePanel(world.harness, panel);
  const again = await openPanel(world.harness, page);
  await until(async () => (await draft(again)) === 'Half a question about', 'the draft is back', again);

  await ask(again, ' crabs?');
  await waitForAnswerEnd(again);
  expect(lastQuestion()).toBe('Half a question about crabs?');
  await typeQuestion(again, 'And in the chat');
  await until(async () => (await storedDrafts(again)).includes('And in the chat'), 'the draft is kept');
  await closePanel(world.harness, again);
  const once = await openPanel(world.harness, page);
  await until(async () => (await draft(once)) === 'And in the chat', 'the draft of the chat is back', once);
});

it('sends once, however fast Enter or the button is pressed twice', async () => {
  const { panel } = await openArticle();
  await typeQuestion(panel, 'Twice?');
  await Promise.all([panel.keyboard.press('Enter'), panel.keyboard.press('Enter')]);
  await waitForAnswer(panel, 'Hello.');
  await waitForAnswerEnd(panel);
  expect(await draft(panel)).toBe('');
  expect(world.model.requests).toHaveLength(1);

  await world.tidy();
  const { panel: other } = await openArticle();
  const button = await other.waitForSelector('::-p-xpath(//button[contains(., "Summarise this page")])');
  await button?.click({ count: 2 });
  await waitForAnswer(other, 'Hello.');
  await waitForAnswerEnd(other);
  expect(await other.$$('article')).toHaveLength(1);
  expect(world.model.requests).toHaveLength(1);
});

it('sends a question that was asked before the page was read with the page', async () => {
  const page = await world.harness.page(`${world.pages.origin}/loading`, {
    unfinished: true,
  });
  await world.harness.clickAction(page);
  const panel = await world.harness.panel();
  await see(panel, 'The page is still loading');
  await typeQuestion(panel, 'What is it about?');
  await panel.keyboard.press('Enter');
  world.pages.release();
  await waitForAnswer(panel, 'Hello.');
  expect(lastQuestion()).toBe('What is it about?');
  expect(missingFrom(world.model.requests[0]?.prompt ?? '', paragraphsOf('/article'))).toEqual([]);
});

it('asks without a page when the page was left out', async () => {
  const { panel } = await openArticle();
  await panel.locator('::-p-aria([name="Leave out “The Last Keepers of the Tide Book”"])').click();
  await ask(panel, 'Are you there?');
  await waitForAnswerEnd(panel);
  expect(await answerText(panel)).toBe('Hello.');
  expect(world.model.requests[0]?.prompt).not.toContain('<documents>');
  expect(await screenText(panel)).toContain('answers without a page');
});

/** What a crash would leave of the drafts. */
const storedDrafts = (panel: Page) =>
  panel.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('wholemoon');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('drafts').objectStore('drafts').getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.map(({ text }: { text: string }) => text));
          };
        };
      }),
  );
