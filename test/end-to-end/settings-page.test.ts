/** The settings page as a whole: found by search and by links, changed while it is open, and emptied. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusals } from '../servers/model-server.ts';
import {
  answerText,
  ask,
  fill,
  find,
  named,
  press,
  pressText,
  screenText,
  see,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import {
  lookAt,
  pageViews,
  panelViews,
  questionsOn,
  type Stage,
  seeAlert,
  speak,
  startStage,
} from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: Record<'local' | 'session' | 'sync', { get(keys: null): Promise<object> }>;
  permissions: { getAll(): Promise<{ origins?: string[] }> };
};

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.startOver());

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');
const nameFocused = (page: Page) =>
  page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? '');

/** The sections that are on the screen, by their titles. */
const sectionsOn = (page: Page) =>
  page.$$eval('main h2', (titles) =>
    titles.filter((title) => title.getClientRects().length > 0).map((title) => title.textContent),
  );

describe('a setting', () => {
  it('is found by its words and by others, with keys alone', async () => {
    const { settings } = stage;
    await settings.bringToFront();
    await settings.reload();
    await find(settings, 'OpenAI-compatible', 'region');
    await settings.keyboard.press('Tab');
    expect(await nameFocused(settings)).toBe('Find a setting');
    const sections = await sectionsOn(settings);
    await settings.keyboard.type('dark mode');
    await until(
      async () => (await sectionsOn(settings)).join() === 'Reading',
      'one section is left',
      settings,
    );
    const heard = () => settings.$eval('[role=status]', (region) => region.textContent);
    expect(await heard()).toBe('1 setting found');
    expect(await settings.$eval('#theme', (row) => row.getClientRects().length)).toBe(1);
    expect(await settings.$eval('#follow-ups', (row) => row.getClientRects().length)).toBe(0);
    await settings.keyboard.press('Escape');
    await until(
      async () => (await sectionsOn(settings)).join() === sections.join(),
      'all sections are back',
      settings,
    );
    expect(await heard()).toBe('');
    await settings.keyboard.type('token');
    await see(settings, 'Paste an API key');
    // What is found is marked in the text, without a change to it.
    await settings.keyboard.press('Escape');
    await settings.keyboard.type('telemetry');
    expect(
      await settings.evaluate(() =>
        Array.from(CSS.highlights.get('settings-search') ?? [], (range) => String(range)),
      ),
    ).toEqual(['telemetry']);
    await settings.keyboard.press('Escape');
  });

  it('is where an address or a notice of the panel leads', async () => {
    const { harness, settings, panel, model, article } = stage;
    const page = await harness.openExtensionPage('options.html#privacy');
    await until(async () => (await focused(page)) === 'privacy', 'Privacy has the focus', page);
    await page.waitForSelector('nav a[href="#privacy"][aria-current]');
    await page.close();
    await article.bringToFront();
    model.next(refusals.badKey);
    await ask(panel, 'When?');
    await press(panel, 'Check the key');
    await until(
      async () => (await focused(settings)) === 'models-custom',
      'the form has the focus',
      settings,
    );
    expect(await settings.evaluate(() => document.visibilityState)).toBe('visible');
    const top = await settings.$eval('#models-custom', (row) => row.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(200);
  });

  it('changes its language at once and keeps what is typed', async () => {
    const { settings } = stage;
    await settings.bringToFront();
    await fill(settings, 'Site', 'half typed');
    await speak(settings, '简体中文');
    await see(settings, '永不读取的网站');
    expect(await settings.$eval('#never-read input', (field) => (field as HTMLInputElement).value)).toBe(
      'half typed',
    );
    await speak(settings, 'English');
    await see(settings, 'Sites never read');
    await fill(settings, 'Site', ' ');
  });
});

describe('a saved prompt', () => {
  it('reaches the model behind the documents, and the panel shows and switches it', async () => {
    const { settings, panel, model, article } = stage;
    await settings.bringToFront();
    await press(settings, 'New prompt');
    await until(async () => /name$/.test(await focused(settings)), 'the name has the focus', settings);
    await settings.keyboard.type('Harbour pilot');
    await fill(settings, 'Who it is and what it must do', 'You pilot ships. 你是引水员。');
    await press(settings, 'Add an example');
    await fill(settings, 'Asked', 'Where is it shallow?');
    await fill(settings, 'Answered', 'Off the pier. ¶3');
    await see(settings, 'Change saved');
    await see(settings, 'tokens with each new question');

    await article.bringToFront();
    await ask(panel, 'One?');
    await waitForAnswerEnd(panel);
    await press(panel, 'Prompt: none');
    await press(panel, 'Harbour pilot', 'menuitemcheckbox');
    await find(panel, 'Prompt: Harbour pilot', 'button');
    await ask(panel, 'Two?');
    await waitForAnswerEnd(panel);
    await press(panel, 'Prompt: Harbour pilot');
    await press(panel, 'No prompt', 'menuitemcheckbox');
    await find(panel, 'Prompt: none', 'button');
    await ask(panel, 'Three?');
    await waitForAnswerEnd(panel);
    const messages = model.requests.map(({ body }) => JSON.stringify(body.messages));
    const roles = messages.map((text) => text.split('You pilot ships. 你是引水员。').length - 1);
    expect(roles).toEqual([0, 1, 1]);
    expect(messages[1]).toContain('Example: asked \\"Where is it shallow?\\", answer \\"Off the pier. ¶3\\"');
    // Each request repeats the one before to the byte, whatever prompt was chosen in between.
    for (const [index, before] of messages.slice(0, -1).entries())
      expect(messages[index + 1]?.startsWith(before.slice(0, -1))).toBe(true);
  });

  it('is deleted and brought back', async () => {
    const { settings } = stage;
    await settings.bringToFront();
    await press(settings, 'More for “Harbour pilot”');
    await press(settings, 'Delete', 'menuitem');
    await see(settings, '“Harbour pilot” was deleted.');
    await see(settings, 'No prompts yet.');
    await press(settings, 'Undo');
    await find(settings, 'Edit “Harbour pilot”', 'button');
  });
});

describe('a site that is never read', () => {
  it('stays unread with the shortcut, in the panel and as a question, until it is off the list', async () => {
    const { harness, settings, panel, model, article } = stage;
    await pressText(panel, 'What was read');
    await press(panel, 'Never read 127.0.0.1');
    const refusal = {
      sentence:
        'You asked me never to read 127.0.0.1. It is on your list in Settings. Nothing of this page was read.',
      actions: ['Open the list'],
    };
    await seeAlert(panel, refusal);
    await until(async () => (await nameFocused(panel)) === 'Open the list', 'the way out has the focus');
    await stage.open(`${stage.pages.origin}/zh-article`);
    await seeAlert(panel, refusal);
    await article.bringToFront();
    await seeAlert(panel, refusal);
    await ask(panel, 'What does it say?');
    await waitForAnswerEnd(panel);
    expect(model.requests).toHaveLength(1);
    expect(model.requests[0]?.prompt).not.toContain('<documents>');

    // The shortcut leads from whatever chat is open to the reason.
    await harness.dispatchCommand('summarize-page');
    await until(async () => (await questionsOn(panel)).length === 0, 'a new chat begins', panel);
    await seeAlert(panel, refusal);
    expect(model.requests).toHaveLength(1);
    await press(panel, 'Open the list');
    await until(async () => (await focused(settings)) === 'never-read', 'the list has the focus', settings);
    await press(settings, 'Take 127.0.0.1 off the list');
    await see(settings, '127.0.0.1 may be read again.');
    await article.bringToFront();
    await see(panel, 'Read in full');
  });
});

describe('the page', () => {
  it('is looked at in both languages, both themes and four widths', async () => {
    const { settings, panel, article } = stage;
    await settings.bringToFront();
    await press(settings, 'Edit “Harbour pilot”');
    await press(settings, 'Delete everything…');
    await lookAt(settings, settings, 'settings-page', { views: pageViews, height: 1_200 });
    await press(settings, 'Cancel');
    await until(async () => (await nameFocused(settings)) === 'Delete everything…', 'the focus is back');
    await article.bringToFront();
    await press(panel, 'Prompt: none');
    await press(panel, 'Harbour pilot', 'menuitemcheckbox');
    await lookAt(settings, panel, 'panel-prompt', { views: panelViews, height: 800 });
  });
});

describe('deleting everything', () => {
  /** All that is left, in every place where something can be kept. */
  const leftIn = (page: Page) =>
    page.evaluate(async () => {
      const found: string[] = [];
      for (const { name = '' } of await indexedDB.databases()) {
        const opening = indexedDB.open(name);
        await new Promise((resolve) => {
          opening.onsuccess = resolve;
        });
        for (const store of opening.result.objectStoreNames) {
          const all = opening.result.transaction(store).objectStore(store).getAll();
          await new Promise((resolve) => {
            all.onsuccess = resolve;
          });
          if (all.result.length > 0) found.push(`${store}: ${JSON.stringify(all.result)}`);
        }
        opening.result.close();
      }
      for (const area of ['local', 'session', 'sync'] as const)
        for (const key of Object.keys(await chrome.storage[area].get(null))) found.push(`${area}: ${key}`);
      const { origins = [] } = await chrome.permissions.getAll();
      return [...found, ...origins];
    });

  it('asks twice, says what goes, and leaves the state of the first day, also in the open panel', async () => {
    const { harness, settings, panel, model, article } = stage;
    model.next({ text: 'Kept for now.' }, { text: 'Still '.repeat(400), chunkDelay: 30 });
    await ask(panel, 'Before?');
    await waitForAnswer(panel, 'Kept for now.');
    // An answer is on its way, and something is typed and not sent.
    await ask(panel, 'And now?');
    await until(async () => (await answerText(panel)).startsWith('Still'), 'it streams', panel);
    await panel.keyboard.type('A draft');
    await settings.bringToFront();
    expect((await leftIn(settings)).join()).toContain('Harbour pilot');
    await press(settings, 'Delete everything…');
    await until(
      async () => (await nameFocused(settings)) === 'This goes for good',
      'it is read out',
      settings,
    );
    expect(await screenText(settings)).toMatch(/\d chats, 1 text of a page or file, no pictures/);
    expect((await leftIn(settings)).join()).toContain('Harbour pilot');
    await press(settings, 'Delete for good');
    // Both pages are loaded anew: what is asked of one in between has no answer.
    const shows = (page: Page, words: string) =>
      until(
        async () => (await screenText(page).catch(() => '')).includes(words),
        `“${words}” is shown`,
        page,
      );
    await shows(settings, 'Everything was deleted. Wholemoon is as it was on the first day.');
    expect(await settings.evaluate(() => location.hash)).toBe('');

    await article.bringToFront();
    await shows(panel, 'Works on this computer. Nothing is sent.');
    await until(async () => (await panel.$$('article')).length === 0, 'the panel is empty', panel);
    expect(await screenText(panel)).not.toContain('Pick up again');
    expect(await panel.$(named('Prompt: none', 'button'))).toBeNull();
    expect(await panel.$eval('textarea', (field) => field.value)).toBe('');
    expect(await leftIn(settings)).toEqual([]);

    await settings.bringToFront();
    await press(settings, 'Begin again');
    await shows(settings, 'Look around first');
    expect(settings.url()).toBe(`chrome-extension://${harness.extensionId}/welcome.html`);
  });
});
