import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { startTranslateServer, type TranslateServer } from '../servers/translate-server.ts';
import { linesOf, translator } from '../servers/translator.ts';
import { seeNothingWrong } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import { connectModel, openPanel, see, until } from './steps.ts';

/** The terms of a page that is translated: an edit in the panel translates what it changes, and nothing else. */

declare const chrome: { storage: { local: { set(values: object): Promise<void> } } };

let model: ModelServer;
let pages: TranslateServer;
let harness: Harness;

beforeAll(async () => {
  [model, pages] = await Promise.all([startModelServer(), startTranslateServer()]);
  harness = await launch({ grant: ['http://127.0.0.1/*'] });
  await connectModel(harness, { baseUrl: model.baseUrl, key: 'key' });
  await harness.grantNow('http://127.0.0.1/*');
  await (await harness.worker()).evaluate(() => chrome.storage.local.set({ translateInto: 'zh-Hans' }));
});
afterAll(async () => {
  await harness?.close();
  await Promise.all([pages?.close(), model?.close()]);
});

it('is opened from the translation; an edit translates just the paragraphs that use another word', async () => {
  model.always(translator({ terms: [['council', '委员会', 'the body']] }));
  const page = await harness.page(`${pages.origin}/prose`);
  const panel = await openPanel(harness, page);
  await harness.dispatchCommand('translate-page');
  await see(panel, '1 term');
  await until(async () => (await page.$$('wholemoon-t')).length > 10, 'translations in the page');
  await see(panel, 'done');
  await (await panel.waitForSelector('::-p-aria([name="1 term"][role="button"])'))?.click();
  await see(panel, 'Terms on this page');
  await (await panel.waitForSelector('::-p-aria([name="Edit “council”"])'))?.click();
  const field = await panel.waitForSelector('::-p-aria([name="What it is called"])');
  await field?.click({ count: 3 });
  await field?.type('理事会');
  const save = await panel.waitForSelector('::-p-text(Save and fix)');
  const count = Number(/\d+/.exec((await save?.evaluate((one) => one.textContent)) ?? '')?.[0]);
  expect(count).toBeGreaterThan(0);
  await seeNothingWrong(panel, undefined, false);
  const before = model.requests.length;
  model.always(translator({ terms: [['council', '理事会', 'the body']] }));
  await save?.click();
  await until(
    async () => (await page.evaluate(() => document.body.innerText)).includes('理事会'),
    'the new word is in the page',
  );
  const again = model.requests.slice(before);
  expect(again.flatMap((request) => linesOf(request)).length).toBe(count);
  expect(again.every(({ prompt }) => prompt.includes('"term":"council","translation":"理事会"'))).toBe(true);
  await see(panel, 'locked by you');
  await seeNothingWrong(panel, undefined, false);
  await until(
    async () => !(await page.evaluate(() => document.body.innerText)).includes('委员会'),
    'no paragraph has the old word',
  );
});
