import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { report, watchTasks } from './long-tasks.ts';
import { meanwhile } from './meanwhile.ts';
import {
  answerText,
  ask,
  connectModel,
  find,
  openPanelOn,
  press,
  pressText,
  screenshot,
  screenText,
  see,
  summarize,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let visit = 0;
const openArticle = async () =>
  (await openPanelOn(world.harness, `${world.pages.origin}/article?visit=${++visit}`)).panel;

let slowServerWasWaitedFor: () => Promise<void>;

beforeAll(async () => {
  slowServerWasWaitedFor = meanwhile(waitForSlowServer);
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl });
});
afterEach(() => world.tidy());
afterAll(() => world.close());

describe('an odd server', () => {
  it('may cut characters anywhere: one byte at a time gives the exact text', async () => {
    const text =
      '潮水簿一共三十八本，记了二百一十一年。👩‍👩‍👧‍👦 Grüße, naïve café 🇨🇳 𠮷野家 – “够了” 🫱🏽‍🫲🏿 完。';
    world.model.always({ text, writeBytes: 1, chunkCharacters: 5 });
    const panel = await openArticle();
    await summarize(panel);
    await waitForAnswerEnd(panel);
    expect(await answerText(panel)).toBe(text);
  });

  it('may say nothing about tokens: the receipt keeps its estimates and marks them', async () => {
    world.model.always({ text: 'No numbers from me.', usage: 'none' });
    const panel = await openArticle();
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await pressText(panel, 'What was sent');
    await see(panel, 'Answer ≈');
    const shown = await screenText(panel);
    expect(shown).toMatch(/What was sent ≈3\.\dK tokens/);
    expect(shown).toMatch(/Answer ≈\d/);
    expect(shown).not.toContain('Counted by');
    expect(shown).not.toContain('From cache');
  });
});

describe('thinking', () => {
  const thinking = 'The gauges are counted somewhere in the letter from Pell. '.repeat(12).trim();

  it('is shown apart from the answer and never sent back', async () => {
    world.model.next({ thinking, text: 'Eleven gauges.', chunkDelay: 40 }, { text: 'Yes.' });
    const panel = await openArticle();
    await summarize(panel);
    await see(panel, 'Thinking · 1 s');
    expect(await screenText(panel)).not.toContain('The gauges are counted');
    await pressText(panel, 'Thinking');
    await see(panel, 'The gauges are counted somewhere');
    expect(await answerText(panel)).toBe('');
    await pressText(panel, 'Thinking');
    await waitForAnswerEnd(panel);
    expect(await answerText(panel)).toBe('Eleven gauges.');
    await until(
      async () => /Thinking · [1-9] s/.test(await screenText(panel)),
      'the seconds are counted',
      panel,
    );
    expect(await screenText(panel)).not.toContain('The gauges are counted');
    await pressText(panel, 'Thinking');
    await see(panel, thinking);
    await screenshot(panel, 'thinking');
    await ask(panel, 'Sure?');
    await waitForAnswerEnd(panel);
    expect((await world.model.request(1)).text).not.toContain('gauges are counted');
  });
});

