import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aChat, anAnswer, aSending, aTurn } from '../fixtures/records.ts';
import { violations } from './axe.ts';
import { report, watchTasks } from './long-tasks.ts';
import { seedChat } from './seed.ts';
import {
  answerText,
  connectModel,
  draft,
  find,
  named,
  openPanelOn,
  press,
  screenshot,
  screenText,
  see,
  typeKeys,
  typeQuestion,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

/** A chat of 2,000 messages about 200 sources, with titles and words that do not end. */

const turnCount = 1_000;
const sourceCount = 200;
const longWord = 'Donaudampfschifffahrtsgesellschaft'.repeat(4);

const turns = Array.from({ length: turnCount }, (_, index) =>
  aTurn({
    id: `turn-${index}`,
    chatId: 'long',
    position: index,
    question:
      index % 50 === 7 ? `Question ${index + 1}: ${longWord}?` : `Question ${index + 1} about the mill?`,
    sourceIds: index === 0 ? Array.from({ length: sourceCount }, (_, source) => `source-${source}`) : [],
  }),
);
const bySource = Array.from({ length: sourceCount }, (_, index) => ({
  id: `source-${index}`,
  index: index + 1,
  title: `Source ${index + 1}`,
  characters: 33,
  tokens: 100,
}));
const answers = turns.map((turn, index) => {
  const body = Array.from(
    { length: 1 + (index % 5) },
    (_, paragraph) =>
      `Paragraph ${paragraph + 1} of answer ${index + 1}, with **bold** words ¶2 and the tide.`,
  ).join('\n\n');
  const table =
    index % 10 === 3 ? '\n\n| Mill | Fall |\n|---|---|\n| Carrow | 2.1 m |\n| Pell | 1.8 m |' : '';
  return anAnswer({
    id: `answer-${index}`,
    turnId: turn.id,
    chatId: 'long',
    createdAt: 2_000 + index,
    text: `${body}${table}`,
    sendings: [
      aSending({
        estimate: { bySource, instructions: 10, history: 0, total: 20_000, reserve: 100, window: 1_000_000 },
      }),
    ],
  });
});
const sources = bySource.map(({ id, index }) => ({
  id,
  tokens: 100,
  source: {
    id,
    kind: 'tab',
    title: `${index} ${index % 20 === 0 ? longWord : 'A page with a title of some length, as titles are'}`,
    url: `https://example.org/page-${index}`,
    text: '¶1 The mill.\n\n¶2 The tide turns the mill.',
    segments: [
      { number: 1, start: 3, end: 12, kind: 'paragraph' },
      { number: 2, start: 17, end: 41, kind: 'paragraph' },
    ],
    gaps: [],
    readAt: 1_000,
    characters: 33,
    words: 8,
  },
}));

let world: World;
let panel: Page;
const nodes = () => panel.evaluate(() => document.querySelectorAll('*').length);
/** The numbers of the questions that are in the document, in its order. */
const questions = () =>
  panel.evaluate(() =>
    Array.from(document.querySelectorAll('.question'), ({ textContent }) =>
      Number(/Question (\d+)/.exec(textContent)?.[1]),
    ),
  );
const scrollTo = async (share: number) => {
  await panel.evaluate((to) => {
    const main = document.querySelector('main') as HTMLElement;
    main.scrollTop = main.scrollHeight * to;
  }, share);
};
const distance = () =>
  panel.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement;
    return main.scrollHeight - main.scrollTop - main.clientHeight;
  });
/** Scrolls until the first or the last turn is in view: heights are found out on the way. */
const scrollUntil = (share: 0 | 1, text: string) =>
  until(
    async () => {
      await scrollTo(share);
      return (await screenText(panel)).includes(text);
    },
    `“${text}” came into view`,
    panel,
  );

beforeAll(async () => {
  world = await startWorld({ grant: ['<all_urls>'] });
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 1_000_000 });
  const url = `${world.pages.origin}/article`;
  const chat = aChat({ id: 'long', title: longWord, urls: [url] });
  const page = await world.harness.openExtensionPage('options.html');
  // The page in front is one of the sources, or the chat would not be about it.
  if (sources[0]) sources[0].source.url = url;
  await seedChat(page, { chat, turns, answers, sources });
  panel = (await openPanelOn(world.harness, url)).panel;
});
afterAll(() => world?.close());

