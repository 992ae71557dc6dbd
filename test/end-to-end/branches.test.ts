import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { atRest, violations } from './axe.ts';
import {
  answerText,
  ask,
  closePanel,
  composer,
  connectModel,
  draft,
  find,
  openPanel,
  press,
  pressText,
  screenText,
  see,
  summarize,
  typeQuestion,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { questionsOn } from './trouble-steps.ts';
import { startWorld, type World } from './world.ts';

let world: World;
const openArticle = () => world.openArticle();

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl });
});
afterEach(() => world.tidy());
afterAll(() => world.close());

/** The questions that a request carried, in order. */
const sent = (place = -1) =>
  world.model.requests
    .at(place)
    ?.body.messages?.flatMap(({ role, content }) =>
      role === 'user' ? [String(content).split('</instructions>\n\n')[1]] : [],
    );
const focused = (panel: Page) =>
  panel.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );
const seeQuestions = (panel: Page, ...questions: string[]) =>
  until(
    async () => String(await questionsOn(panel)) === String(questions),
    `“${questions}” were asked`,
    panel,
  );

it('edits an earlier question by keyboard and keeps both branches, also when the panel is opened again', async () => {
  world.model.next({ text: 'To B. ¶2' }, { text: 'To C. ¶4' }, { text: 'To X. ¶6' });
  const { page, panel } = await openArticle();
  await ask(panel, 'B?');
  await waitForAnswerEnd(panel);
  await ask(panel, 'C?');
  await waitForAnswerEnd(panel);

  // In an empty field ↑ opens the last question; Esc closes it and leaves everything as it was.
  await panel.keyboard.press('ArrowUp');
  const field = await find(panel, 'The question, written anew', 'textbox');
  expect(await field.evaluate((element) => (element as HTMLTextAreaElement).value)).toBe('C?');
  await field.type(' and');
  expect(await violations(panel)).toEqual([]);
  await panel.keyboard.press('Escape');
  await until(async () => (await focused(panel)) === 'Your question', 'the focus is back', panel);
  await seeQuestions(panel, 'B?', 'C?');

  // The first question, with the keyboard alone.
  await panel.keyboard.down('Alt');
  await panel.keyboard.press('ArrowUp');
  await panel.keyboard.press('ArrowUp');
  await panel.keyboard.up('Alt');
  expect(await focused(panel)).toContain('B?');
  await panel.keyboard.press('Tab');
  expect(await focused(panel)).toBe('Edit the question');
  await panel.keyboard.press('Enter');
  await (await find(panel, 'The question, written anew', 'textbox')).focus();
  await panel.keyboard.press('Backspace');
  await panel.keyboard.press('Backspace');
  await panel.keyboard.type('X');
  await panel.keyboard.down('Shift');
  await panel.keyboard.press('Enter');
  await panel.keyboard.up('Shift');
  await panel.keyboard.type('y?');
  // What is typed is not lost with the panel.
  await closePanel(world.harness, panel);
  const again = await openPanel(world.harness, page);
  await (await find(again, 'Edit the question', 'button')).focus();
  await again.keyboard.press('Enter');
  const reopened = await find(again, 'The question, written anew', 'textbox');
  await until(
    async () => (await reopened.evaluate((element) => (element as HTMLTextAreaElement).value)) === 'X\ny?',
    'the words are there',
    again,
  );
  await reopened.press('Enter');
  await waitForAnswer(again, 'To X.');
  await waitForAnswerEnd(again);
  await seeQuestions(again, 'X\ny?');
  expect(await focused(again)).toBe('Your question');
  expect(sent()).toEqual(['X\ny?']);
  const before = world.model.requests.at(0)?.prompt ?? '';
  const documents = before.slice(0, before.indexOf('</documents>'));
  expect(world.model.requests.at(-1)?.prompt.startsWith(documents)).toBe(true);
  expect(world.model.requests).toHaveLength(3);

  await press(again, 'Earlier question');
  await seeQuestions(again, 'B?', 'C?');
  await see(again, 'To C. ¶4');
  expect(await violations(again)).toEqual([]);
  await closePanel(world.harness, again);
  const third = await openPanel(world.harness, page);
  // The branch that was on screen is on screen, and goes on from its own end.
  await seeQuestions(third, 'B?', 'C?');
  await ask(third, 'D?');
  await waitForAnswerEnd(third);
  expect(sent()).toEqual(['B?', 'C?', 'D?']);
  await press(third, 'Later question');
  await seeQuestions(third, 'X\ny?');
});

