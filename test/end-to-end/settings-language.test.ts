import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providers } from '@/utils/models/providers';
import { engines } from '@/utils/search/engines';
import { refusals } from '../servers/model-server.ts';
import { ask, press, pressText, see, until, waitForAnswer, waitForAnswerEnd } from './steps.ts';
import { choose, fillProvider, type Stage, speak, startStage } from './trouble-steps.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.startOver());

/** Everything a reader can see, hear or point at on a page: texts, labels, tooltips, placeholders, choices. */
const wordsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.parentElement?.checkVisibility() || node.parentElement?.tagName === 'OPTION')
        found.push(node.textContent ?? '');
    for (const element of document.body.querySelectorAll('*'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        found.push(element.checkVisibility() ? (element.getAttribute(name) ?? '') : '');
    return [...new Set(found.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean))];
  });

/** Names and terms that are the same in every language, and what the tests themselves put on the screen. */
const names =
  /https?:\/\/\S+|127\.0\.0\.1|bell\.invalid|example\.invalid|\/v1\b|test-model|Kimi|kimi\.(ai|com)|kimi-k[\w.-]+|gpt-[\w.-]+|Moonshot AI|OpenAI|OpenRouter|LM Studio|vLLM|llama\.cpp|Wholemoon|API|Markdown|tokens|MB|Alt|Ctrl|Shift|Enter|Esc|English|Español|Français|Deutsch|Português/g;

/** What providers, their models and their currencies are called is data, the same in every language. */
const data = new Set(
  providers.flatMap(({ name, baseUrl, models }) => [
    name,
    baseUrl,
    models.map((model) => model.name).join(', '),
    ...models.map((model) => model.name),
  ]),
);
/** Search engines, and where they are asked, also in the middle of a sentence. */
const engineNames = [
  ...engines.flatMap(({ name, baseUrl }) => [name, URL.parse(baseUrl)?.host ?? '']),
  'DuckDuckGo',
]
  .filter(Boolean)
  .sort((one, other) => other.length - one.length);
const withoutEngines = (text: string) => engineNames.reduce((rest, name) => rest.replaceAll(name, ''), text);
for (const code of ['USD', 'CNY', 'EUR']) data.add(code);

/** The strings with Latin words that are no names. */
const latin = (words: string[]) =>
  words.filter((text) => !data.has(text) && /[A-Za-z]{2,}/.test(withoutEngines(text).replace(names, '')));