describe('a chat of 2,000 messages', () => {
  it('shows its end at once, with few elements in the document', async () => {
    await see(panel, `of answer ${turnCount},`);
    await until(async () => (await distance()) < 32, 'the end is in view', panel);
    const shown = await screenText(panel);
    expect(shown).toContain(`Question ${turnCount} about the mill?`);
    expect(shown).not.toContain('Question 1 about');
    expect(await nodes()).toBeLessThan(3_000);
    const opened = await panel.evaluate(() => {
      const [entry] = performance.getEntriesByName('first-contentful-paint');
      return Math.round(entry?.startTime ?? 0);
    });
    console.log(`2,000 messages: first paint after ${opened} ms, ${await nodes()} elements`);
    await screenshot(panel, 'long-chat');
    expect(await violations(panel)).toEqual([]);
  });

  it('is typed under without a long task', async () => {
    const tasks = await watchTasks(panel);
    await typeKeys(panel, 'What about the tide book, and who keeps it?');
    const { longest } = await report('typing under 2,000 messages', tasks);
    expect(await draft(panel)).toBe('What about the tide book, and who keeps it?');
    expect(longest).toBeLessThan(500);
  });

  it('is read up to its first question, in order', async () => {
    await scrollUntil(0, 'Question 1 about the mill?');
    expect(await nodes()).toBeLessThan(3_000);
    await until(async () => (await questions()).length > 3, 'the turns below are there', panel);
    const order = await questions();
    expect(order.slice(0, 3)).toEqual([1, 2, 3]);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    await screenshot(panel, 'long-chat-first');
    expect(await violations(panel)).toEqual([]);
  });

  it('goes on where the reader was when something else was shown in its place', async () => {
    const inView = () =>
      panel.evaluate(() => {
        const main = document.querySelector('main')?.getBoundingClientRect();
        return Array.from(document.querySelectorAll('.question'))
          .filter((one) => {
            const { top, bottom } = one.getBoundingClientRect();
            return main && bottom > main.top && top < main.bottom;
          })
          .map(({ textContent }) => /Question \d+/.exec(textContent)?.[0]);
      });
    await scrollTo(0.5);
    await until(async () => (await inView()).length > 0, 'a question in the middle is in view', panel);
    const [before] = await inView();
    await press(panel, 'History');
    await panel.waitForSelector('.chat-open');
    await press(panel, 'Back');
    await until(async () => (await inView()).includes(before), `${before} is in view again`, panel, 5_000);
    await scrollUntil(0, 'Question 1 about the mill?');
  });

  it('keeps the focus in a turn that is scrolled far away, and copies its answer', async () => {
    await world.harness.browser
      .defaultBrowserContext()
      .overridePermissions(`chrome-extension://${world.harness.extensionId}`, ['clipboard-read']);
    const copy = await panel.waitForSelector(named('Copy as Markdown', 'button'));
    await copy?.focus();
    await scrollUntil(1, `of answer ${turnCount},`);
    expect(await panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Copy as Markdown',
    );
    await panel.keyboard.press('Enter');
    await until(
      async () => (await panel.evaluate(() => navigator.clipboard.readText())) === answers[0]?.text,
      'the first answer was copied',
    );
    // Tab goes on from where the focus was, to what comes next in the order of the conversation.
    await panel.keyboard.press('Tab');
    await until(async () => {
      const next = await panel.evaluate(() => {
        const place = document.activeElement?.closest('.turn');
        return place?.querySelector('.question')?.textContent ?? '';
      });
      return next.includes('Question 1 ');
    }, 'the focus is still in the first turn');
  });

  it('is copied without holes by a selection from one end to the other', async () => {
    const copied = await panel.evaluate(async () => {
      getSelection()?.selectAllChildren(document.body);
      document.execCommand('copy');
      getSelection()?.removeAllRanges();
      return navigator.clipboard.readText();
    });
    expect(copied).toBe(
      turns.map(({ question }, index) => `${question}\n\n${answers[index]?.text}`).join('\n\n'),
    );
    expect(await nodes()).toBeLessThan(3_000);
  });

  it('goes on: the new answer comes into view, and nothing else is drawn again', async () => {
    world.model.always({ text: `The newest answer. ${'More of it. '.repeat(30)}`, chunkDelay: 20 });
    await panel.evaluate(() => {
      const seen = window as unknown as { changed: Set<string> };
      seen.changed = new Set();
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          const question = element?.closest('.turn')?.querySelector('.question')?.textContent;
          if (question) seen.changed.add(question);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const field = await find(panel, 'Your question', 'textbox');
    await field.click({ count: 3 });
    await panel.keyboard.press('Backspace');
    await typeQuestion(panel, 'And the newest?');
    await panel.keyboard.press('Enter');
    await see(panel, 'The newest answer.');
    await waitForAnswerEnd(panel);
    expect(await answerText(panel)).toContain('The newest answer.');
    await until(async () => (await distance()) < 32, 'the end is in view', panel);
    const changed = await panel.evaluate(() => [...(window as unknown as { changed: Set<string> }).changed]);
    expect(changed.some((question) => question.includes('And the newest?'))).toBe(true);
    expect(changed.filter((question) => !question.includes('And the newest?'))).toEqual([]);
    await screenshot(panel, 'long-chat-goes-on');
  });
});
