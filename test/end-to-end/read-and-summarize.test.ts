import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Behaviour, ReceivedRequest } from '../servers/model-server.ts';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import {
  answerText,
  ask,
  connectModel,
  exactMessages,
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

const title = 'The Last Keepers of the Tide Book';
const article = paragraphsOf('/article');
const paragraph = (start: string) =>
  article.find((text) => text.startsWith(start)) ?? `no paragraph “${start}”`;

/** The number that a paragraph has in what was sent. */
const numberOf = (request: ReceivedRequest, words: string) =>
  Number(new RegExp(`¶(\\d+) ${words}`).exec(request.prompt)?.[1]);

const fish = paragraph('Below the lowest mark');
const finger = 'With the seam removed,';
const summary = (request: ReceivedRequest): Behaviour => ({
  text: [
    '**The book stays.**',
    `A fish is *scratched* into the rock ¶${numberOf(request, 'Below the lowest mark')}.`,
    `The cause was a finger ¶${numberOf(request, finger)}, and nobody ever said so ¶9999.`,
  ].join('\n\n'),
  usage: { prompt_tokens: 4_000, completion_tokens: 120, cached_tokens: 3_000 },
});

let world: World;
let visit = 0;
/** A page without a chat: every visit has an address of its own. */
const openArticle = () => openPanelOn(world.harness, `${world.pages.otherOrigin}/article?visit=${++visit}`);

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, key: 'sk-test', window: 200_000 });
});
beforeEach(() => world.model.always(summary));
afterEach(() => world.tidy());
afterAll(() => world.close());

async function openAndSummarize() {
  const opened = await openArticle();
  await summarize(opened.panel);
  await waitForAnswerEnd(opened.panel);
  return { ...opened, request: await world.model.request(0) };
}

describe('reading', () => {
  it('reads the page that the toolbar button was clicked on, and says how much', async () => {
    const { panel } = await openArticle();
    const card = await find(panel, 'This page', 'region');
    const facts = await card.evaluate((element) => element.textContent);
    expect(facts).toContain(title);
    expect(facts).toMatch(/2,5\d\d words/);
    expect(facts).toContain('Read in full');
    expect(world.model.requests).toHaveLength(0);
    await pressText(panel, 'What was read');
    await see(panel, '70 paragraphs');
    await screenshot(panel, 'page-card');
  });
});

describe('the request of a summary', () => {
  it('has every paragraph word for word and in order, a constant first line and the question last', async () => {
    const { request } = await openAndSummarize();
    expect(missingFrom(request.prompt, article)).toEqual([]);
    expect(outOfOrder(request.prompt, article)).toEqual([]);
    expect(request.headers.authorization).toBe('Bearer sk-test');
    expect(request.body.model).toBe('test-model');

    const messages = request.body.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(String(messages[1]?.content)).toMatch(/\n\nSummarise this page$/);

    await world.tidy();
    const { panel } = await openPanelOn(world.harness, `${world.pages.otherOrigin}/zh-article`);
    await summarize(panel);
    const other = await world.model.request(0);
    expect(other.body.messages?.[0]).toEqual(messages[0]);
    expect(missingFrom(other.prompt, paragraphsOf('/zh-article'))).toEqual([]);
    await waitForAnswerEnd(panel);
  });

  it('is understood by an independent server of the same dialect', async () => {
    const mock = new LLMock({ port: 0, chunkSize: 7 });
    mock.onMessage(/Summarise this page/, { content: 'Read by **aimock** ¶3.' });
    await mock.start();
    try {
      await connectModel(world.harness, { baseUrl: `${mock.url}/v1`, key: 'sk-mock' });
      const { panel } = await openArticle();
      await summarize(panel);
      await waitForAnswerEnd(panel);
      expect(await answerText(panel)).toBe('Read by aimock ¶3.');
      const sent = mock.getLastRequest()?.body as ChatCompletionRequest | undefined;
      const prompt = sent?.messages.map(({ content }) => content).join('\n') ?? '';
      expect(missingFrom(prompt, article)).toEqual([]);
    } finally {
      await mock.stop();
      await connectModel(world.harness, { baseUrl: world.model.baseUrl, key: 'sk-test' });
    }
  });
});

