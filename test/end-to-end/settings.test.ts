import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusals } from '../servers/model-server.ts';
import { ask, fill, find, named, press, screenText, see, until, waitForAnswer } from './steps.ts';
import {
  about,
  fillProvider,
  outcomeOn,
  type Stage,
  seeAlert,
  seeNoAlert,
  setUpProvider,
  speak,
  startStage,
} from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
interface Area {
  get(keys: null): Promise<object>;
}
declare const chrome: { storage: { local: Area; sync: Area; session: Area } };

const provider = 'OpenAI-compatible';
/** A key that stands nowhere else, so that each of its copies can be found. */
const key = 'sk-canary-4b1f0d6ce2';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.close());
beforeEach(async () => {
  stage.model.reset();
  await stage.settings.bringToFront();
  await speak(stage.settings, 'English');
});

describe('Test connection', () => {
  it('asks the model and says how long it took, without saving anything', async () => {
    const { model, settings, harness } = stage;
    const page = await harness.openExtensionPage('options.html');
    await fillProvider(page, 'Moonshot AI (kimi.ai)', { address: model.baseUrl, key, model: 'kimi-k3' });
    model.next({ text: 'ready', firstTokenDelay: 1_100 });
    await press(page, 'Test connection');
    await see(page, 'Asking kimi-k3…');
    await until(
      async () => /^kimi-k3 answered in 1\.\d s\.$/.test(await outcomeOn(page)),
      'it answered',
      page,
    );
    const [request] = model.requests;
    expect(request?.headers.authorization).toBe(`Bearer ${key}`);
    expect(request?.body).toMatchObject({ model: 'kimi-k3', stream: true });
    expect(request?.prompt).toBe('Reply with the single word: ready');
    await page.close();
    await settings.bringToFront();
    const row = await find(settings, 'Moonshot AI (kimi.ai)', 'region');
    expect(await row.$(named('Set up', 'button'))).not.toBeNull();
  });

  const failures = [
    {
      name: 'a wrong key',
      behaviour: refusals.badKey,
      english: '{host} refused this key (401). Incorrect API key provided: sk-wrong. You can find',
      chinese: '{host} 拒绝了这个密钥（401）。 Incorrect API key provided: sk-wrong. You can find',
    },
    {
      name: 'a model that is not there',
      behaviour: refusals.modelNotFound,
      english: '{host} has no model “test-model”. The model `no-such-model` does not exist',
      chinese: '{host} 没有名为“test-model”的模型。 The model `no-such-model` does not exist',
    },
    {
      name: 'a web page',
      behaviour: refusals.html(),
      english: '{base} is not the address of a model API.',
      chinese: '{base} 不是模型接口的地址。',
    },
    {
      name: 'a limit',
      behaviour: refusals.rateLimit(7),
      english: '{host} asks to wait 7 s (429). Rate limit reached for requests.',
      chinese: '{host} 要求等待 7 秒（429）。 Rate limit reached for requests.',
    },
    {
      name: 'an internal error',
      behaviour: refusals.serverError,
      english: '{host} had an internal error (500). The server had an error',
      chinese: '{host} 内部出错（500）。 The server had an error',
    },
    {
      name: 'an empty answer',
      behaviour: { text: '' },
      english: 'test-model sent an empty answer.',
      chinese: 'test-model 返回了空的回答。',
    },
  ];
  it.each(failures)('explains $name', async ({ behaviour, english, chinese }) => {
    const { model, settings } = stage;
    await fillProvider(settings, provider, { address: model.baseUrl, model: 'test-model' });
    model.next(behaviour);
    await press(settings, 'Test connection');
    await seeBeginning(english);
    await speak(settings, '简体中文');
    await seeBeginning(chinese);
    await speak(settings, 'English');
    expect(model.requests).toHaveLength(1);
  });

  it('explains a server that is not there, and an address that is none', async () => {
    const { model, settings } = stage;
    await fillProvider(settings, provider, { address: 'http://127.0.0.1:9/v1' });
    await press(settings, 'Test connection');
    await seeBeginning('I cannot reach 127.0.0.1:9.');
    await fill(settings, 'Base address', 'my server');
    await press(settings, 'Test connection');
    await seeBeginning('my server is not the address of a model API.');
    expect(model.requests).toHaveLength(0);
  });

  async function seeBeginning(sentence: string) {
    const { model, settings } = stage;
    const wanted = String(about(model.baseUrl, { sentence, actions: [] }).sentence);
    const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    await seeAlert(settings, { sentence: new RegExp(`^${escaped}`), actions: [] });
  }
});