it('offers what the model suggests, asks it at once, and never shows the marks', async () => {
  const suggestions =
    '\n\n<follow-ups>\n- Who kept the book?\n- Why at six?\n- <b>Is</b> it true?\n- A fourth?\n</follow-ups>';
  world.model.next(
    { text: `It turns. ¶2${suggestions}`, chunkCharacters: 3, chunkDelay: 15 },
    { text: 'The keepers. ¶4' },
  );
  const { panel } = await openArticle();
  await panel.evaluate(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    new MutationObserver(() => shown.push(document.querySelector('article')?.textContent ?? '')).observe(
      document.body,
      { subtree: true, childList: true, characterData: true },
    );
  });
  await summarize(panel);
  await waitForAnswerEnd(panel);
  await see(panel, 'Who kept the book?');
  // Three are offered; what the model wrote beyond them is not lost.
  expect(await answerText(panel)).toBe('It turns. ¶2\n\nA fourth?');
  const text = await screenText(panel);
  expect(text).toContain('<b>Is</b> it true?');
  const shown = await panel.evaluate(() => (window as unknown as { shown: string[] }).shown);
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter((state) => /<\/?f|follow-/.test(state))).toEqual([]);
  expect(await violations(panel)).toEqual([]);

  await typeQuestion(panel, 'Half a thought');
  await pressText(panel, 'Who kept the book?');
  await waitForAnswer(panel, 'The keepers.');
  await waitForAnswerEnd(panel);
  expect(await draft(panel)).toBe('Half a thought');
  expect(sent()?.at(-1)).toBe('Who kept the book?');
  expect(world.model.requests).toHaveLength(2);
  // The model gets its own words back to the letter.
  const history = world.model.requests.at(-1)?.body.messages?.find(({ role }) => role === 'assistant');
  expect(history?.content).toBe(`It turns. ¶2${suggestions}`);
  expect(await screenText(panel)).not.toContain('Why at six?');
  await (await composer(panel)).click({ count: 3 });
  await panel.keyboard.press('Backspace');
});

it('lists its keys, copies the last answer and stops with Esc', async () => {
  world.model.next(
    { text: 'The **tide** turns. ¶2\n\n<follow-ups>\n- Why?\n</follow-ups>' },
    {
      text: 'slow '.repeat(500),
      chunkCharacters: 5,
      chunkDelay: 30,
    },
  );
  const { panel } = await openArticle();
  await ask(panel, 'When?');
  await waitForAnswerEnd(panel);
  await see(panel, 'Answer finished, 4 words, 1 source');
  await panel.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => void Object.assign(window, { copied: text }) },
    });
  });
  await panel.keyboard.down('Control');
  await panel.keyboard.down('Shift');
  await panel.keyboard.press('KeyC');
  await panel.keyboard.up('Shift');
  await panel.keyboard.up('Control');
  await see(panel, 'Copied');
  expect(await panel.evaluate(() => (window as unknown as { copied: string }).copied)).toBe(
    'The **tide** turns. ¶2',
  );

  // A question mark in the field is a question mark.
  await typeQuestion(panel, '?');
  expect(await draft(panel)).toBe('?');
  await panel.keyboard.press('Backspace');
  await (await find(panel, 'Answer again', 'button')).focus();
  await panel.keyboard.type('?');
  await find(panel, 'Keys', 'dialog');
  await see(panel, 'Alt+R');
  await atRest(panel);
  expect(await violations(panel)).toEqual([]);
  await panel.keyboard.press('Escape');
  await until(async () => (await focused(panel)) === 'Answer again', 'the focus is back', panel);
  // The list has an entry in the menu of the chat too, for those who switched the key off.
  const title = await find(panel, 'The Last Keepers of the Tide Book', 'button');
  await title.focus();
  await panel.keyboard.press('Enter');
  await (await find(panel, 'Keys', 'menuitem')).press('Enter');
  await find(panel, 'Keys', 'dialog');
  await panel.keyboard.press('Escape');
  await until(async () => /The Last Keepers/.test((await focused(panel)) ?? ''), 'the focus is back', panel);

  await (await composer(panel)).focus();
  await ask(panel, 'Slowly?');
  await waitForAnswer(panel, 'slow');
  await panel.keyboard.press('Escape');
  await see(panel, 'Stopped by you');
});

it('shows what another window adds, keeps both questions, and takes nothing from what is typed', async () => {
  world.model.next({ text: 'First. ¶2' });
  const { panel } = await openArticle();
  await ask(panel, 'First?');
  await waitForAnswerEnd(panel);
  const other = await world.harness.openExtensionPage('sidepanel.html');
  await press(other, 'History');
  await pressText(other, 'The Last Keepers');
  await seeQuestions(other, 'First?');
  await typeQuestion(panel, 'Typed here');
  world.model.always({ text: 'An answer to count words in. ¶4', chunkCharacters: 4, chunkDelay: 60 });
  await ask(other, 'From there?');
  await seeQuestions(panel, 'First?', 'From there?');
  expect(await draft(panel)).toBe('Typed here');
  await waitForAnswerEnd(other);
  await waitForAnswer(panel, 'An answer to count words in.');
  await waitForAnswerEnd(panel);

  // Both at once: two branches, each window stays with its own.
  await typeQuestion(other, 'At once?');
  await Promise.all([panel.keyboard.press('Enter'), other.keyboard.press('Enter')]);
  for (const [window, words] of [
    [panel, 'Typed here'],
    [other, 'At once?'],
  ] as const) {
    await until(
      async () => (await questionsOn(window)).at(-1) === words,
      'its own question is shown',
      window,
    );
    await waitForAnswerEnd(window);
  }
  await find(panel, 'Later question', 'button');
  await find(other, 'Later question', 'button');
  const requests = world.model.requests.slice(-2).map((_, place) => sent(place - 2)?.join());
  expect(requests.toSorted()).toEqual(['First?,From there?,At once?', 'First?,From there?,Typed here']);
  await other.close();
});
