/** Everything saved to a file and brought back from it, as a user does it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, fill, press, screenshot, screenText, see, until, waitForAnswerEnd } from './steps.ts';
import { lookAt, pageViews, type Stage, setUpProvider, startStage } from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: { storage: { local: { clear(): Promise<void> } } };

const canary = 'sk-canary-3Gk8Backup';
const passphrase = 'correct horse battery';
const keysToo = 'Also keep my API keys in it, locked with a passphrase';

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await startStage();
  folder = await mkdtemp(join(tmpdir(), 'wholemoon-backup-'));
  const session = await stage.settings.createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
});
afterAll(async () => {
  await stage?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** Presses “Save a backup”; the path and the text of the file that the browser kept. */
async function save(): Promise<{ path: string; text: string }> {
  for (const name of await readdir(folder)) await rm(join(folder, name));
  await press(stage.settings, 'Save a backup');
  await see(stage.settings, 'The backup was made');
  const finished = async () => (await readdir(folder)).filter((name) => name.endsWith('.json'));
  await until(async () => (await finished()).length > 0, 'the file was kept');
  const path = join(folder, (await finished())[0] ?? '');
  return { path, text: await readFile(path, 'utf8') };
}

/** Presses “Bring in a backup”, by its name in the language of the page, and picks a file. */
async function choose(path: string, name = 'Bring in a backup'): Promise<void> {
  const [chooser] = await Promise.all([stage.settings.waitForFileChooser(), press(stage.settings, name)]);
  await chooser.accept([path]);
}

describe('a backup', () => {
  it('brings back chats, providers and keys after everything was lost, and shows them first', async () => {
    const { settings, panel, model, article } = stage;
    await setUpProvider(settings, 'OpenAI-compatible', {
      address: model.baseUrl,
      key: canary,
      model: 'test-model',
    });
    await article.bringToFront();
    await ask(panel, 'When does the tide turn?');
    await waitForAnswerEnd(panel);
    await settings.bringToFront();

    const plain = await save();
    expect(plain.text).toContain('When does the tide turn?');
    expect(plain.text).not.toContain(canary);

    await press(settings, keysToo, 'checkbox');
    await fill(settings, 'Passphrase', passphrase);
    const locked = await save();
    expect(locked.text).not.toContain(canary);
    expect(locked.text).not.toContain(passphrase);

    // As when the profile was damaged: nothing is left.
    await settings.evaluate(async () => {
      await chrome.storage.local.clear();
      const opened = indexedDB.open('wholemoon');
      await new Promise((resolve) => {
        opened.onsuccess = resolve;
      });
      const names = [...opened.result.objectStoreNames];
      const emptying = opened.result.transaction(names, 'readwrite');
      for (const name of names) emptying.objectStore(name).clear();
      await new Promise((resolve) => {
        emptying.oncomplete = resolve;
      });
      opened.result.close();
    });
    await settings.reload();
    await choose(locked.path);
    await see(settings, 'It would add 1 chat');
    await see(settings, model.baseUrl);
    await screenshot(settings, 'backup-found');
    expect(await screenText(settings)).not.toContain('was added');
    await fill(settings, 'Passphrase', 'not this one, no');
    await press(settings, 'Add these');
    await see(settings, 'The passphrase does not open the keys.');
    await fill(settings, 'Passphrase', passphrase);
    await press(settings, 'Add these');
    await see(settings, '1 chat, 1 provider and 1 key were added.');
    expect(await settings.evaluate(() => document.documentElement.outerHTML)).not.toContain(canary);

    model.reset();
    await article.bringToFront();
    await press(panel, 'New chat');
    await ask(panel, 'And then?');
    await waitForAnswerEnd(panel);
    expect(model.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`);

    await settings.bringToFront();
    await choose(locked.path);
    await see(settings, 'It has nothing that is missing here.');
    await press(settings, 'Cancel');
  });

  it('that is none is refused with a sentence, and nothing changes', async () => {
    const path = join(folder, 'other.json');
    await writeFile(path, '{"chats":[{"id":1}]}');
    await choose(path);
    await see(stage.settings, 'This is not a backup that can be read.');
  });

  it('with damaged records says how many when it is made and when it is brought in, and costs nothing else', async () => {
    const { settings } = stage;
    await settings.evaluate(async () => {
      const opened = indexedDB.open('wholemoon');
      await new Promise((resolve) => {
        opened.onsuccess = resolve;
      });
      const writing = opened.result.transaction('prompts', 'readwrite');
      writing.objectStore('prompts').put({ id: 'damaged', name: 7 });
      await new Promise((resolve) => {
        writing.oncomplete = resolve;
      });
      opened.result.close();
    });
    const { path } = await save();
    await see(settings, '1 record on this computer is damaged.');
    await choose(path);
    await see(settings, '1 record in this file is damaged.');
    expect(await screenText(settings)).toContain('It has nothing that is missing here.');
    await press(settings, 'Cancel');
  });

  it('is looked at in both languages, both themes and four widths', async () => {
    const { settings } = stage;
    const { path } = await save();
    await lookAt(settings, settings, 'backup', {
      views: pageViews,
      height: 1_600,
      prepare: async (language) => {
        await choose(path, language === 'English' ? undefined : '导入备份');
        await settings.waitForSelector('#backup h3');
        await settings.$eval('#backup', (section) => section.scrollIntoView());
      },
    });
  });
});
