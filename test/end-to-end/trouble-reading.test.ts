import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import {
  ask,
  draft,
  press,
  pressText,
  screenText,
  see,
  typeQuestion,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import {
  questionsOn,
  type Stage,
  seeNoAlert,
  seeNoDocument,
  seeOnlyPage,
  startStage,
} from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  tabs: {
    query(filter: object): Promise<{ id: number; url?: string }[]>;
    discard(id: number): Promise<{ id: number } | undefined>;
    update(id: number, change: { active: boolean }): Promise<void>;
    remove(id: number): Promise<void>;
  };
};

const article = 'The Last Keepers of the Tide Book';
const question = 'What does it say?';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.startOver());

describe('a page that is still loading', () => {
  it('can be read as it is, and is read whole when it is ready', async () => {
    const { model, pages, panel } = stage;
    await stage.open(`${pages.origin}/loading`, { unfinished: true });
    await see(panel, 'The page is still loading');
    await press(panel, 'Read what is there');
    await see(panel, 'The page had not finished loading');
    expect(await screenText(panel)).not.toContain('Read in full');
    await pressText(panel, 'What was read');
    expect((await screenText(panel)).split('The page had not finished loading')).toHaveLength(3);

    await ask(panel, question);
    await waitForAnswer(panel, 'Hello.');
    const partial = model.requests[0]?.prompt ?? '';
    expect(partial).toMatch(/<not_read mark="[0-9a-f]+" why="still-loading"/);
    const missing = missingFrom(partial, paragraphsOf('/loading')).length;
    expect(missing).toBeGreaterThan(15);
    expect(missing).toBeLessThan(paragraphsOf('/loading').length - 15);

    await press(panel, 'New chat');
    pages.release();
    await see(panel, 'Read in full');
    await ask(panel, question);
    seeOnlyPage('/article', await stage.model.request(1));
    expect(model.requests[1]?.prompt).not.toContain('still-loading');
  });

  it('is waited for by a question that was sent too early', async () => {
    const { model, pages, panel } = stage;
    await stage.open(`${pages.origin}/loading`, { unfinished: true });
    await see(panel, 'The page is still loading');
    await typeQuestion(panel, question);
    await panel.keyboard.press('Enter');
    await panel.keyboard.press('Enter');
    // Nothing may have been sent before the page is there, and nothing typed may be gone.
    expect(await draft(panel)).toBe(question);
    expect(model.requests).toHaveLength(0);
    pages.release();
    await waitForAnswer(panel, 'Hello.');
    seeOnlyPage('/article', await stage.model.request(0));
    expect(model.requests).toHaveLength(1);
    expect(await questionsOn(panel)).toEqual([question]);
    expect(await draft(panel)).toBe('');
  });
});

describe('a page that goes away', () => {
  it('gives way to the next tab when it is closed while it is read', async () => {
    const { pages, panel } = stage;
    const tab = await stage.open(`${pages.origin}/loading`, { unfinished: true });
    await see(panel, 'The page is still loading');
    await typeQuestion(panel, question);
    await tab.close();
    await see(panel, 'Read in full');
    await seeNoAlert(panel);
    expect(await draft(panel)).toBe(question);
    await panel.focus('textarea');
    await panel.keyboard.press('Enter');
    seeOnlyPage('/article', await stage.model.request(0));
  });

  it('gives way to the page that it leads to while it is read', async () => {
    const { pages, panel } = stage;
    const tab = await stage.open(`${pages.origin}/loading`, { unfinished: true });
    await see(panel, 'The page is still loading');
    await tab.goto(`${pages.origin}/zh-article`);
    await see(panel, 'Read in full');
    await seeNoAlert(panel);
    await ask(panel, question);
    seeOnlyPage('/zh-article', await stage.model.request(0));
  });

  it('is woken and read when the browser had put it to sleep', async () => {
    const { article: behind, harness, pages, panel } = stage;
    await stage.open(`${pages.origin}/zh-article`);
    await see(panel, '青麦镇的最后一位敲钟人');
    await behind.bringToFront();
    const worker = await harness.worker();
    const asleep = await worker.evaluate(async (url) => {
      const tab = (await chrome.tabs.query({})).find((candidate) => candidate.url === url);
      return (await chrome.tabs.discard(tab?.id ?? -1))?.id ?? -1;
    }, `${pages.origin}/zh-article`);
    expect(asleep).toBeGreaterThan(0);
    await see(panel, article);
    await worker.evaluate((id) => chrome.tabs.update(id, { active: true }), asleep);
    await see(panel, '青麦镇的最后一位敲钟人');
    await seeNoAlert(panel);
    await ask(panel, question);
    seeOnlyPage('/zh-article', await stage.model.request(0));
    await worker.evaluate((id) => chrome.tabs.remove(id), asleep);
  });

  it('is read again when an app on it shows something else', async () => {
    const { model, pages, panel } = stage;
    const [first, second] = [
      'A field guide to borrowed umbrellas',
      'How the bakers of Quay End measure time',
    ];
    const tab = await stage.open(`${pages.origin}/spa`);
    await see(panel, first);
    await ask(panel, question);
    await waitForAnswer(panel, 'Hello.');
    seeOnlyPage('/spa', await model.request(0));

    // In a chat another page is offered and never taken unasked.
    await tab.click('#next');
    await press(panel, `Add “${second}”`);
    await press(panel, `Leave out “${second}”`);
    await ask(panel, 'And the bakers?');
    const { prompt } = await model.request(1);
    expect(missingFrom(prompt, paragraphsOf('/spa'))).toEqual([]);
    expect(missingFrom(prompt, paragraphsOf('/spa/second'))).toHaveLength(4);
    await waitForAnswerEnd(panel);
    await press(panel, `Add “${second}”`);
    await ask(panel, 'And now?');
    const both = (await model.request(2)).prompt;
    expect(missingFrom(both, [...paragraphsOf('/spa'), ...paragraphsOf('/spa/second')])).toEqual([]);

    await waitForAnswerEnd(panel);
    await press(panel, 'New chat');
    await see(panel, second);
    await ask(panel, question);
    seeOnlyPage('/spa/second', await model.request(3));
  });

  it('is read again on demand when its text has changed in place', async () => {
    const { model, pages, panel } = stage;
    const tab = await stage.open(`${pages.origin}/spa`);
    await see(panel, 'A field guide to borrowed umbrellas');
    await tab.evaluate(() => {
      const paragraph = document.createElement('p');
      paragraph.textContent = 'A fifth paragraph was added while the reader was looking elsewhere.';
      document.querySelector('article')?.append(paragraph);
    });
    await pressText(panel, 'What was read');
    await press(panel, 'Read again');
    await see(panel, '6 paragraphs');
    await ask(panel, question);
    expect((await model.request(0)).prompt).toContain('A fifth paragraph was added');
  });
});

describe('a question without the page', () => {
  it('goes alone when the page is taken out, and with it when the page is put back', async () => {
    const { model, panel } = stage;
    await press(panel, `Leave out “${article}”`);
    await ask(panel, question);
    await waitForAnswer(panel, 'Hello.');
    await see(panel, 'answers without a page');
    seeNoDocument(await stage.model.request(0));

    await press(panel, `Add “${article}”`);
    await ask(panel, 'And with it?');
    expect(missingFrom((await model.request(1)).prompt, paragraphsOf('/article'))).toEqual([]);
    await see(panel, 'has read all 70 paragraphs');
  });
});
