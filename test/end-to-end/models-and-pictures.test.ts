/** Choosing among many models, and pictures that go with a question. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ollamaChat } from '../servers/dialects/ollama.ts';
import { startModelServer } from '../servers/model-server.ts';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import {
  ask,
  chooseModel,
  draft,
  find,
  press,
  screenText,
  see,
  typeQuestion,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import {
  alertsOn,
  connectKimi,
  lookAt,
  panelViews,
  type Stage,
  seeAlert,
  setUpProvider,
  startStage,
} from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: {
    local: {
      get(key: string): Promise<Record<string, unknown>>;
      set(items: Record<string, unknown>): Promise<void>;
    };
  };
};

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await connectKimi(stage);
  await stage.article.bringToFront();
});
beforeEach(() => stage.startOver());
afterAll(() => stage?.close());

const shownOptions = () =>
  stage.panel.$$eval('[role="option"]', (options) =>
    options.map((option) => (option as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
  );
const focused = () =>
  stage.panel.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.tagName;
  });
const openList = () => stage.panel.locator('[aria-haspopup="listbox"]').click();
const listClosed = () =>
  until(async () => (await stage.panel.$('[role="listbox"]')) === null, 'the list closed', stage.panel);
/** The model that an Enter would choose. */
const marked = () =>
  stage.panel.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant');
    return (id && document.getElementById(id)?.innerText.replace(/\s+/g, ' ').trim()) || '';
  });
const pictures = (name: string, within?: string) =>
  lookAt(stage.settings, stage.panel, name, { views: panelViews, height: 760, within });

describe('the list of models', () => {
  it('has every connected model by provider, longest window first, with window and price', async () => {
    const { panel } = stage;
    await chooseModel(panel, 'kimi-k3');
    await openList();
    const options = await shownOptions();
    expect(options.indexOf('test-model 131K')).toBe(0);
    expect(options.slice(-2)).toEqual(['Excerpts ∞', 'Set up a model…']);
    expect(options).toContain('kimi-k3 1M $3.00 / $15.00');
    expect(options.findIndex((text) => text.startsWith('kimi-k3 '))).toBeLessThan(
      options.findIndex((text) => text.startsWith('kimi-k2.6 ')),
    );
    const selected = await panel.$$eval('[role="option"][aria-selected="true"]', (list) =>
      list.map((option) => (option as HTMLElement).innerText.split('\n')[0]),
    );
    expect(selected).toEqual(['kimi-k3']);
    expect(await marked()).toContain('kimi-k3');
    await pictures('models', '.model-list');
    await panel.keyboard.press('Escape');
    await listClosed();
    expect(await focused()).toBe('Model: kimi-k3');
  });

  it('is used by keyboard alone, and what was sent stays as it was sent', async () => {
    const { panel, model } = stage;
    await chooseModel(panel, 'test-model');
    model.always({ text: 'At six.' });
    await ask(panel, 'When?');
    await waitForAnswerEnd(panel);
    await (await find(panel, 'Model: test-model', 'button')).focus();
    await panel.keyboard.press('ArrowDown');
    expect(await marked()).toContain('test-model');
    await panel.keyboard.press('ArrowDown');
    await panel.keyboard.press('End');
    expect(await marked()).toBe('Set up a model…');
    await panel.keyboard.press('Home');
    for (let step = 0; step < 20 && !(await marked()).startsWith('kimi-k3 '); step++)
      await panel.keyboard.press('ArrowDown');
    await panel.keyboard.press('Enter');
    await listClosed();
    expect(await focused()).toMatch(/^Model: /);
    await find(panel, 'Model: kimi-k3', 'button');
    await ask(panel, 'And where?');
    await waitForAnswerEnd(panel);
    const [first, second] = model.requests;
    expect([first?.body.model, second?.body.model]).toEqual(['test-model', 'kimi-k3']);
    const beginning = first?.prompt ?? '';
    expect(second?.prompt.startsWith(beginning)).toBe(true);
    const heads = await panel.$$eval('article', (answers) =>
      answers.map((answer) => answer.querySelector('b')?.textContent),
    );
    expect(heads).toEqual(['test-model', 'kimi-k3']);
  });

  it('finds one of many by a part of its name, and keeps long names on one line', async () => {
    const { panel, settings } = stage;
    const before = await settings.evaluate(() => chrome.storage.local.get('providers'));
    await settings.evaluate(async () => {
      const { providers } = (await chrome.storage.local.get('providers')) as {
        providers: { providerId: string; listed?: object }[];
      };
      const models = Array.from({ length: 60 }, (_, index) => ({
        id: `vendor/a-model-with-a-name-longer-than-any-panel-is-wide-${index}`,
        name: `vendor/a-model-with-a-name-longer-than-any-panel-is-wide-${index}`,
        window: 1_000 * (index + 1),
      }));
      for (const entry of providers)
        if (entry.providerId === 'custom') entry.listed = { models, at: Date.now() };
      await chrome.storage.local.set({ providers });
    });
    await until(
      async () => {
        if (!(await panel.$('[role="listbox"]'))) await openList();
        return (await shownOptions()).length > 60;
      },
      'all models are listed',
      panel,
    );
    expect(await focused()).toBe('Find a model');
    await panel.keyboard.type('wide-5');
    expect(await shownOptions()).toHaveLength(12);
    expect((await shownOptions())[0]).toContain('wide-59 60K');
    await pictures('models-many', '.model-list');
    await panel.keyboard.type('zzz');
    await see(panel, 'No connected model is called “wide-5zzz”.');
    // Esc is meant for the list; what is typed in the question stays.
    await panel.keyboard.press('Escape');
    await listClosed();
    await settings.evaluate((items) => chrome.storage.local.set(items), before);
  });
});

