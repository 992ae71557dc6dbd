/** Connecting models: by key, on this computer, with data that can be corrected, and proved to read everything. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ask,
  fill,
  find,
  named,
  press,
  pressText,
  screenText,
  see,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { fillProvider, lookAt, pageViews, type Stage, setUpProvider, startStage } from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: Record<'local' | 'sync' | 'session', { get(keys: null): Promise<Record<string, unknown>> }>;
  scripting: {
    executeScript(injection: {
      target: { tabId: number };
      func: () => Promise<string>;
    }): Promise<{ result: string }[]>;
  };
  tabs: { query(query: object): Promise<{ id: number; url?: string }[]> };
};

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
beforeEach(() => stage.startOver());
afterAll(() => stage?.close());

const canary = 'sk-canary-7Vd2Qa91xLm4';

describe('a key', () => {
  it('goes to the address it was given for and nowhere else', async () => {
    const { harness, settings, model, panel, pages, article } = stage;
    const said: string[] = [];
    for (const page of [settings, panel]) page.on('console', (message) => said.push(message.text()));
    await setUpProvider(settings, 'OpenAI-compatible', {
      address: model.baseUrl,
      key: canary,
      model: 'test-model',
    });
    await article.bringToFront();
    model.next({ status: 401, bodyText: JSON.stringify({ error: { message: `Wrong key ${canary}.` } }) }, {});
    await ask(panel, 'When?');
    await see(panel, 'refused this key');
    await press(panel, 'Try again');
    await waitForAnswerEnd(panel);
    await pressText(panel, 'What was sent');

    expect(model.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill(`Bearer ${canary}`),
    );
    for (const { text, path, headers } of [...model.requests, ...model.others]) {
      const { authorization: _, ...others } = headers;
      expect(text + path + JSON.stringify(others)).not.toContain(canary);
    }
    expect(pages.visits.join()).not.toContain(canary);
    expect(said.join()).not.toContain(canary);
    for (const page of [settings, panel, article]) {
      const shown = await page.evaluate(() => document.documentElement.outerHTML + document.body.innerText);
      expect(shown).not.toContain(canary);
    }
    // What a script of ours in the page could read, if it were taken over.
    const worker = await harness.worker();
    const seen = await worker.evaluate(async (url) => {
      const [tab] = (await chrome.tabs.query({})).filter((entry) => entry.url?.startsWith(url));
      if (!tab) return 'no tab';
      const [{ result } = { result: '' }] = await chrome.scripting.executeScript({
        target: { tabId: tab.id },
        func: async () => {
          const areas = ['local', 'sync', 'session'] as const;
          const read = areas.map((area) =>
            chrome.storage[area].get(null).then(
              (all) => `${area}: ${JSON.stringify(all)}`,
              (error: Error) => `${area} refused: ${error.message}`,
            ),
          );
          const databases = (await indexedDB.databases()).map(({ name }) => name);
          return [...(await Promise.all(read)), `databases: ${databases.join()}`].join('\n');
        },
      });
      return result;
    }, pages.origin);
    expect(seen).toContain('local');
    expect(seen).not.toContain(canary);
    expect(seen).not.toContain('wholemoon');
  });

  it('can be kept only until the browser closes, and is then in memory alone', async () => {
    const { settings, model, panel, article } = stage;
    await fillProvider(settings, 'OpenAI-compatible', { address: model.baseUrl, key: canary });
    const box = await settings.waitForSelector(
      '::-p-xpath(//label[contains(., "Keep it only until the browser closes")]/input)',
    );
    await box?.click();
    await press(settings, 'Save and use');
    await see(settings, 'Saved.');
    const kept = await settings.evaluate(async () => ({
      session: JSON.stringify(await chrome.storage.session.get(null)),
      local: JSON.stringify(await chrome.storage.local.get(null)),
      database: await new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('wholemoon');
        opening.onerror = () => reject(opening.error);
        opening.onblocked = () => reject(new Error('blocked'));
        opening.onsuccess = () => {
          const all = opening.result.transaction('keys').objectStore('keys').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
    }));
    expect(kept.session).toContain(canary);
    expect(kept.local).not.toContain(canary);
    expect(kept.database).not.toContain(canary);
    await article.bringToFront();
    await ask(panel, 'When?');
    await waitForAnswerEnd(panel);
    expect(model.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`);
    await settings.bringToFront();
    await box?.click();
    await press(settings, 'Save and use');
    await see(settings, 'Saved.');
  });

  it('that is pasted says whose it is, and asks where two have the same shape', async () => {
    const { settings } = stage;
    await settings.bringToFront();
    await fill(settings, 'Paste an API key', 'sk-ant-api03-example');
    await find(settings, 'Connect Anthropic', 'button');
    await fill(settings, 'Paste an API key', `sk-${'aB3'.repeat(16)}`);
    await see(settings, 'Whose key is this?');
    expect(await settings.$(named('Connect Moonshot AI (kimi.ai)', 'button'))).toBeNull();
    await press(settings, '月之暗面 (kimi.com)', 'radio');
    await find(settings, 'Connect 月之暗面 (kimi.com)', 'button');
    await fill(settings, 'Paste an API key', 'hello');
    await see(settings, 'I do not know whose key this is by its shape.');
    await settings.reload();
    await find(settings, 'OpenAI-compatible', 'region');
  });
});

describe('a model', () => {
  it('is listed by its server, and what is known of it can be corrected and taken back', async () => {
    const { settings, model, panel, article } = stage;
    await setUpProvider(settings, 'OpenAI-compatible', { address: model.baseUrl, model: 'test-model' });
    model.listing({
      bodyText: JSON.stringify({ data: [{ id: 'test-model', context_length: 65_536 }, { id: 'other' }] }),
    });
    await press(settings, 'Refresh the list');
    await see(settings, 'The provider lists 2 models.');
    const window = await settings.$eval(
      'input[type=number][placeholder]',
      (field) => (field as HTMLInputElement).placeholder,
    );
    expect(window).toBe('65536');
    await pressText(settings, 'What is known of test-model');
    await fill(settings, 'Price of a million input tokens', '2');
    await fill(settings, 'Price of a million output tokens', '10');
    await press(settings, 'Keep these values');
    await see(settings, 'Corrected by you.');
    await article.bringToFront();
    model.next({ text: 'Six.', usage: { prompt_tokens: 50_000, completion_tokens: 1_000 } });
    await ask(panel, 'When?');
    await waitForAnswerEnd(panel);
    await see(panel, '50,000 tokens · $0.11');
    await settings.bringToFront();
    await press(settings, 'Back to the data');
    await until(async () => !(await screenText(settings)).includes('Corrected by you.'), 'the data are back');
  });

  it('is checked to read everything, and found out when it does not', async () => {
    const { settings, model } = stage;
    await setUpProvider(settings, 'OpenAI-compatible', {
      address: model.baseUrl,
      model: 'test-model',
      window: '40000',
    });
    await see(settings, 'Sends a made-up text of 24K tokens with three hidden words');
    const words = (prompt: string) =>
      [...prompt.matchAll(/The code word is ([A-Z]{6})/g)].map(([, word = '']) => word);
    model.next(({ prompt }) => ({ text: words(prompt).join(' ') }));
    await press(settings, 'Check that it reads everything');
    await see(
      settings,
      'It read all of it: the words at the beginning, in the middle and at the end came back.',
    );
    expect(words(model.requests[0]?.prompt ?? '')).toHaveLength(3);
    // A server that keeps the end of what it gets, and says 200.
    model.next(({ prompt }) => ({
      text: words(prompt).slice(2).join(' '),
      usage: { prompt_tokens: 4_096, completion_tokens: 3 },
    }));
    await press(settings, 'Check that it reads everything');
    await see(settings, 'It did not read all of it. Lost: the beginning and the middle.');
    await see(settings, 'The server counted 4,096 tokens');
  });

  it('is looked at in both languages, both themes and four widths', async () => {
    const { settings } = stage;
    await setUpProvider(settings, 'OpenAI-compatible', { model: 'test-model' });
    await lookAt(settings, settings, 'settings-models', {
      views: pageViews,
      height: 1_600,
    });
  });
});

describe('the model that the browser brings', () => {
  it('is connected with one click, answers, and can be removed', async () => {
    const { settings, panel, article, model } = stage;
    const standIn = () => {
      const session = {
        measureContextUsage: async (text: string) => Math.ceil(text.length / 4),
        contextWindow: 9_216,
        addEventListener: () => {},
        destroy: () => {},
        promptStreaming: () => new Blob(['At six.']).stream().pipeThrough(new TextDecoderStream()),
      };
      Object.defineProperty(globalThis, 'LanguageModel', {
        configurable: true,
        value: { availability: async () => 'available', create: async () => session },
      });
    };
    await panel.evaluate(standIn);
    const { identifier } = await settings.evaluateOnNewDocument(standIn);
    await settings.reload();
    await settings.bringToFront();
    const row = await find(settings, 'Chrome built-in AI', 'region');
    expect(await row.evaluate((element) => element.innerText)).toContain('Short pages only');
    expect(await row.$(named('Set up', 'button'))).toBeNull();
    await (await row.waitForSelector(named('Use', 'button')))?.click();
    await until(
      async () => (await row.evaluate((element) => element.innerText)).includes('In use'),
      'it is in use',
      settings,
    );
    await article.bringToFront();
    await ask(panel, 'When?');
    await waitForAnswerEnd(panel);
    await see(panel, 'At six.');
    await see(panel, 'Works on this computer. Nothing is sent.');
    expect(model.requests).toHaveLength(0);
    await settings.bringToFront();
    await (await row.waitForSelector(named('Remove', 'button')))?.click();
    const excerpts = await find(settings, 'Excerpts', 'region');
    await until(
      async () => (await excerpts.evaluate((element) => element.innerText)).includes('In use'),
      'Excerpts answers again',
      settings,
    );
    await settings.removeScriptToEvaluateOnNewDocument(identifier);
  });
});
