import { setTimeout } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { overflow, seeNothingWrong } from './axe.ts';
import { watchTasks } from './long-tasks.ts';
import {
  ask,
  closePanel,
  composer,
  connectModel,
  draft,
  exactMessages,
  find,
  openPanel,
  press,
  pressText,
  see,
  typeKeys,
  typeQuestion,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

let world: World;
const openArticle = () => world.openArticle();
const title = 'The Last Keepers of the Tide Book';

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 400_000 });
});
afterEach(() => world.tidy());
afterAll(() => world.close());

/** Pastes a text into the question as a user does; `make` is run in the panel and returns the text. */
async function paste(panel: Page, make: string): Promise<void> {
  await (await composer(panel)).focus();
  await panel.evaluate((code) => {
    const data = new DataTransfer();
    data.setData('text/plain', new Function(`return ${code}`)());
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, make);
}

const report = (name: string, paragraphs: number) =>
  `Array.from({ length: ${paragraphs} }, (_, index) => '${name} paragraph ' + index + ' tells what the mills earn in a year of tides.').join('\\n\\n')`;

/** Opens the sheet with keys alone, from the question. */
async function openTray(panel: Page): Promise<void> {
  const meter = await panel.waitForSelector('button[aria-label$="What the model will read"]');
  await meter?.focus();
  await panel.keyboard.press('Enter');
  await find(panel, 'What the model will read', 'dialog');
  await until(() => panel.$('[role="meter"]'), 'the sheet is there', panel);
}

const contentsOf = (index: number) =>
  (world.model.requests[index]?.body.messages ?? []).map(({ content }) =>
    typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join(''),
  );
const switches = (panel: Page) =>
  panel.$$eval('[role="checkbox"]', (boxes) =>
    boxes.map((box) => `${box.textContent} ${box.getAttribute('aria-checked')}`),
  );

it('sends what the list says: left out, brought back, cached, word for word', async () => {
  const { page, panel } = await openArticle();
  await paste(panel, report('First', 300));
  await see(panel, 'pasted words go along as a source, whole.');
  await paste(panel, report('Second', 300));
  await see(panel, 'Pasted text 2');
  expect(await draft(panel)).toBe('');
  await typeQuestion(panel, 'What do they earn?');

  // With keys alone: the number is the switch.
  await openTray(panel);
  expect(await switches(panel)).toEqual(['1 true', '2 true', '3 true']);
  expect(await panel.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  await (await find(panel, 'Send 2: Pasted text', 'checkbox')).focus();
  await panel.keyboard.press('Space');
  expect(await switches(panel)).toEqual(['1 true', '2 false', '3 true']);
  await see(panel, 'Left out by you');
  await seeNothingWrong(panel, 'dialog');
  await panel.keyboard.press('Escape');
  const label = () =>
    panel.evaluate(() => document.activeElement?.getAttribute('aria-label')?.replace(/[\d.]+K/g, '#'));
  expect(await label()).toBe('Context: ≈# of #. What the model will read');

  // The choice outlives the panel, and so do the texts.
  await closePanel(world.harness, panel);
  const again = await openPanel(world.harness, page);
  await until(async () => (await draft(again)) === 'What do they earn?', 'the draft is back', again);
  await openTray(again);
  await until(
    async () => (await switches(again)).join() === '1 true,2 false,3 true',
    'the choice is back',
    again,
  );

  // What is shown before sending is what the server gets.
  await press(again, 'See the exact text');
  await see(again, 'Sending it now sends exactly this.');
  const shown = await exactMessages(again);
  await seeNothingWrong(again);
  await press(again, 'Back');
  await press(again, 'Done');
  await (await composer(again)).focus();
  await again.keyboard.press('Enter');
  await waitForAnswerEnd(again);
  expect(contentsOf(0)).toEqual(shown);
  expect(shown.join('')).not.toContain('First paragraph');
  expect(shown.join('')).toContain('<document index="3"');
  expect(shown.join('')).toContain('Second paragraph 299 tells');

  // After an answer what was sent is hatched; what was left out is still there, and comes back by its number.
  await openTray(again);
  await see(again, 'likely cached');
  expect(await again.$$eval('.tray-bar .is-cached', (parts) => parts.length)).toBeGreaterThan(1);
  expect(await switches(again)).toEqual(['1 true', '2 false', '3 true']);
  await press(again, 'Send 2: Pasted text', 'checkbox');

  // What was sent and is not asked about stays in the request, byte for byte: the question names the others.
  await press(again, `Ask about 1: ${title}`, 'checkbox');
  expect(await switches(again)).toEqual(['1 false', '2 true', '3 true']);
  await see(again, 'In the request, not asked about');
  await see(again, 'The next question is about 2 of the 3 sources in the request.');
  expect(await again.$eval('.tray-summary', (summary) => summary.textContent)).not.toContain('read again');
  await seeNothingWrong(again, 'dialog');
  await press(again, 'Done');
  await see(again, '1 not asked about');
  await ask(again, 'And now?');
  await see(again, 'About 2 and 3');
  await waitForAnswerEnd(again);
  const second = contentsOf(1);
  expect(second.slice(0, 2)).toEqual(contentsOf(0));
  expect(second.at(-1)).toContain('First paragraph 299 tells');
  expect(second.at(-1)).toMatch(/About documents 2 and 3 only\. Leave the others aside\.\nAnd now\?$/);
  await again.locator('.turn:last-child .receipt summary').click();
  await see(again, 'not asked about');

  // Taking it out is another thing: said with its price before, and done from the next question on.
  await openTray(again);
  expect(await switches(again)).toEqual(['1 false', '2 true', '3 true']);
  await again.locator('.tray-title').click();
  await see(again, 'tokens more are read afresh with the next question.');
  await press(again, 'Take out');
  await see(again, 'Taken out by you');
  expect(await again.evaluate(() => document.activeElement?.textContent)).toBe('Bring back');
  await see(again, 'are read again');
  await seeNothingWrong(again, 'dialog');
  await press(again, 'Done');
  await ask(again, 'Without it?');
  await waitForAnswerEnd(again);
  const sent = contentsOf(2).join('');
  expect(sent).toContain('<document index="1" left_out="by the user"/>');
  expect(sent).not.toContain(title);
  expect(sent).toContain('Second paragraph 299 tells');
  // The question before it keeps its words.
  expect(sent).toContain('About documents 2 and 3 only. Leave the others aside.\nAnd now?');
  expect(sent.endsWith('\n\nWithout it?')).toBe(true);

  // From the sheet to the list of tabs: one sheet gives way to the other.
  await openTray(again);
  await press(again, 'Add tabs');
  await until(async () => !(await again.$('[role="meter"]')), 'the sheet is closed', again);
  await until(() => again.$('dialog[open] input, dialog input'), 'the list of tabs is open', again);
  await again.keyboard.press('Escape');
});

it('takes 5 MB that are pasted as a source without standing still, and puts less into the question on demand', async () => {
  const { page, panel } = await openArticle();
  const tasks = await watchTasks(panel);
  await paste(panel, report('Long', 75_000));
  await see(panel, 'pasted words go along as a source, whole.');
  await typeKeys(panel, 'Meanwhile');
  await until(
    async () => !(await panel.$('.composer-sources [role="status"]')),
    'it was taken in',
    panel,
    40_000,
  );
  // Making the text is a part of the longest task.
  expect(Math.max(...(await tasks.read()))).toBeLessThan(600);
  expect(await draft(panel)).toBe('Meanwhile');
  await until(
    async () => (await panel.$eval('.context-meter', (meter) => meter.className)).includes('is-over'),
    'the meter says that it is too much',
    panel,
  );
  await see(panel, 'More than test-model holds. When you send, you choose how to go on.');
  expect(await overflow(panel)).toBeLessThanOrEqual(0);

  await closePanel(world.harness, panel);
  const again = await openPanel(world.harness, page);
  await see(again, 'Pasted text');
  await openTray(again);
  await pressText(again, 'Pasted text');
  await see(again, '75,000 paragraphs');
  await press(again, 'Remove');
  await see(again, '“Pasted text” is removed.');
  await press(again, 'Undo');
  await see(again, 'Whole text');
  await press(again, 'Remove');
  await press(again, 'Done');
  expect(await storedSources(again)).toBe(0);

  await (await composer(again)).evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(0, 9));
  await paste(again, report('Short', 200));
  await press(again, 'Put it into the question');
  expect(await draft(again)).toMatch(/^Short paragraph 0 [\s\S]+\nShort paragraph 199 tells/);
  expect(await draft(again)).not.toContain('Meanwhile');
  expect(await again.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await (await composer(again)).evaluate((field) => (field as HTMLTextAreaElement).select());
  await again.keyboard.press('Backspace');
});

it('stays usable with 200 sources, with titles of every kind', async () => {
  const { page, panel } = await openArticle();
  await seed(panel, 200);
  await closePanel(world.harness, panel);
  const again = await openPanel(world.harness, page);
  await world.harness.setPanelWidth(again, 360);
  await see(again, '201 sources');
  const tasks = await watchTasks(again);
  await openTray(again);
  await see(again, 'Files and texts');
  const rows = await again.$$('[role="checkbox"]');
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.length).toBeLessThan(60);
  await seeNothingWrong(again, 'dialog');
  // A long way down with keys: what has the focus is there.
  await rows[2]?.focus();
  for (let press = 0; press < 60; press++) {
    await again.keyboard.press('Tab');
    // As fast as a key repeats.
    await setTimeout(30);
  }
  const focused = () =>
    again.evaluate(() => {
      const { activeElement: element } = document;
      const { top = -1, bottom = -1 } = element?.getBoundingClientRect() ?? {};
      const row = Number(element?.closest<HTMLElement>('[data-row]')?.dataset.row);
      return top >= 0 && bottom <= innerHeight && row > 20;
    });
  await until(focused, 'the focus is in sight, thirty rows down', again);
  await again.$eval('.tray-rows', (rows) => rows.scrollTo(0, 0));
  // While it scrolls, the list takes no clicks.
  await setTimeout(400);
  await press(again, 'Leave all out: Files and texts');
  await see(again, 'Left out by you');
  expect(Math.max(0, ...(await tasks.read()))).toBeLessThan(400);
  await press(again, 'Done');
  await ask(again, 'Only the page?');
  await waitForAnswerEnd(again);
  expect(world.model.requests[0]?.prompt).toContain(title);
  expect(world.model.requests[0]?.prompt).not.toContain('Seeded text');
});

it('opens the list of models from a notice, and gives the focus back', async () => {
  const { panel } = await openArticle();
  world.model.next({
    status: 404,
    bodyText: JSON.stringify({
      error: { message: 'The model `test-model` does not exist', code: 'model_not_found' },
    }),
  });
  await ask(panel, 'Are you there?');
  const button = await find(panel, 'Use another model', 'button');
  await button.focus();
  await panel.keyboard.press('Enter');
  await panel.waitForSelector('[role="listbox"][aria-label="Model"]');
  await panel.keyboard.press('Escape');
  expect(await panel.evaluate(() => document.activeElement?.textContent)).toBe('Use another model');
  await panel.keyboard.press('Enter');
  await panel.waitForSelector('[role="listbox"][aria-label="Model"]');
  await panel.keyboard.press('End');
  await panel.keyboard.press('ArrowUp');
  await panel.keyboard.press('Enter');
  await find(panel, 'Model: Excerpts', 'button');
});

/** Attaches sources to the new chat as if they had been pasted there: long, bidirectional and hostile titles among them. */
async function seed(panel: Page, count: number): Promise<void> {
  await panel.evaluate(async (number) => {
    const titles = [
      'Plain',
      'x'.repeat(10_000),
      'مقال عن المد والجزر 123',
      '<img src=x onerror=alert(1)> & co.',
      '潮汐',
    ];
    const sources = await Promise.all(
      Array.from({ length: number }, async (_, index) => {
        const words = `Seeded text ${index} about the tide.`;
        const text = `¶1 ${words}`;
        const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
        const id = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
        const segments = [{ number: 1, start: 3, end: text.length, kind: 'text' }];
        const source = { id, kind: 'file', title: titles[index % titles.length], text, segments, gaps: [] };
        const size = { characters: words.length, words: 6, readAt: 1 };
        return { id, source: { ...source, ...size }, tokens: 9, han: 0, hangul: 0, dense: 0 };
      }),
    );
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('wholemoon');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => resolve(opening.result);
    });
    const writing = database.transaction(['sources', 'drafts'], 'readwrite');
    for (const source of sources) writing.objectStore('sources').put(source);
    writing.objectStore('drafts').put({ id: 'new', text: '', attached: sources.map(({ id }) => id) });
    await new Promise((resolve) => {
      writing.oncomplete = resolve;
    });
    database.close();
  }, count);
}

/** Texts on disk that belong to no chat's page. */
const storedSources = (panel: Page) =>
  panel.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('wholemoon');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('sources').objectStore('sources').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(
              reading.result.filter(({ source }: { source: { words: number } }) => source.words > 100_000)
                .length,
            );
          };
        };
      }),
  );
