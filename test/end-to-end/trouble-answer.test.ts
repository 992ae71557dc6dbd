import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Behaviour, refusals } from '../servers/model-server.ts';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import { answerText, ask, press, see, until, waitForAnswer } from './steps.ts';
import { filtered, firstPart, stopped, wholeAnswer } from './trouble-sentences.ts';
import {
  about,
  alertsOn,
  type Notice,
  questionsOn,
  type Stage,
  seeAlert,
  seeInBothLanguages,
  seeNoAlert,
  startStage,
} from './trouble-steps.ts';

const question = 'What do the keepers of the tide book write down?';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.startOver());

describe('an answer that stops', () => {
  it.each(stopped)('keeps the text after $name and goes on', async ({ behaviour, english, chinese }) => {
    const { model, panel } = stage;
    model.next(behaviour, { text: wholeAnswer.slice(firstPart.length) });
    await ask(panel, question);
    await seeInBothLanguages(stage, english, chinese);
    expect(await answerText(panel)).toBe(firstPart);
    expect(await questionsOn(panel)).toEqual([question]);

    await press(panel, 'Continue from there');
    await waitForAnswer(panel, wholeAnswer);
    await seeNoAlert(panel);
    expect(await answerText(panel)).toBe(wholeAnswer);
    const [, second] = model.requests;
    expect(second?.body.messages?.at(-2)).toEqual({ role: 'assistant', content: firstPart });
    expect(missingFrom(second?.prompt ?? '', paragraphsOf('/article'))).toEqual([]);
  });

  it('keeps the text after a content filter and asks again', async () => {
    const { model, panel } = stage;
    model.next(filtered.behaviour, { text: wholeAnswer });
    await ask(panel, question);
    await seeInBothLanguages(stage, filtered.english, filtered.chinese);
    expect(await answerText(panel)).toBe(firstPart);

    await press(panel, 'Try again');
    await waitForAnswer(panel, wholeAnswer);
    await seeNoAlert(panel);
    await press(panel, 'Earlier answer');
    await until(async () => (await answerText(panel)) === firstPart, 'the first answer is shown', panel);
  });
});

describe('a server that asks for a pause', () => {
  const countdown = (cause: string): Notice => ({
    sentence: new RegExp(`^${cause} Trying again in \\d+ s\\.$`),
    actions: ['Try now'],
  });
  const tooMany = countdown('Too many requests\\.');

  it('counts down after 429 and goes on by itself', async () => {
    const { model, panel } = stage;
    model.next(refusals.rateLimit(2), { hold: true });
    await ask(panel, question);
    await seeAlert(panel, tooMany);
    const shown = new Set<unknown>();
    await until(async () => {
      const [alert] = await alertsOn(panel);
      if (alert) shown.add(alert.sentence);
      return !alert;
    }, 'the pause was over');
    expect([...shown]).toEqual([
      'Too many requests. Trying again in 2 s.',
      'Too many requests. Trying again in 1 s.',
    ]);
    const second = await model.request(1);
    expect(second.at - (model.requests[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_950);
    // What is waited for now is the model.
    await see(panel, 'Waiting for test-model');
    expect(await questionsOn(panel)).toEqual([question]);
    await press(panel, 'Stop');
    expect(await second.ended).toBe('closed-by-client');
  });

  it('can be told not to wait', async () => {
    const { model, panel } = stage;
    model.next(refusals.rateLimit(100), { text: 'Here it is.' });
    await ask(panel, question);
    await seeInBothLanguages(stage, tooMany, {
      sentence: /^请求过于频繁。 \d+ 秒后重试。$/,
      actions: ['立即重试'],
    });
    await press(panel, 'Try now');
    await waitForAnswer(panel, 'Here it is.');
    await seeNoAlert(panel);
    expect(model.requests).toHaveLength(2);
  });

  it('can be stopped while it waits', async () => {
    const { model, panel } = stage;
    model.next(refusals.rateLimit(100));
    await ask(panel, question);
    await seeAlert(panel, tooMany);
    await press(panel, 'Stop');
    await see(panel, 'Stopped by you before the first word. Try again');
    expect(model.requests).toHaveLength(1);
    expect(await questionsOn(panel)).toEqual([question]);
  });

  it('says how long a server wants to wait when that is too long', async () => {
    const { model, panel } = stage;
    model.next(refusals.rateLimit(3_600));
    await ask(panel, question);
    await seeInBothLanguages(
      stage,
      {
        sentence: '{host} asks to wait 3,600 s (429). I have stopped trying. Your question is kept.',
        actions: ['Try again'],
      },
      { sentence: '{host} 要求等待 3,600 秒（429）。 已停止重试，问题已保留。', actions: ['再试一次'] },
    );
    expect(model.requests).toHaveLength(1);
  });

  const hopeless: { name: string; behaviour: Behaviour; cause: string; english: string; chinese: string }[] =
    [
      {
        name: '429 for ever',
        behaviour: refusals.rateLimit(1),
        cause: 'Too many requests\\.',
        english: '{host} asks to wait 1 s (429). I have stopped trying. Your question is kept.',
        chinese: '{host} 要求等待 1 秒（429）。 已停止重试，问题已保留。',
      },
      {
        name: 'an internal error (500)',
        behaviour: refusals.serverError,
        cause: '127\\.0\\.0\\.1:\\d+ had an internal error \\(500\\)\\.',
        english: '{host} had an internal error (500). I tried several times. Your question is kept.',
        chinese: '{host} 内部出错（500）。 已重试多次，问题已保留。',
      },
      {
        name: 'the error page of a load balancer (502)',
        behaviour: {
          status: 502,
          headers: { 'content-type': 'text/html' },
          bodyText: '<html><h1>502 Bad Gateway</h1><p>The load balancer got no answer.</p></html>',
        },
        cause: '127\\.0\\.0\\.1:\\d+ had an internal error \\(502\\)\\.',
        english: '{host} had an internal error (502). I tried several times. Your question is kept.',
        chinese: '{host} 内部出错（502）。 已重试多次，问题已保留。',
      },
    ];

  it.each(hopeless)('gives up after four requests: $name', async ({ behaviour, cause, english, chinese }) => {
    const { model, panel } = stage;
    model.always(behaviour);
    await ask(panel, question);
    for (let attempt = 1; attempt < 4; attempt++) {
      await model.request(attempt - 1);
      if (behaviour.status === 429) continue; // waits by itself, a second each time
      await seeAlert(panel, countdown(cause));
      await press(panel, 'Try now');
    }
    await seeInBothLanguages(
      stage,
      { sentence: english, actions: ['Try again'] },
      { sentence: chinese, actions: ['再试一次'] },
    );
    expect(model.requests).toHaveLength(4);
    expect(await questionsOn(panel)).toEqual([question]);

    model.always({ text: 'It works again.' });
    await press(panel, 'Try again');
    await waitForAnswer(panel, 'It works again.');
    await seeNoAlert(panel);
    expect(model.requests).toHaveLength(5);
    expect(about(model.baseUrl, { sentence: english, actions: [] }).sentence).not.toContain('{');
  });
});