describe('a picture', () => {
  /** One red pixel. */
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
  const path = join(tmpdir(), `wholemoon-gauge-${process.pid}.png`);
  beforeAll(() => writeFileSync(path, Buffer.from(pixel, 'base64')));
  const add = async (file = path) => {
    const field = (await stage.panel.$('input[type="file"]')) as ElementHandle<HTMLInputElement>;
    await field.uploadFile(file);
  };

  it('is refused before sending by a model that cannot see, and waits for one that can', async () => {
    const { panel, model } = stage;
    await chooseModel(panel, 'test-model');
    await add();
    await find(panel, `Remove the picture “${basename(path)}”`, 'button');
    await typeQuestion(panel, 'What does the gauge show?');
    await panel.keyboard.press('Enter');
    await seeAlert(panel, {
      sentence:
        'test-model cannot see pictures. There is 1 picture in this chat. Nothing was sent. A model that sees can answer it.',
      actions: ['Use another model', 'Try again'],
    });
    expect(model.requests).toHaveLength(0);
    expect(await draft(panel)).toBe('What does the gauge show?');
    await pictures('picture-refused');

    // As a user corrects it in settings.
    await stage.settings.evaluate(async () => {
      const { providers } = (await chrome.storage.local.get('providers')) as {
        providers: { providerId: string; corrections?: object }[];
      };
      for (const entry of providers)
        if (entry.providerId === 'moonshot') entry.corrections = { 'kimi-k3.1-pro': { vision: true } };
      await chrome.storage.local.set({ providers });
    });
    model.next({ text: 'Two metres.' });
    await chooseModel(panel, 'kimi-k3.1-pro');
    await press(panel, 'Try again');
    await waitForAnswer(panel, 'Two metres.');
    const [request] = model.requests;
    expect(request?.text).toContain(`data:image/png;base64,${pixel}`);
    expect(missingFrom(request?.prompt ?? '', paragraphsOf('/article'))).toEqual([]);
    expect(await draft(panel)).toBe('');
    expect(await panel.$$('.chip-image')).toHaveLength(0);
    await find(panel, 'Picture 1', 'image');
    // What a picture costs is between vendors; nobody is accused of cutting because of it.
    expect(await alertsOn(panel)).toEqual([]);
    await pictures('picture-sent');
  });

  it('can be dropped, survives the panel, and is taken away again; a file that is none is refused', async () => {
    const { panel } = stage;
    await panel.evaluate((data) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
      dataTransfer.items.add(new File([new Uint8Array([0, 1, 2, 3])], 'words.png', { type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    }, pixel);
    // What is none says so in its row, and the other is there all the same.
    await see(panel, 'words.png Not a picture that models take. PNG, JPEG, WebP and GIF go with a question.');
    await press(panel, 'Remove words.png');
    await until(async () => !(await screenText(panel)).includes('words.png'), 'its row is gone', panel);
    await see(panel, 'dropped.png');
    await panel.reload();
    // The panel comes back with the chat of the page, if it has one; the draft is that of a new chat.
    await press(panel, 'New chat');
    await see(panel, 'dropped.png');
    await press(panel, 'Remove the picture “dropped.png”');
    await until(async () => !(await screenText(panel)).includes('dropped.png'), 'it is gone', panel);
  });
});

describe('Ollama that turns browsers away', () => {
  it('is explained with the line to set and a button that checks again', async () => {
    const { panel, settings } = stage;
    const ollama = await startModelServer({ dialect: ollamaChat });
    try {
      await setUpProvider(settings, 'Ollama', { address: ollama.origin, model: 'qwen3:8b' });
      await stage.article.bringToFront();
      ollama.next(
        { status: 403, bodyText: '', headers: { 'content-type': 'text/plain' } },
        { text: 'At six.' },
      );
      await ask(panel, 'When?');
      // The line to set has words of programs, which `seeAlert` would not let pass.
      await until(async () => (await alertsOn(panel)).length > 0, 'a notice is shown', panel);
      expect(await alertsOn(panel)).toEqual([
        {
          sentence:
            'Ollama is running but turns browsers away (403). Set this once where it runs, then restart it. Your question is kept.OLLAMA_ORIGINS=chrome-extension://*,moz-extension://*',
          actions: ['Copy', 'Check again'],
        },
      ]);
      await pictures('origin-refused');
      await press(panel, 'Check again');
      await waitForAnswer(panel, 'At six.');
    } finally {
      await ollama.close();
    }
  });
});