describe('the language of the interface', () => {
  it('changes every word of the open panel and of the settings page at once', async () => {
    const { model, pages, panel, settings } = stage;
    await stage.open(`${pages.origin}/zh-article`);
    await see(panel, '青麦镇的最后一位敲钟人');
    expect(latin(await wordsOn(panel)).length).toBeGreaterThan(8);
    await speak(settings, '简体中文');
    await see(panel, '已通读');
    await pressText(panel, '读到了什么');
    expect(latin(await wordsOn(panel))).toEqual([]);

    // A chat with all that it can show, drawn in English first.
    await speak(settings, 'English');
    await see(panel, 'Read in full');
    model.next(
      {
        thinking: '先看第一段。',
        text: '敲钟人每天清晨去敲钟。¶1\n\n- 他数到六。¶999\n- ![钟](https://bell.invalid/bell.png)\n- [钟楼](https://bell.invalid/tower)',
      },
      { text: '他还说了几句', endAfterCharacters: 6 },
      refusals.rateLimit(100),
    );
    await ask(panel, '谁在敲钟？');
    await waitForAnswerEnd(panel);
    await press(panel, 'Source ¶1, show quote', 'link');
    await pressText(panel, '钟楼');
    await pressText(panel, 'What was sent');
    await ask(panel, '后来呢？');
    await see(panel, 'The connection dropped');
    await ask(panel, '还有吗？');
    await see(panel, 'Too many requests.');
    expect(latin(await wordsOn(panel)).length).toBeGreaterThan(15);
    await speak(settings, '简体中文');
    await see(panel, '请求过于频繁。');
    expect(latin(await wordsOn(panel))).toEqual([]);
    await press(panel, '停止');
    await see(panel, '已停止');
    expect(latin(await wordsOn(panel))).toEqual([]);
    await press(panel, '历史');
    await see(panel, '敲钟人');
    expect(latin(await wordsOn(panel))).toEqual([]);
    await press(panel, '返回');
    expect(await panel.evaluate(() => document.documentElement.lang)).toBe('zh-Hans');
  });

  it('changes every word of the settings page, with its forms and outcomes', async () => {
    const { model, settings } = stage;
    await speak(settings, 'English');
    for (const provider of ['Moonshot AI (kimi.ai)', 'OpenAI', 'OpenAI-compatible']) {
      await fillProvider(settings, provider, {});
      await speak(settings, '简体中文');
      await see(settings, '接口地址');
      expect(latin(await wordsOn(settings))).toEqual([]);
      await speak(settings, 'English');
    }
    await fillProvider(settings, 'OpenAI-compatible', { address: model.baseUrl, model: 'test-model' });
    model.next({});
    await press(settings, 'Test connection');
    await see(settings, 'test-model answered in');
    await speak(settings, '简体中文');
    await see(settings, '秒内作答。');
    expect(latin(await wordsOn(settings))).toEqual([]);
    await speak(settings, 'English');
    await fillProvider(settings, 'OpenAI-compatible', { address: 'http://example.invalid/v1' });
    await press(settings, 'Test connection');
    await see(settings, 'is not encrypted.');
    await speak(settings, '简体中文');
    await see(settings, '没有加密。');
    expect(latin(await wordsOn(settings))).toEqual([]);
    expect(await settings.title()).toBe('望舒设置');
    expect(await settings.evaluate(() => document.documentElement.lang)).toBe('zh-Hans');
  });
});

describe('the language of answers', () => {
  const asked = async (choice: string) => {
    const { model, panel, settings } = stage;
    await stage.startOver();
    await choose(settings, ['Answers'], choice);
    await ask(panel, 'What is this about?');
    await waitForAnswer(panel, 'Hello.');
    return model.requests[0]?.prompt;
  };

  it('is what the model is told', async () => {
    const { panel, settings } = stage;
    expect(await asked('Español')).toContain('Write in Spanish.');
    expect(await asked('The language of my question')).toContain('Write in the language of the question');
    expect(await asked('Same as the interface')).toContain('Write in English.');
    await stage.startOver();
    await speak(settings, '简体中文');
    await see(panel, '已通读');
    await press(panel, '你的问题', 'textbox');
    await panel.keyboard.type('这是什么？');
    await panel.keyboard.press('Enter');
    await waitForAnswer(panel, 'Hello.');
    expect(stage.model.requests[0]?.prompt).toContain('Write in Simplified Chinese.');
  });
});

describe('the theme', () => {
  /** How light the ground of a page is, from 0 to 255. */
  const lightness = (page: Page) =>
    page.evaluate(() => {
      const [red = 0, green = 0, blue = 0] =
        getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? [];
      return (Number(red) + Number(green) + Number(blue)) / 3;
    });

  it('changes on the open panel and the settings page at once, and can follow the browser', async () => {
    const { panel, settings } = stage;
    for (const [choice, isDark] of [
      ['Dark', true],
      ['Light', false],
      ['Dark', true],
      ['Same as the browser', false],
    ] as const) {
      await choose(settings, ['Theme'], choice);
      for (const page of [panel, settings])
        await until(async () => (await lightness(page)) < 128 === isDark, `${page.url()} is ${choice}`);
    }
    for (const page of [panel, settings])
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    for (const page of [panel, settings])
      await until(async () => (await lightness(page)) < 128, `${page.url()} follows the browser`);
  });
});
