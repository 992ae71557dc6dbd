import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startModelServer } from '../servers/model-server.ts';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import {
  ask,
  draft,
  find,
  press,
  screenText,
  see,
  typeQuestion,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { refused } from './trouble-sentences.ts';
import {
  about,
  fillProvider,
  type ProviderValues,
  questionsOn,
  refusePermissions,
  type Stage,
  seeAlert,
  seeInBothLanguages,
  seeInFront,
  seeNoAlert,
  setUpProvider,
  speak,
  startStage,
} from './trouble-steps.ts';

const question = 'What do the keepers of the tide book write down?';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.startOver());

/** Corrects the settings, and comes back to the article. */
async function connect(values: ProviderValues, provider = 'OpenAI-compatible') {
  await setUpProvider(stage.settings, provider, values);
  await stage.article.bringToFront();
}

const isChecked = (box: HTMLElement) => (box as HTMLInputElement).checked;

describe('a server that refuses', () => {
  it.each(refused)('explains $name and keeps the question', async ({ behaviour, english, chinese }) => {
    const { model, panel, settings } = stage;
    model.next(behaviour, { text: 'They write down the sea.' });
    await ask(panel, question);
    await seeInBothLanguages(stage, english, chinese);
    expect(await questionsOn(panel)).toEqual([question]);
    expect(model.requests).toHaveLength(1);

    // What is too long for the server comes with the ways on; here the user means to send the same once more.
    if (english.sentence.toString().includes('can hold')) {
      await see(panel, 'You choose how to go on.');
      await press(panel, 'Cancel');
    }
    // The list of models is there, over the question; Esc leaves all as it was.
    if (english.actions.includes('Use another model')) {
      await press(panel, 'Use another model');
      await find(panel, 'Model', 'listbox');
      await panel.keyboard.press('Escape');
    }
    const [action] = english.actions;
    if (action && !['Try again', 'Use another model'].includes(action)) {
      await press(panel, action);
      await seeInFront(settings);
    }
    await press(panel, 'Try again');
    await waitForAnswer(panel, 'They write down the sea.');
    await seeNoAlert(panel);
    expect(model.requests).toHaveLength(2);
    for (const request of model.requests) {
      expect(request.prompt).toContain(question);
      expect(missingFrom(request.prompt, paragraphsOf('/article'))).toEqual([]);
    }
  });
});

