/** Ollama answers only to places it knows: our questions get in, and nothing else does because of us. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OllamaServer, type OllamaServerOptions, startOllamaServer } from '../servers/ollama-server.ts';
import { missingFrom, type PageServer, paragraphsOf, startPageServer } from '../servers/page-server.ts';
import { type Harness, launch } from './harness.ts';
import {
  ask,
  openPanelOn,
  press,
  screenshot,
  see,
  typeQuestion,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { alertsOn, seeNoAlert, setUpProvider } from './trouble-steps.ts';

const options: OllamaServerOptions = { models: { 'qwen4:8b': { contextLength: 524_288 } } };
let harness: Harness;
let ollama: OllamaServer;
let pages: PageServer;
let panel: Awaited<ReturnType<typeof openPanelOn>>['panel'];
beforeAll(async () => {
  [ollama, pages, harness] = await Promise.all([
    startOllamaServer(options),
    startPageServer(),
    launch({ grant: ['<all_urls>'] }),
  ]);
  const settings = await harness.openExtensionPage('options.html');
  await setUpProvider(settings, 'Ollama', { address: ollama.origin, model: 'qwen4:8b', window: '524288' });
  ({ panel } = await openPanelOn(harness, `${pages.origin}/article`));
});
afterAll(async () => {
  await harness?.close();
  await Promise.all([ollama?.close(), pages?.close()]);
});

it('answers our question, which says the server’s own address, and has read all of the page', async () => {
  await ask(panel, 'Who keeps the lamps?');
  await waitForAnswer(panel, 'I have read it.');
  await seeNoAlert(panel);
  const question = ollama.questions().at(-1);
  expect(question).toMatchObject({
    status: 200,
    path: '/api/chat',
    origin: ollama.origin,
    body: { truncate: false, shift: false },
  });
  expect(question?.kept).toBe(question?.sent);
  expect((question?.window ?? 1) % 8_192).toBe(0);
  expect(missingFrom(question?.read ?? '', paragraphsOf('/article'))).toEqual([]);
  // The server does refuse extensions: without the header it would have been a 403.
  const refused = await fetch(`${ollama.origin}/api/tags`, {
    headers: { origin: `chrome-extension://${harness.extensionId}` },
  });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toBe('');
});

it('makes room for a long page once it may, and reads all of it', async () => {
  const page = await harness.page(`${pages.origin}/long-zh`);
  await press(panel, 'New chat');
  await see(panel, 'Read in full');
  const before = ollama.questions().length;
  await typeQuestion(panel, '写的是什么？');
  await panel.keyboard.press('Enter');
  await see(panel, 'qwen4:8b has to make room for');
  await screenshot(panel, 'ollama-memory');
  expect(ollama.questions()).toHaveLength(before);
  await press(panel, 'Go on');
  await waitForAnswer(panel, 'I have read it.', 60_000);
  await seeNoAlert(panel);
  const question = ollama.questions().at(-1);
  expect(question).toMatchObject({ status: 200, kept: question?.sent });
  expect(question?.window).toBeGreaterThan(32_768);
  expect(missingFrom(question?.read ?? '', paragraphsOf('/long-zh'))).toEqual([]);
  await page.close();
});

it.each([
  ['as any page would', {}],
  ['with the header that we set', { Origin: 'http://127.0.0.1' }],
])('still refuses a web page that asks %s', async (_, headers) => {
  const { port } = new URL(pages.origin);
  const stranger = await harness.page(`http://stranger.localhost:${port}/article`);
  const before = ollama.requests.length;
  const outcome = await stranger.evaluate(
    async (server, more) => {
      const body = '{"model":"qwen4:8b","messages":[{"role":"user","content":"Who are you?"}]}';
      const attempts = ['cors', 'no-cors'].map(async (mode) => {
        const response = await fetch(`${server}/api/chat`, {
          method: 'POST',
          mode: mode as RequestMode,
          headers: more,
          body,
        });
        return response.type === 'opaque' ? 'opaque' : response.text();
      });
      return (await Promise.allSettled(attempts)).map((attempt) =>
        attempt.status === 'fulfilled' ? attempt.value : 'failed',
      );
    },
    ollama.origin,
    headers,
  );
  expect(outcome).toEqual(['failed', 'opaque']);
  const seen = ollama.requests.slice(before);
  expect(seen.length).toBeGreaterThanOrEqual(2);
  for (const { origin, status } of seen) {
    expect(origin).toBe(`http://stranger.localhost:${port}`);
    expect(status).toBe(403);
  }
  await stranger.close();
});

it('says what to set when it refuses all the same, and goes on from there', async () => {
  options.refusesAll = true;
  await ask(panel, 'And who pays them?');
  await waitForAnswerEnd(panel);
  await until(async () => (await alertsOn(panel)).length === 1, 'the notice came', panel);
  const [notice] = await alertsOn(panel);
  await screenshot(panel, 'ollama-refused');
  expect(notice?.sentence).toMatch(/^Ollama .*\(403\)\./);
  expect(notice?.sentence).toContain('OLLAMA_ORIGINS=chrome-extension://*,moz-extension://*');
  expect(notice?.sentence).toContain('Your question is kept.');
  options.refusesAll = false;
  const again = notice?.actions.find((name) => /again$/.test(name)) ?? '';
  await press(panel, again);
  await waitForAnswer(panel, 'I have read it.');
  await seeNoAlert(panel);
  expect(ollama.questions().at(-1)?.read).toContain('And who pays them?');
});