describe('the answer', () => {
  it('is on the screen while it is still being written', async () => {
    world.model.always({ text: 'A line of the long answer. '.repeat(400), chunkDelay: 100 });
    const { panel } = await openArticle();
    await summarize(panel);
    await waitForAnswer(panel, 'A line of the long answer.');
    const request = await world.model.request(0);
    expect(await isOver(request)).toBe(false);
    expect(request.sent).toBeLessThan(400 * 27);
    await find(panel, 'Stop', 'button');
    await panel.keyboard.press('Escape');
    expect(await request.ended).toBe('closed-by-client');
    await waitForAnswerEnd(panel);
  });

  it('has citations that open the very paragraph, and strikes out those that lead nowhere', async () => {
    const { panel, request } = await openAndSummarize();
    const mark = `¶${numberOf(request, 'Below the lowest mark')}`;
    expect(await screenText(panel)).not.toContain(fish);
    await press(panel, `Source ${mark}, show quote`, 'link');
    await see(panel, fish);
    await screenshot(panel, 'quote');
    await press(panel, `Source ${mark}, show quote`, 'link');
    await until(async () => !(await screenText(panel)).includes(fish), 'the quote is closed');

    await see(panel, '¶9999: not found in the source');
    expect(await panel.$('::-p-aria([name="Source ¶9999, show quote"])')).toBeNull();
    const missing = await panel.waitForSelector('[title="¶9999: not found in the source"]');
    expect(await missing?.evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe(
      'line-through',
    );
  });

  it('shows a cited passage in the page', async () => {
    const { page, panel, request } = await openAndSummarize();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await press(panel, `Source ¶${numberOf(request, finger)}, show quote`, 'link');
    await press(panel, 'Show in page');
    await until(async () => (await painted(page))?.inSight, 'the passage is in sight', panel);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1_000);
    expect((await painted(page))?.text).toBe(paragraph(finger).replace(/\.$/, ''));
    await page.bringToFront();
    await screenshot(page, 'shown-in-page');
  });

  it('is copied as the Markdown that the model wrote', async () => {
    const { panel, request } = await openAndSummarize();
    const extension = `chrome-extension://${world.harness.extensionId}`;
    await world.harness.browser.defaultBrowserContext().overridePermissions(extension, ['clipboard-read']);
    await panel.bringToFront();
    await press(panel, 'Copy as Markdown');
    await find(panel, 'Copied', 'button');
    expect(await panel.evaluate(() => navigator.clipboard.readText())).toBe(summary(request).text);
  });
});

describe('what was sent', () => {
  it('is accounted for: characters, tokens, share from the cache, first word', async () => {
    const { panel } = await openAndSummarize();
    await see(panel, '4,000 tokens');
    await pressText(panel, 'What was sent');
    await see(panel, `${title} whole text`);
    const shown = await screenText(panel);
    expect(shown).toMatch(/whole text, 13,\d{3} characters ≈3\.\dK/);
    expect(shown).toMatch(/Counted by 127\.0\.0\.1:\d+ 4,000/);
    expect(shown).toContain('From cache 3,000 · 75%');
    expect(shown).toContain('Answer 120');
    expect(shown).toMatch(/First word after \d+\.\d sec/);
    await screenshot(panel, 'receipt');
  });

  it('can be read to the letter', async () => {
    const { panel, request } = await openAndSummarize();
    await pressText(panel, 'What was sent');
    await press(panel, 'See the exact text');
    await see(panel, 'This is byte for byte what was sent.');
    expect(await exactMessages(panel)).toEqual(request.body.messages?.map(({ content }) => content));
    await screenshot(panel, 'exact-text');
    await press(panel, 'Back');
    await see(panel, 'The book stays.');
  });
});

describe('a follow-up question', () => {
  it('sends the same bytes as the first and then its own', async () => {
    const { panel, request: first } = await openAndSummarize();
    world.model.always({ text: 'Nine.' });
    await ask(panel, 'How many gauges does Hanne Vries have?');
    await waitForAnswerEnd(panel);
    expect(await answerText(panel)).toBe('Nine.');
    const second = await world.model.request(1);
    const lastMessage = JSON.stringify(first.body.messages?.at(-1));
    const shared = first.text.slice(0, first.text.indexOf(lastMessage) + lastMessage.length);
    expect(shared.length).toBeGreaterThan(14_000);
    expect(second.text.startsWith(shared)).toBe(true);
    const [answer, question, ...more] = second.body.messages?.slice(first.body.messages?.length) ?? [];
    expect(answer).toEqual({ role: 'assistant', content: summary(first).text });
    expect(question?.role).toBe('user');
    expect(String(question?.content)).toMatch(/\n\nHow many gauges does Hanne Vries have\?$/);
    expect(String(question?.content)).not.toContain('<document');
    expect(more).toEqual([]);
  });
});

/** The paragraphs that do not come after the one before them; Markdown's marks do not count. */
function outOfOrder(prompt: string, paragraphs: string[]): string[] {
  const plain = prompt.replace(/\[([^\]]*)\]\([^)\s]*\)/g, '$1').replace(/\*+/g, '');
  let end = 0;
  return paragraphs.filter((text) => {
    const start = plain.indexOf(text, end);
    end = Math.max(end, start + text.length);
    return start === -1;
  });
}

const isOver = (request: ReceivedRequest) =>
  Promise.race([request.ended.then(() => true), Promise.resolve().then(() => false)]);

/** What is painted in the page, and whether it is within the window. */
const painted = (page: Page) =>
  page.evaluate(() => {
    const [range] = [...(CSS.highlights.values().next().value ?? [])] as Range[];
    if (!range) return undefined;
    const { top, bottom } = range.getBoundingClientRect();
    return { text: range.toString(), inSight: top >= 0 && bottom <= innerHeight };
  });