describe('an unencrypted address', () => {
  const allow = 'Allow this unencrypted address. The text and the key can be read on the way.';

  it('needs leave when it is not on this computer', async () => {
    const { model, settings } = stage;
    await fillProvider(settings, provider, { address: model.baseUrl });
    expect(await settings.$(named(allow, 'checkbox'))).toBeNull();
    await fill(settings, 'Base address', 'http://192.168.1.20:8080/v1');
    expect(await settings.$(named(allow, 'checkbox'))).toBeNull();

    // To the product a host like any other: with the dot it is not the name of this computer that it knows.
    const foreign = model.baseUrl.replace('127.0.0.1', 'localhost.');
    await fill(settings, 'Base address', foreign);
    await find(settings, allow, 'checkbox');
    await press(settings, 'Test connection');
    await seeAlert(settings, about(foreign, { sentence: '{host} is not encrypted.', actions: [] }));
    await press(settings, 'Save and use');
    await seeAlert(settings, about(foreign, { sentence: '{host} is not encrypted.', actions: [] }));
    expect([...model.requests, ...model.others]).toEqual([]);

    await press(settings, allow, 'checkbox');
    await press(settings, 'Test connection');
    await see(settings, 'test-model answered in');
    await seeNoAlert(settings);
    expect(model.requests).toHaveLength(1);
    await setUpProvider(settings, provider, { address: model.baseUrl });
    await see(settings, 'Saved.');
  });
});

describe('the key', () => {
  /** Every text in every database of the extension, by store. */
  const databases = () =>
    stage.panel.evaluate(async () => {
      const found: Record<string, string> = {};
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open(name);
          opening.onsuccess = () => resolve(opening.result);
        });
        for (const store of database.objectStoreNames) {
          const reading = database.transaction(store).objectStore(store).getAll();
          await new Promise((resolve) => {
            reading.onsuccess = resolve;
          });
          found[store] = JSON.stringify(reading.result);
        }
        database.close();
      }
      return found;
    });

  it('is kept in one place and goes to one address', async () => {
    const { article, harness, model, pages, panel, settings } = stage;
    const sent: string[] = [];
    for (const page of [panel, settings])
      page.on('request', (request) =>
        sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`),
      );
    await setUpProvider(settings, provider, { address: model.baseUrl, key });
    await see(settings, 'Saved.');
    await article.bringToFront();
    await press(panel, 'New chat');
    // The worst a server can do: it says the key back, in an error, in the answer's stream, in the answer.
    model.next(
      { status: 400, bodyText: JSON.stringify({ error: { message: `No such key: Bearer ${key}.` } }) },
      { text: 'It begins.', finishReason: null },
      { text: 'Nothing of the key here.' },
    );
    await ask(panel, 'Where is the key?');
    await see(panel, 'refused the request (400)');
    const shown = await panel.evaluate(() => document.documentElement.outerHTML);
    expect(shown).not.toContain(key);
    await press(panel, 'Try again');
    await see(panel, 'The connection dropped after 2 words.');
    await press(panel, 'Continue from there');
    await waitForAnswer(panel, 'Nothing of the key here.');

    const stores = await databases();
    expect(stores.keys).toContain(key);
    for (const [store, text] of Object.entries(stores))
      if (store !== 'keys') expect([store, text.includes(key)]).toEqual([store, false]);
    const areas = await (await harness.worker()).evaluate(async () =>
      JSON.stringify(
        await Promise.all(
          [chrome.storage.local, chrome.storage.sync, chrome.storage.session].map((area) => area.get(null)),
        ),
      ),
    );
    expect(areas).toContain(model.baseUrl);
    expect(areas).not.toContain(key);

    for (const request of model.requests) {
      expect(request.headers.authorization).toBe(`Bearer ${key}`);
      const { authorization: _, ...others } = request.headers;
      expect(JSON.stringify([request.path, others, request.text])).not.toContain(key);
    }
    expect(model.others).toEqual([]);
    expect(pages.visits.join()).not.toContain(key);
    const carriers = sent.filter((request) => request.includes(key));
    expect(carriers.length).toBeGreaterThan(0);
    for (const carrier of carriers)
      expect(carrier.startsWith(`${model.baseUrl}/chat/completions `)).toBe(true);
    expect(await panel.evaluate(() => document.documentElement.outerHTML)).not.toContain(key);
    expect(await settings.evaluate(() => document.documentElement.textContent)).not.toContain(key);
  });

  it('is hidden while it is typed, and shown on demand', async () => {
    const { settings } = stage;
    await fillProvider(settings, provider, {});
    expect(await screenText(settings)).not.toContain(key);
    const type = () =>
      settings.evaluate(
        (value) => [...document.querySelectorAll('input')].find((input) => input.value === value)?.type,
        key,
      );
    expect(await type()).toBe('password');
    await press(settings, 'Show the key');
    expect(await type()).toBe('text');
    await press(settings, 'Hide the key');
    expect(await type()).toBe('password');
  });

  it('goes with its provider', async () => {
    const { article, panel, settings } = stage;
    await fillProvider(settings, provider, {});
    await press(settings, 'Remove');
    await see(settings, 'and its key were removed.');
    expect((await databases()).keys).toBe('[]');
    const values = await settings.evaluate(() =>
      [...document.querySelectorAll('input')].map(({ value }) => value),
    );
    expect(values).not.toContain(key);
    await article.bringToFront();
    await see(panel, 'Works on this computer. Nothing is sent.');
  });
});
