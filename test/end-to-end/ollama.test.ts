/** Ollama lets no extension in. What the panel says of itself opens that door for the panel, and for nobody else. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type OllamaServer, startOllamaServer } from '../servers/ollama-server.ts';
import { missingFrom, paragraphsOf } from '../servers/page-server.ts';
import { typeQuestion, waitForAnswerEnd } from './steps.ts';
import { type Stage, setUpProvider, startStage } from './trouble-steps.ts';

const model = 'qwen3:30b';
let stage: Stage;
let ollama: OllamaServer;
beforeAll(async () => {
  ollama = await startOllamaServer({
    models: [{ name: model, info: { 'qwen3.context_length': 40_960 }, capabilities: ['completion'] }],
  });
  stage = await startStage();
  await setUpProvider(stage.settings, 'Ollama', { address: ollama.origin, model, window: '40960' });
});
beforeEach(async () => {
  await stage.startOver();
  for (const list of [ollama.requests, ollama.others, ollama.read]) list.length = 0;
});
afterAll(async () => {
  await stage?.close();
  await ollama?.close();
});

async function askFromPanel(): Promise<void> {
  await typeQuestion(stage.panel, 'Who keeps the lamps?');
  await stage.panel.keyboard.press('Enter');
  await waitForAnswerEnd(stage.panel);
}

it('answers the panel, which names Ollama’s own address, and gets the whole page', async () => {
  await askFromPanel();
  expect(ollama.requests).toHaveLength(1);
  expect(ollama.requests[0]?.headers.origin).toBe(ollama.origin);
  expect(ollama.requests[0]?.body).toMatchObject({ model, truncate: false, shift: false });
  expect(missingFrom(ollama.read[0] ?? '', paragraphsOf('/article'))).toEqual([]);
});

it('still refuses web pages: their requests carry their own origin, whatever they say', async () => {
  await askFromPanel();
  expect(ollama.read).toHaveLength(1);
  for (const origin of [stage.pages.origin, stage.pages.otherOrigin]) {
    const page = await stage.open(`${origin}/article`);
    const before = ollama.requests.length;
    const answered = await page.evaluate(
      async (address, own) => {
        const options = {
          method: 'POST',
          body: '{"model":"qwen3:30b","messages":[{"role":"user","content":"Hi."}]}',
        };
        const opaque = await fetch(address, { ...options, mode: 'no-cors', headers: { Origin: own } });
        const readable = await fetch(address, options).then(
          ({ status }) => status,
          () => 'unreadable',
        );
        return { opaque: opaque.type, readable };
      },
      `${ollama.origin}/api/chat`,
      ollama.origin,
    );
    expect(answered).toEqual({ opaque: 'opaque', readable: 'unreadable' });
    const fromPage = ollama.requests.slice(before);
    expect(fromPage.map(({ headers }) => headers.origin)).toEqual([origin, origin]);
  }
  expect(ollama.read).toHaveLength(1);
});

it('needs no rule about anybody’s requests for that', () => {
  const manifest = readFileSync(
    resolve(import.meta.dirname, '../../.output/chrome-mv3/manifest.json'),
    'utf8',
  );
  expect(manifest).not.toMatch(/declarativeNetRequest|webRequest/);
});
