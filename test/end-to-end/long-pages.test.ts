import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countHan } from '../fixtures/long-chinese-page.ts';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import { report, watchTasks } from './long-tasks.ts';
import {
  answerText,
  chooseModel,
  connectModel,
  draft,
  exactMessages,
  find,
  named,
  openPanelOn,
  press,
  pressText,
  screenshot,
  screenText,
  see,
  summarize,
  typeQuestion,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let visit = 0;
const open = (path: string) => openPanelOn(world.harness, `${world.pages.origin}${path}?visit=${++visit}`);

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 1_000_000 });
});
afterEach(() => world.tidy());
afterAll(() => world.close());

describe('a page of 262,474 Han characters', () => {
  const paragraphs = paragraphsOf('/long-zh');

  it('is sent whole to a model that holds it', async () => {
    const { panel } = await open('/long-zh');
    await see(panel, 'Read in full');
    const tasks = await watchTasks(panel);
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await report('asking a model about 262,474 characters', tasks);
    const { prompt } = await world.model.request(0);
    expect(missingFrom(prompt, paragraphs)).toEqual([]);
    expect(countHan(prompt)).toBeGreaterThanOrEqual(262_474);
    await see(panel, `has read all`);
    await screenshot(panel, 'long-zh');
  });

  it('is summarised by Excerpts while the panel stays responsive', async () => {
    const { panel } = await open('/long-zh');
    await chooseModel(panel, 'Excerpts');
    await see(panel, 'Works on this computer. Nothing is sent.');
    const tasks = await watchTasks(panel);
    const start = Date.now();
    await summarize(panel);
    await waitForAnswerEnd(panel, 60_000);
    const seconds = (Date.now() - start) / 1000;
    const { longest } = await report(
      `Excerpts of 262,474 characters, ${seconds.toFixed(1)} s in all,`,
      tasks,
    );
    expect(longest).toBeLessThanOrEqual(200);
    expect(seconds).toBeLessThan(30);
    expect(world.model.requests).toHaveLength(0);

    const summary = await answerText(panel);
    expect(summary).toContain('Excerpts chooses sentences from the text and quotes them. It does not write.');
    const citations = summary.match(/¶\d+/g) ?? [];
    expect(citations.length).toBeGreaterThan(5);
    const [first = ''] = citations;
    await press(panel, `Source ${first}, show quote`, 'link');
    await find(panel, 'Show in page', 'button');
    const quote = await panel.$eval(`${named('Show in page', 'button')}`, (button) =>
      button.closest('div')?.querySelector('p')?.textContent.trim(),
    );
    expect(paragraphs).toContain(quote);
    await screenshot(panel, 'long-zh-excerpts');
    await chooseModel(panel, 'test-model');
  });

  it('is refused with the numbers when the model cannot hold it, and nothing is lost', async () => {
    await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 50_000 });
    const { page, panel } = await open('/long-zh');
    await typeQuestion(panel, '谁守着渡口？');
    await panel.keyboard.press('Enter');
    await see(panel, 'This is more than test-model can hold');
    const [, needed = '', over = ''] =
      /≈ ([\d,]+) tokens in 1 source, with room for the answer ([\d,]+) over/.exec(await screenText(panel)) ??
      [];
    const count = (digits: string) => Number(digits.replaceAll(',', ''));
    expect(count(needed)).toBeGreaterThan(150_000);
    expect(count(needed) - count(over)).toBe(50_000);
    await see(panel, 'Nothing was sent and nothing was cut.');
    await screenshot(panel, 'too-long');
    await press(panel, 'Cancel');
    expect(await draft(panel)).toBe('谁守着渡口？');

    await pressText(panel, 'Summarise this page');
    await see(panel, 'Nothing was sent and nothing was cut.');
    await press(panel, 'Cancel');
    expect(await panel.$$('article')).toHaveLength(0);
    expect(world.model.requests).toHaveLength(0);
    expect(await draft(panel)).toBe('谁守着渡口？');

    // With room again, the same question goes out from where it stands.
    await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 1_000_000 });
    await page.bringToFront();
    await see(panel, 'Read in full');
    await press(panel, 'Send');
    await waitForAnswerEnd(panel);
    const { prompt } = await world.model.request(0);
    expect(prompt.endsWith('谁守着渡口？')).toBe(true);
    expect(missingFrom(prompt, paragraphs)).toEqual([]);
    expect(await draft(panel)).toBe('');
  });
});

describe('other pages', () => {
  it('recovers the texts that Readability would lose', async () => {
    const { panel } = await open('/no-article');
    await summarize(panel);
    const { prompt } = await world.model.request(0);
    expect(paragraphsOf('/no-article')).toHaveLength(33);
    expect(missingFrom(prompt, paragraphsOf('/no-article'))).toEqual([]);
    await waitForAnswerEnd(panel);
  });

  it('sends two megabytes whole, byte for byte as shown', async () => {
    const { panel } = await open('/big');
    const tasks = await watchTasks(panel);
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await report('asking a model about 2 MB', tasks);
    const request = await world.model.request(0);
    expect(missingFrom(request.prompt, paragraphsOf('/big'))).toEqual([]);
    expect(request.prompt.length).toBeGreaterThan(2_000_000);
    await pressText(panel, 'What was sent');
    await press(panel, 'See the exact text');
    await see(panel, 'This is byte for byte what was sent.');
    expect(await exactMessages(panel)).toEqual(request.body.messages?.map(({ content }) => content));
  });
});