describe('a server that is not there', () => {
  const unreachable = {
    english: {
      sentence:
        'I cannot reach {host}. The name, port or certificate may be wrong, or the server is off. Your question is kept.',
      actions: ['Try again'],
    },
    chinese: {
      sentence: '无法连接 {host}。 域名、端口或证书可能有误，也可能服务器没有开。你的问题还在。',
      actions: ['再试一次'],
    },
  };

  it('keeps the question until the address is right', async () => {
    const { model, panel } = stage;
    const placeholder = createServer().listen(0, '127.0.0.1');
    await once(placeholder, 'listening');
    const nowhere = `http://127.0.0.1:${(placeholder.address() as AddressInfo).port}/v1`;
    await new Promise((resolve) => placeholder.close(resolve));

    await connect({ address: nowhere });
    await ask(panel, question);
    await seeInBothLanguages(stage, unreachable.english, unreachable.chinese, nowhere);
    expect(await questionsOn(panel)).toEqual([question]);
    await connect({ address: model.baseUrl });
    await press(panel, 'Try again');
    await waitForAnswer(panel, 'Hello.');
    await seeNoAlert(panel);
    expect(model.requests[0]?.prompt).toContain(question);
  });

  it('keeps the second question when the server went down after the first', async () => {
    const { model, panel } = stage;
    const other = await startModelServer();
    await connect({ address: other.baseUrl });
    await ask(panel, question);
    await waitForAnswer(panel, 'Hello.');
    await other.close();
    await ask(panel, 'And the seals?');
    await seeAlert(panel, {
      ...unreachable.english,
      sentence: unreachable.english.sentence.replace('{host}', new URL(other.origin).host),
    });
    expect(await questionsOn(panel)).toEqual([question, 'And the seals?']);

    await connect({ address: model.baseUrl });
    await press(panel, 'Try again');
    await seeNoAlert(panel);
    const { body } = await model.request(0);
    expect(body.messages?.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(body.messages?.at(-1)?.content).toContain('And the seals?');
  });
});

describe('what is known before anything is sent', () => {
  afterEach(() => connect({ address: stage.model.baseUrl, window: '' }));

  it('has no key: the question stays, may be changed, and goes when the key is there', async () => {
    const { model, panel, settings } = stage;
    await connect({ address: model.baseUrl }, 'Moonshot AI (kimi.ai)');
    await typeQuestion(panel, question);
    await panel.keyboard.press('Enter');
    await seeInBothLanguages(
      stage,
      {
        sentence: 'No API key for Moonshot AI (kimi.ai) yet. Your question is kept.',
        actions: ['Add a key', 'Try again'],
      },
      {
        sentence: '还没有填写 Moonshot AI (kimi.ai) 的密钥。 问题已保留。',
        actions: ['填写密钥', '再试一次'],
      },
    );
    expect(await draft(panel)).toBe(question);
    expect(await questionsOn(panel)).toEqual([]);
    await typeQuestion(panel, ' And since when?');
    await press(panel, 'Add a key');
    await seeInFront(settings);
    await connect({ key: 'sk-late' }, 'Moonshot AI (kimi.ai)');

    await press(panel, 'Try again');
    await waitForAnswer(panel, 'Hello.');
    await seeNoAlert(panel);
    expect(await questionsOn(panel)).toEqual([`${question} And since when?`]);
    expect(await draft(panel)).toBe('');
    expect(model.requests).toHaveLength(1);
    expect(model.requests[0]?.headers.authorization).toBe('Bearer sk-late');
  });

  it('is too long for the model: the ways on are offered with numbers and nothing is sent', async () => {
    const { model, panel, settings } = stage;
    await connect({ window: '2000' });
    await typeQuestion(panel, question);
    await panel.keyboard.press('Enter');
    await see(panel, 'This is more than test-model can hold');
    await see(panel, 'Nothing was sent and nothing was cut. You choose how to go on.');
    expect(await screenText(panel)).toMatch(/≈ [\d,]+ tokens in 1 source, with room for the answer/);
    await speak(settings, '简体中文');
    await see(panel, '超出了 test-model 的上限');
    await see(panel, '尚未发送，也没有删减。请选择如何继续。');
    await speak(settings, 'English');
    await press(panel, 'Cancel');
    expect(await draft(panel)).toBe(question);
    expect(model.requests).toHaveLength(0);

    await connect({ window: '' });
    await press(panel, 'Send');
    await waitForAnswerEnd(panel);
    expect(await draft(panel)).toBe('');
    expect(model.requests).toHaveLength(1);
  });

  it('may not reach the host: the question goes when the user allows it', async () => {
    const { model, panel, settings } = stage;
    const address = model.baseUrl.replace('127.0.0.1', 'localhost');
    const allowInSettings = await refusePermissions(settings);
    await connect({ address });
    await allowInSettings();
    await typeQuestion(panel, question);
    await panel.keyboard.press('Enter');
    const notice = {
      sentence:
        'The browser has not let me reach {host}. Only you can allow it. Nothing was sent, and your question is kept.',
      actions: ['Allow {host}'],
    };
    const chinese = {
      sentence: '浏览器尚未允许访问 {host}。 只有你可以授权。尚未发送，问题已保留。',
      actions: ['允许访问 {host}'],
    };
    await seeInBothLanguages(stage, notice, chinese, address);
    const allow = `Allow ${new URL(address).host}`;
    const allowInPanel = await refusePermissions(panel);
    await press(panel, allow);
    await seeAlert(panel, about(address, notice));
    expect(await draft(panel)).toBe(question);
    expect(model.requests).toHaveLength(0);

    await allowInPanel();
    await press(panel, allow);
    await waitForAnswer(panel, 'Hello.');
    await seeNoAlert(panel);
    expect(await questionsOn(panel)).toEqual([question]);
    expect(await draft(panel)).toBe('');
    expect(model.requests).toHaveLength(1);
  });

  const allowUnencrypted = 'Allow this unencrypted address. The text and the key can be read on the way.';
  /** To the product a host like any other: with the dot it is not the name of this computer that it knows. */
  const foreign = () => stage.model.baseUrl.replace('127.0.0.1', 'localhost.');

  it('is not encrypted: nothing is sent before the user allows that', async () => {
    const { model, panel, settings } = stage;
    await connect({ address: foreign() });
    await typeQuestion(panel, question);
    await panel.keyboard.press('Enter');
    await seeInBothLanguages(
      stage,
      {
        sentence:
          '{host} is not encrypted. The text and your key could be read on the way. Nothing was sent. Use https, or allow it in settings.',
        actions: ['Edit the address', 'Try again'],
      },
      {
        sentence: '{host} 没有加密。 文字和密钥会在途中被看到。尚未发送。请使用 https，或在设置中允许。',
        actions: ['修改地址', '再试一次'],
      },
      foreign(),
    );
    expect(await draft(panel)).toBe(question);
    expect([...model.requests, ...model.others]).toHaveLength(0);

    await press(panel, 'Edit the address');
    await seeInFront(settings);
    await press(settings, allowUnencrypted, 'checkbox');
    await connect({});
    await press(panel, 'Try again');
    await waitForAnswer(panel, 'Hello.');
    await seeNoAlert(panel);
    expect(model.requests).toHaveLength(1);
  });

  it('is offline: the question waits until the connection is back', async () => {
    const { model, panel, settings } = stage;
    await fillProvider(settings, 'OpenAI-compatible', { address: foreign() });
    if (!(await (await find(settings, allowUnencrypted, 'checkbox')).evaluate(isChecked)))
      await press(settings, allowUnencrypted, 'checkbox');
    await connect({});
    await panel.setOfflineMode(true);
    await typeQuestion(panel, question);
    await panel.keyboard.press('Enter');
    await seeInBothLanguages(
      stage,
      {
        sentence:
          'You are offline. Chats and saved pages still open, and a model on this computer can answer. Your question is kept.',
        actions: ['Try again', 'Use another model'],
      },
      {
        sentence: '当前离线。 对话和已保存的网页仍可打开，这台电脑上的模型也能回答。问题已保留。',
        actions: ['再试一次', '换一个模型'],
      },
    );
    expect(await draft(panel)).toBe(question);
    await press(panel, 'Try again');
    await seeAlert(panel, {
      sentence:
        'You are offline. Chats and saved pages still open, and a model on this computer can answer. Your question is kept.',
      actions: ['Try again', 'Use another model'],
    });
    await panel.setOfflineMode(false);
    await press(panel, 'Try again');
    await waitForAnswer(panel, 'Hello.');
    await seeNoAlert(panel);
    expect(model.requests).toHaveLength(1);
  });
});
