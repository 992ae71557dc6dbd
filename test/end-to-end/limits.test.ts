/** What else a user decides before sending: a limit of spending, and what to leave out. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import {
  ask,
  chooseModel,
  draft,
  fill,
  press,
  screenText,
  see,
  typeQuestion,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import {
  choose,
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

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: { local: { set(items: Record<string, unknown>): Promise<void> } };
};

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await connectKimi(stage);
  await stage.article.bringToFront();
});
beforeEach(() => stage.startOver());
afterAll(() => stage?.close());

const send = async (text: string) => {
  await typeQuestion(stage.panel, text);
  await stage.panel.keyboard.press('Enter');
};
const pictures = (name: string) =>
  lookAt(stage.settings, stage.panel, name, { views: panelViews, height: 760 });

describe('a limit of spending', () => {
  const limit = (spendingCap: object | null) =>
    stage.settings.evaluate((cap) => chrome.storage.local.set({ spendingCap: cap }), spendingCap);

  it('is asked about before it is passed; cancelling sends nothing and keeps the question', async () => {
    const { panel, model } = stage;
    await chooseModel(panel, 'kimi-k3');
    await limit({ amount: 0.01, currency: 'USD', period: 'month' });
    await send('Who keeps the lamps?');
    await seeSheet(stage.panel, /This question costs ≈ \$0\.0\d+/);
    expect(await sheetText(stage.panel)).toContain('That would pass your limit of $0.01 a month.');
    expect(await panel.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    await pictures('spending');
    await panel.keyboard.press('Escape');
    await seeNoSheet(stage.panel);
    expect(model.requests).toHaveLength(0);
    expect(await draft(panel)).toBe('Who keeps the lamps?');
    expect(await panel.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');

    model.next({ text: 'The keeper.' });
    await panel.keyboard.press('Enter');
    await seeSheet(stage.panel, /This question costs/);
    await press(panel, 'Ask anyway');
    await waitForAnswerEnd(panel);
    expect(model.requests).toHaveLength(1);
    expect(await draft(panel)).toBe('');
    await limit(null);
  });
});

describe('more than one text', () => {
  it('can be asked about without the one that does not fit, which is named and not sent', async () => {
    const { panel, model, settings, pages } = stage;
    await setUpProvider(settings, 'OpenAI-compatible', { model: 'small-model', window: '7000' });
    await stage.article.bringToFront();
    await ask(panel, 'Who keeps the lamps?');
    await waitForAnswerEnd(panel);
    await stage.open(`${pages.origin}/zh-article`);
    await panel.locator('.chip-offer').click();
    await send('And here?');
    await seeSheet(stage.panel, /This is more than small-model can hold/);
    const text = await sheetText(stage.panel);
    const [, name = ''] = text.match(/Without (.+?) \([\d.]+K\) the rest fits\./) ?? [];
    expect(name).not.toBe('');
    await panel.locator('::-p-xpath(//dialog//label[.="Leave something out"])').click();
    await pictures('leave-out');
    await panel.locator('::-p-xpath(//dialog//button[starts-with(., "Ask without")])').click();
    await seeNoSheet(stage.panel);
    await until(() => model.requests.length === 2, 'the question was sent', panel);
    await waitForAnswerEnd(panel);
    const { prompt = '' } = model.requests[1] ?? {};
    expect(missingFrom(prompt, paragraphsOf('/article'))).toEqual([]);
    expect(missingFrom(prompt, paragraphsOf('/zh-article'))).toEqual(paragraphsOf('/zh-article'));
    expect(await screenText(panel)).not.toContain('can hold');
    await see(panel, 'And here?');
  });
});

describe('the fields for money', () => {
  /** What the fields of the section show, in order. */
  const shown = () =>
    stage.settings.$$eval(':is(#spending-cap, #own-currency) :is(input, select)', (fields) =>
      fields.map((field) => (field as HTMLInputElement).value),
    );

  it('take amounts as they are typed, and count a currency once it is whole', async () => {
    const { settings, panel, article, model } = stage;
    await connectKimi(stage);
    await fill(settings, 'Ask before I spend more than', '');
    model.next({ text: 'Six.', usage: { prompt_tokens: 100_000, completion_tokens: 2_000 } });
    await article.bringToFront();
    await ask(panel, 'When?');
    await waitForAnswerEnd(panel);
    await see(panel, '100,000 tokens · $0.33');
    await settings.bringToFront();
    await fill(settings, 'Ask before I spend more than', '0.05');
    await settings.select('#spending-cap select[aria-label="Currency"]', 'CNY');
    await choose(settings, ['Counted'], 'per chat');
    await fill(settings, 'Ask before I spend more than', '20.05');
    expect(await shown()).toEqual(['20.05', 'CNY', 'chat', '', '']);
    await fill(settings, 'Ask before I spend more than', '0');
    await fill(settings, 'My currency', 'eu');
    expect(await shown()).toEqual(['', 'USD', 'month', 'EU', '']);
    await see(panel, '100,000 tokens · $0.33');
    await fill(settings, 'My currency', 'eur');
    await see(panel, '100,000 tokens · $0.33');
    await fill(settings, 'For one dollar', '0.9');
    await see(panel, '100,000 tokens · ≈ €0.3');
    await fill(settings, 'For one dollar', '0.5');
    expect(await shown()).toEqual(['', 'USD', 'month', 'EUR', '0.5']);
    await see(panel, '100,000 tokens · ≈ €0.17');
    await fill(settings, 'My currency', '');
    await see(panel, '100,000 tokens · $0.33');
  });
});