describe('the drawing of an answer', () => {
  it('never touches a finished block again', async () => {
    const start = [
      'The **first** paragraph has a mark ¶2 and is done.',
      '- one ¶3\n- two\n- three',
      '| Years | Mean |\n| --- | --- |\n| 1814 | 171.2 |\n| 1864 | 173.9 |',
      '```python\nfish = dry\n```',
    ];
    const rest = Array.from(
      { length: 80 },
      (_, index) => `Paragraph ${index + 1} goes on about the tide ¶${index + 1}.`,
    );
    world.model.always({ text: [...start, ...rest].join('\n\n'), chunkCharacters: 12, chunkDelay: 20 });
    const panel = await openArticle();
    await summarize(panel);
    await waitForAnswer(panel, 'Paragraph 2 ');
    // Code is coloured once, when it is finished.
    await panel.waitForSelector('pre span');
    const watched = await panel.evaluateHandle((count) => {
      const answer = [...document.querySelectorAll('article')].at(-1);
      const finished = ['p strong', 'ul', 'table', 'pre'].map((selector) =>
        answer?.querySelector(selector)?.closest('.block'),
      );
      const nodes = finished.flatMap((block) => (block ? [block, ...block.querySelectorAll('*')] : []));
      const records: MutationRecord[] = [];
      const observer = new MutationObserver((list) => records.push(...list));
      for (const block of finished) {
        if (block)
          observer.observe(block, { subtree: true, childList: true, characterData: true, attributes: true });
      }
      return {
        finished,
        nodes,
        records,
        observer,
        before: answer?.textContent.match(/Paragraph/g)?.length ?? count,
      };
    }, rest.length);
    await waitForAnswerEnd(panel);
    await waitForAnswer(panel, `Paragraph ${rest.length} `);
    const result = await watched.evaluate(({ finished, nodes, records, observer, before }) => ({
      found: finished.filter(Boolean).length,
      before,
      mutations: [...records, ...observer.takeRecords()].map(
        ({ type, target }) => `${type} ${target.nodeName}`,
      ),
      gone: nodes.filter((node) => !node.isConnected).length,
    }));
    expect(result).toMatchObject({ found: 4, mutations: [], gone: 0 });
    expect(rest.length - result.before).toBeGreaterThanOrEqual(40);
  });

  it('stays with the question while 5,000 words stream in, and follows whoever goes to the end', async () => {
    const paragraphs = Array.from({ length: 100 }, (_, paragraph) =>
      Array.from({ length: 50 }, (_, word) => `word${paragraph * 50 + word + 1}`).join(' '),
    );
    world.model.always({ text: paragraphs.join('\n\n'), chunkCharacters: 150, chunkDelay: 30 });
    const panel = await openArticle();
    const tasks = await watchTasks(panel);
    await summarize(panel);
    const pill = await find(panel, 'New text', 'button');
    const resting = await view(panel);
    expect(resting.question).toBeGreaterThanOrEqual(0);
    expect(resting.question).toBeLessThan(40);
    await screenshot(panel, 'new-text');
    await until(async () => (await view(panel)).height > resting.height + 1_000, 'more text came', panel);
    expect((await view(panel)).top).toBe(resting.top);

    await pill.click();
    await until(async () => (await view(panel)).distance < 32, 'the end is in sight', panel);
    const following = await view(panel);
    await until(async () => (await view(panel)).top > following.top + 500, 'the view follows', panel);
    expect(await panel.$('::-p-aria([name="New text"])')).toBeNull();

    await panel.mouse.move(180, 300);
    await panel.mouse.wheel({ deltaY: -700 });
    await find(panel, 'New text', 'button');
    const stayed = await view(panel);
    await until(async () => (await view(panel)).height > stayed.height + 300, 'more text came', panel);
    expect((await view(panel)).top).toBe(stayed.top);

    await press(panel, 'New text');
    await waitForAnswerEnd(panel);
    await until(async () => (await view(panel)).distance < 32, 'the view is at the end', panel);
    expect((await answerText(panel)).replace(/\s+/g, ' ')).toBe(paragraphs.join(' '));
    await see(panel, 'Answer finished, 5,000 words');
    await report('5,000 words streaming in', tasks);
  });
});

describe('a slow server', () => {
  it('is waited for, with the seconds, when its first word takes 45 of them', { timeout: 90_000 }, () =>
    slowServerWasWaitedFor(),
  );
});

/** Three quarters of a minute, which pass beside the other tests. */
async function waitForSlowServer(): Promise<void> {
  const { harness, model, openArticle, close } = await startWorld();
  try {
    await connectModel(harness, { baseUrl: model.baseUrl });
    model.always({ text: 'Here I am.', firstTokenDelay: 45_000 });
    const { panel } = await openArticle();
    await summarize(panel);
    await see(panel, 'tokens sent. Waiting for test-model');
    await until(async () => secondsShown(await screenText(panel)) >= 4, 'seconds are counted', panel);
    await screenshot(panel, 'waiting');
    await until(async () => secondsShown(await screenText(panel)) >= 40, 'they go on', panel, 60_000);
    expect(await answerText(panel)).toBe('');
    await waitForAnswer(panel, 'Here I am.', 40_000);
    await waitForAnswerEnd(panel);
    expect(model.requests).toHaveLength(1);
    await pressText(panel, 'What was sent');
    await see(panel, 'First word after');
    const [, seconds] = /First word after ([\d.]+) sec/.exec(await screenText(panel)) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(45);
  } finally {
    await close();
  }
}

const secondsShown = (screen: string) => Number(/Waiting for test-model (\d+) s/.exec(screen)?.[1] ?? 0);

/** Where the reader is: `question` is its distance from the top edge, `distance` what is left to the end. */
const view = (panel: Page) =>
  panel.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement;
    const edge = main.getBoundingClientRect().top;
    const [asked] = document.querySelectorAll('.question');
    return {
      top: main.scrollTop,
      height: main.scrollHeight,
      distance: main.scrollHeight - main.scrollTop - main.clientHeight,
      question: (asked?.getBoundingClientRect().top ?? Number.NaN) - edge,
    };
  });
