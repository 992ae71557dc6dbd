/** What a user decides before anything is sent: more than the model holds, more than they want to spend. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import {
  ask,
  draft,
  newestAnswer,
  press,
  pressText,
  screenshot,
  screenText,
  see,
  typeQuestion,
  waitForAnswerEnd,
} from './steps.ts';
import {
  connectKimi,
  lookAt,
  panelViews,
  type Stage,
  seeNoSheet,
  seeSheet,
  setUpProvider,
  sheetText,
  startStage,
} from './trouble-steps.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
beforeEach(() => stage.startOver());
afterAll(() => stage?.close());

const question = 'Who keeps the lamps?';
const connect = async (values: { model?: string; window?: string }) => {
  await setUpProvider(stage.settings, 'OpenAI-compatible', values);
  await stage.article.bringToFront();
};
const send = async (text = question) => {
  await typeQuestion(stage.panel, text);
  await stage.panel.keyboard.press('Enter');
};

describe('a text that is more than the model holds', () => {
  it('is not sent; cancelling keeps the question and sends nothing', async () => {
    await connect({ model: 'test-model', window: '3000' });
    await send();
    await seeSheet(stage.panel, /This is more than test-model can hold/);
    const text = await sheetText(stage.panel);
    expect(text).toContain('Nothing was sent and nothing was cut. You choose how to go on.');
    expect(text).toMatch(/≈ [3-9],\d{3} tokens in 1 source, with room for the answer [\d,]+ over/);
    expect(text).toContain('No other model you connected holds this much.');
    // The only source cannot be left out.
    expect(text).not.toContain('Leave something out');
    expect(await stage.panel.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    await screenshot(stage.panel, 'overflow-passes');
    await stage.panel.keyboard.press('Escape');
    await seeNoSheet(stage.panel);
    expect(await draft(stage.panel)).toBe(question);
    expect(stage.model.requests).toHaveLength(0);
    expect(await stage.panel.$$('article')).toHaveLength(0);
  });

  it('is read in passes: every passage arrives once and in order, and the answer says so', async () => {
    await connect({ model: 'test-model', window: '3000' });
    stage.model.always(({ prompt }) => ({
      text: prompt.includes('<notes pass=') ? 'The keeper does ¶1.' : 'Note: lamps ¶2.',
    }));
    await send();
    await seeSheet(stage.panel, /Read in/);
    await stage.panel.locator('::-p-xpath(//dialog//button[starts-with(., "Read in")])').click();
    await waitForAnswerEnd(stage.panel);
    const { requests } = stage.model;
    const passes = requests.slice(0, -1);
    expect(passes.length).toBeGreaterThanOrEqual(2);
    // The numbers of the passages, pass after pass: each once, in order, none missing.
    const numbers = passes.flatMap(({ prompt }) =>
      [...prompt.matchAll(/^¶(\d+) /gm)].map(([, number]) => Number(number)),
    );
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(missingFrom(passes.map(({ prompt }) => prompt).join('\n'), paragraphsOf('/article'))).toEqual([]);
    const answering = requests.at(-1)?.prompt ?? '';
    expect(answering.match(/<notes pass=/g)).toHaveLength(passes.length);
    expect(answering).toContain(question);
    expect(answering).not.toContain(paragraphsOf('/article')[3]);
    const answer = await (await newestAnswer(stage.panel)).evaluate((element) => element.innerText);
    expect(answer).toMatch(new RegExp(`in ${passes.length} passes, not together`));
    expect(await draft(stage.panel)).toBe('');
    await pressText(stage.panel, 'What was sent');
    await see(stage.panel, `Read in ${passes.length} passes, not together`);
    await see(stage.panel, `Pass 1 of ${passes.length}`);
    await see(stage.panel, 'Answer from the notes of all passes');
    await screenshot(stage.panel, 'receipt-passes');
    // The exact text of a pass is what the server got.
    await stage.panel.locator('::-p-xpath((//button[.="See the exact text"])[1])').click();
    await see(stage.panel, 'This is byte for byte what was sent.');
    await press(stage.panel, 'Back');
  });

  it('goes on with the pass where it stopped', async () => {
    await connect({ model: 'test-model', window: '3000' });
    stage.model.next({ text: 'Note one.' }, { status: 401, bodyText: '{"error":{"message":"No."}}' });
    await send();
    await seeSheet(stage.panel, /Read in/);
    await stage.panel.locator('::-p-xpath(//dialog//button[starts-with(., "Read in")])').click();
    await waitForAnswerEnd(stage.panel);
    await see(stage.panel, 'refused this key');
    const before = stage.model.requests.length;
    expect(before).toBe(2);
    await press(stage.panel, 'Try again');
    await seeSheet(stage.panel, /Read in/);
    await press(stage.panel, 'Cancel');
    expect(stage.model.requests).toHaveLength(before);
  });

  it('goes to a connected model that holds it, with the price, and the questions that follow go there too', async () => {
    await connectKimi(stage);
    await connect({ model: 'test-model', window: '3000' });
    await send();
    await seeSheet(stage.panel, /Ask a model with a longer window/);
    expect(await sheetText(stage.panel)).toMatch(/kimi-k2\.6 Moonshot AI \(kimi\.ai\) 262K ≈ \$0\.00\d+/);
    await lookAt(stage.settings, stage.panel, 'overflow-models', { views: panelViews, height: 860 });
    await stage.panel.locator('::-p-xpath(//dialog//button[contains(., "kimi-k3.1-pro")])').click();
    await press(stage.panel, 'Ask kimi-k3.1-pro');
    await waitForAnswerEnd(stage.panel);
    expect(stage.model.requests.map(({ body }) => body.model)).toEqual(['kimi-k3.1-pro']);
    const { prompt = '' } = stage.model.requests[0] ?? {};
    expect(missingFrom(prompt, paragraphsOf('/article'))).toEqual([]);
    await ask(stage.panel, 'And who pays them?');
    await waitForAnswerEnd(stage.panel);
    expect(stage.model.requests.map(({ body }) => body.model)).toEqual(['kimi-k3.1-pro', 'kimi-k3.1-pro']);
  });
});

describe('what is paid', () => {
  it('is shown to the cent that the server’s own counts come to, cached tokens at their price', async () => {
    await connectKimi(stage);
    await stage.article.bringToFront();
    stage.model.next({
      text: 'At six.',
      usage: { prompt_tokens: 100_000, completion_tokens: 2_000, cached_tokens: 80_000 },
    });
    await ask(stage.panel, 'When?');
    await waitForAnswerEnd(stage.panel);
    // 20,000 at $3, 80,000 at $0.30, 2,000 at $15 a million.
    await see(stage.panel, '100,000 tokens · $0.11');
    await pressText(stage.panel, 'What was sent');
    await see(stage.panel, 'From cache 80,000 · 80%');
    const receipt = await screenText(stage.panel);
    expect(receipt).toContain('Read afresh 20,000');
    expect(receipt).toContain('Cost $0.11');
    expect(receipt).toMatch(/This chat so far \$0\.11/);
    // What it costs does not take the place of where it goes.
    expect(receipt).toMatch(
      /Goes straight to 127\.0\.0\.1:\d+\. No server in between\. Next question ≈ \$0\.\d+ · \d+% from cache/,
    );
    await screenshot(stage.panel, 'receipt-cost');
  });

  it('alarms when the server reports reading far less than was sent', async () => {
    await connect({ model: 'cutting-model', window: '2000000' });
    stage.model.next({ text: 'All is well.', usage: { prompt_tokens: 1_024, completion_tokens: 4 } });
    await stage.open(`${stage.pages.origin}/big`);
    await press(stage.panel, 'New chat');
    await see(stage.panel, 'Read in full');
    await ask(stage.panel, 'What is it about?');
    await waitForAnswerEnd(stage.panel);
    await see(stage.panel, 'The server reported reading only 1,024 of about');
    expect(await (await newestAnswer(stage.panel)).evaluate((element) => element.innerText)).not.toContain(
      'has read all',
    );
    await screenshot(stage.panel, 'alarm');
  });
});
