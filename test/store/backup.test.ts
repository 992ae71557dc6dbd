import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { compareBackup, makeBackup, readBackup, restoreBackup } from '@/utils/store/backup';
import { unlockKeys } from '@/utils/store/backup-keys';
import { type Database, openDatabase } from '@/utils/store/database';
import { iterations, lock } from '@/utils/store/passphrase';
import { settings } from '@/utils/store/settings';
import { aChat, anAnswer, aSending, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

let number = 0;
let db: Database;
beforeEach(() => {
  fakeBrowser.reset();
  db = openDatabase(`backup-${number++}`);
});

const canary = 'sk-canary-backup-5Tq8';
const passphrase = 'correct horse battery';
const entry = { providerId: 'openai', baseUrl: 'https://api.openai.com/v1', modelId: 'gpt' };
const other = () => openDatabase(`backup-other-${number++}`);

/** Everything on disk but the keys, without numbers that each database gives itself. */
async function contentsOf(db: Database) {
  const { chats, turns, answers, journal, sources, drafts, spending, prompts, terms } = db;
  const tables = { chats, turns, answers, journal, sources, drafts, spending, prompts, terms };
  const rows = Object.entries(tables).map(async ([name, table]) => [
    name,
    (await table.toArray()).map(({ sequence: _, ...row }: { sequence?: number }) => row),
  ]);
  return Object.fromEntries(await Promise.all(rows));
}

/** A chat that has every field that a record may have. */
async function fillWithEverything() {
  const measured = await measuredSource(['The tide turns.', '潮水转了。🌕'], {
    gaps: [{ why: 'hidden', size: 3, sample: 'abc' }],
    coverage: { visible: 10, read: 10 },
    choices: { article: 1, everything: 2 },
    pages: 1,
  });
  const { id } = measured.source;
  const image = { type: 'image', mediaType: 'image/png', data: 'AAAA' } as const;
  const piece = { sourceId: id, from: 0, to: 5 };
  await db.sources.add({ id, ...measured, han: 4, hangul: 0, dense: 1 });
  await db.chats.add(aChat());
  const { title, url, lang, gaps, kind } = measured.source;
  await db.turns.add(
    aTurn({ sourceIds: [id], images: [image], headers: [{ id, title, url, lang, gaps, kind }] }),
  );
  const estimate = {
    ...aSending().estimate,
    bySource: [{ id, index: 1, title: 'A', characters: 9, tokens: 3 }],
    han: 1,
    hangul: 2,
    dense: 3,
    images: 4,
    factors: { latin: 1, han: 1.2, hangul: 1, dense: 2 },
    counted: true,
    window: Number.POSITIVE_INFINITY,
  };
  await db.answers.add(
    anAnswer({
      text: 'At six. ¶1',
      thinking: 'Hm.',
      state: 'streaming',
      trouble: { code: 'rate-limited', facts: { seconds: 3, provider: 'Example' } },
      sendings: [
        aSending({
          estimate,
          usage: { input: 1, cached: 2, written: 3, output: 4, thinking: 5 },
          firstWordAfter: 7,
          history: [{ answerId: 'answer-0', length: 3, sourceIds: [id], searches: 1 }],
          sourceIds: [id],
          searches: 1,
          inWords: true,
          instead: '<instructions>\nSearch for what?\n</instructions>',
          cost: { currency: 'CNY', amount: 0.01, exact: true },
          repeats: { total: 1, reported: 2 },
          rounds: 2,
          alarm: { reported: 1, expected: 9 },
          pass: { number: 1, count: 2, pieces: [piece], notes: 256 },
        }),
      ],
      toolCalls: [{ type: 'tool-call', id: 't', name: 'search', arguments: '{}', replay: 'x' }],
      passes: { plan: [[piece]], notes: ['n'] },
      thoughtFor: 12,
      searches: [
        {
          id: 's',
          call: { type: 'tool-call', id: 't', name: 'web_search', arguments: '{}' },
          told: 'Read.',
          round: 1,
          at: 7,
          why: 'It is old.',
          queries: [{ text: 'tides', engine: 'Brave', hits: 2, passedOver: [] }],
          pages: [
            { url: 'https://a.example/', title: 'A', status: 'read', number: 2, sourceId: id, tokens: 9 },
            { url: 'https://b.example/', title: 'B', status: 'same', number: 3, sameAs: 2 },
          ],
          state: 'done',
        },
      ],
      sourceIds: [id],
    }),
  );
  await db.journal.add({ answerId: 'answer-1', text: 'more', thinking: '' });
  await db.drafts.add({ id: 'new', text: 'Half a', images: [{ ...image, name: 'a.png' }] });
  await db.spending.add({ ...spent });
  await db.prompts.add({ ...prompt });
  await db.terms.add({ ...term });
}

const spent = {
  chatId: 'chat-1',
  month: '2026-11',
  providerId: 'openai',
  model: 'gpt',
  cost: { currency: 'USD', amount: 0.5, exact: true },
  input: 10,
  output: 2,
} as const;

const term = {
  id: 'term-1',
  source: 'the Chair',
  target: '主席',
  note: 'the person',
  match: { caseSensitive: true, wholeWord: true },
  scope: 'site',
  place: 'harbour.example',
  lang: 'zh-Hans',
  isLocked: true,
  origin: 'user',
  createdAt: 1,
  changedAt: 2,
} as const;

const prompt = {
  id: 'prompt-1',
  name: 'Critic',
  role: 'A critic',
  rules: 'Be kind.',
  examples: [{ question: 'Good?', answer: 'Yes. ¶1' }],
  language: 'Japanese',
  createdAt: 1,
  updatedAt: 2,
};

describe('a backup', () => {
  it('brings every record back, to the last field', async () => {
    await fillWithEverything();
    const target = other();
    await restoreBackup(await readBackup(await makeBackup({ db })), { db: target });
    expect(await contentsOf(target)).toEqual(await contentsOf(db));
  });

  it('is the same file to the byte when it is made again from what was brought in', async () => {
    await fillWithEverything();
    await settings.providers.write([entry]);
    const now = () => 1_000;
    const file = await makeBackup({ db, now });
    fakeBrowser.reset();
    const target = other();
    await restoreBackup(await readBackup(file), { db: target });
    expect(await (await makeBackup({ db: target, now })).text()).toBe(await file.text());
  });

  it('brings 10,000 chats back to the byte', { timeout: 120_000 }, async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => String(index));
    await db.chats.bulkAdd(ids.map((id) => aChat({ id, title: `Chat ${id} “月”` })));
    await db.turns.bulkAdd(ids.map((id) => aTurn({ id: `t${id}`, chatId: id })));
    await db.answers.bulkAdd(
      ids.map((id) =>
        anAnswer({
          id: `a${id}`,
          turnId: `t${id}`,
          chatId: id,
          text: `Answer ${id}`,
          sendings: [aSending()],
        }),
      ),
    );
    const target = other();
    await restoreBackup(await readBackup(await makeBackup({ db })), { db: target });
    expect(await target.chats.count()).toBe(10_000);
    expect(await contentsOf(target)).toEqual(await contentsOf(db));
    const texts = [db, target].map(async (one) => (await makeBackup({ db: one, now: () => 1 })).text());
    const [before, after] = await Promise.all(texts);
    expect(after === before).toBe(true);
  });

  it('has no key unless it is asked for, and then none that can be read', async () => {
    await settings.providers.write([entry]);
    await db.keys.add({ providerId: 'openai', key: canary });
    expect(await (await makeBackup({ db })).text()).not.toContain(canary);
    expect((await readBackup(await makeBackup({ db }))).keys).toBeUndefined();

    const file = await makeBackup({ db, passphrase });
    expect(await file.text()).not.toContain(canary);
    const { keys } = await readBackup(file);
    if (!keys) throw new Error('There are no keys.');
    expect(keys.iterations).toBeGreaterThanOrEqual(600_000);
    expect(await unlockKeys(keys, passphrase)).toEqual([
      { providerId: 'openai', key: canary, baseUrl: entry.baseUrl },
    ]);
    await expect(unlockKeys(keys, `${passphrase}.`)).rejects.toMatchObject({ code: 'backup-passphrase' });
    const bent = { ...keys, data: (keys.data.startsWith('A') ? 'B' : 'A') + keys.data.slice(1) };
    await expect(unlockKeys(bent, passphrase)).rejects.toMatchObject({ code: 'backup-passphrase' });
  });

  it('never has a key that is to be forgotten when the browser closes', async () => {
    await fakeBrowser.storage.session.set({ temporaryKeys: { openai: canary } });
    const { keys } = await readBackup(await makeBackup({ db, passphrase }));
    expect(keys && (await unlockKeys(keys, passphrase))).toEqual([]);
  });

  it('has the keys of search engines, which come back to their own vendor alone', async () => {
    await db.keys.add({ providerId: 'search:brave', key: canary });
    const backup = await readBackup(await makeBackup({ db, passphrase }));
    const keys = backup.keys && (await unlockKeys(backup.keys, passphrase));
    expect(keys).toEqual([{ providerId: 'search:brave', key: canary, baseUrl: '' }]);
    const target = other();
    await restoreBackup(backup, { db: target, keys });
    expect(await target.keys.toArray()).toEqual([{ providerId: 'search:brave', key: canary }]);
    const elsewhere = [{ providerId: 'search:kagi', key: canary, baseUrl: 'https://evil.example' }];
    await restoreBackup(backup, { db: target, keys: elsewhere });
    expect(await target.keys.count()).toBe(1);
  });

  it('locks the same keys differently each time', async () => {
    const [one, two] = [await lock('same', passphrase), await lock('same', passphrase)];
    expect(one.salt).not.toBe(two.salt);
    expect(one.data).not.toBe(two.data);
  });
});

describe('bringing a backup in', () => {
  it('adds what is missing and leaves everything that is here as it is', async () => {
    await fillWithEverything();
    await db.keys.add({ providerId: 'openai', key: 'from the file' });
    await settings.providers.write([entry, { ...entry, providerId: 'mistral', allowInsecure: true }]);
    await settings.theme.write('dark');
    await settings.answerLanguage.write('question');
    const file = await makeBackup({ db, passphrase });

    fakeBrowser.reset();
    await settings.providers.write([{ ...entry, modelId: 'mine' }]);
    await settings.theme.write('light');
    const target = other();
    await target.chats.add(aChat({ title: 'Mine' }));
    await target.drafts.add({ id: 'new', text: 'Mine' });
    await target.keys.add({ providerId: 'openai', key: 'mine' });
    const backup = await readBackup(file);
    const before = [await contentsOf(target), await fakeBrowser.storage.local.get()];
    const shown = await compareBackup(backup, { db: target });
    expect([await contentsOf(target), await fakeBrowser.storage.local.get()]).toEqual(before);
    expect(shown).toMatchObject({
      chats: [],
      drafts: [],
      settings: { answerLanguage: 'question', providers: [{ providerId: 'mistral' }] },
      stay: { chats: 1, drafts: 1, providers: 1, settings: 1 },
    });

    const keys = [{ providerId: 'openai', key: 'from the file', baseUrl: entry.baseUrl }];
    await restoreBackup(backup, { db: target, keys });
    expect(await target.chats.toArray()).toEqual([aChat({ title: 'Mine' })]);
    expect(await target.turns.count()).toBe(0);
    expect((await target.drafts.get('new'))?.text).toBe('Mine');
    expect((await target.keys.get('openai'))?.key).toBe('mine');
    expect(await settings.theme.read()).toBe('light');
    // To send unencrypted is allowed here or not at all.
    expect(await settings.providers.read()).toEqual([
      { ...entry, modelId: 'mine' },
      { ...entry, providerId: 'mistral' },
    ]);
  });

  it('counts the same spending once, however often it is brought in', async () => {
    await db.spending.bulkAdd([{ ...spent }, { ...spent }]);
    const backup = await readBackup(await makeBackup({ db }));
    const target = other();
    await target.spending.add({ ...spent });
    await restoreBackup(backup, { db: target });
    await restoreBackup(backup, { db: target });
    expect(await target.spending.count()).toBe(2);
  });

  it('does not let a record of the file take the place of one of another chat', async () => {
    await db.chats.add(aChat({ id: 'theirs' }));
    await db.turns.add(aTurn({ chatId: 'theirs', question: 'Theirs' }));
    const backup = await readBackup(await makeBackup({ db }));
    const target = other();
    await target.chats.add(aChat());
    await target.turns.add(aTurn({ question: 'Mine' }));
    const added = await restoreBackup(backup, { db: target });
    expect(await target.turns.toArray()).toEqual([aTurn({ question: 'Mine' })]);
    // Whole or not at all.
    expect(await target.chats.toArray()).toEqual([aChat()]);
    expect(added.stay.chats).toBe(1);
  });
});

describe('prompts and sites in a backup', () => {
  it('are added to those that are here, which stay as they are', async () => {
    await db.prompts.bulkAdd([prompt, { ...prompt, id: 'prompt-2', name: 'Other' }]);
    await settings.activePrompt.write('prompt-1');
    await settings.neverRead.write(['bank.example', 'mail.example']);
    await settings.translateInto.write('ja');
    await settings.neverTranslateSites.write(['home.example']);
    await settings.neverTranslateLanguages.write(['de', 'fr']);
    const file = await makeBackup({ db });
    const target = other();
    await target.prompts.add({ ...prompt, name: 'Mine' });
    await settings.activePrompt.write('');
    await settings.neverRead.write(['mail.example', 'home.example']);
    await settings.translateInto.write('interface');
    await settings.neverTranslateSites.write([]);
    await settings.neverTranslateLanguages.write(['fr', 'it']);
    const added = await restoreBackup(await readBackup(file), { db: target });
    expect(added.prompts.map(({ id }) => id)).toEqual(['prompt-2']);
    expect((await target.prompts.toArray()).map(({ name }) => name)).toEqual(['Mine', 'Other']);
    expect(await settings.activePrompt.read()).toBe('prompt-1');
    expect(await settings.neverRead.read()).toEqual(['mail.example', 'home.example', 'bank.example']);
    expect(await settings.translateInto.read()).toBe('ja');
    expect(await settings.neverTranslateSites.read()).toEqual(['home.example']);
    expect(await settings.neverTranslateLanguages.read()).toEqual(['fr', 'it', 'de']);
  });

  it('are missing from files of older versions, which are read as before', async () => {
    const content = JSON.parse(await (await makeBackup({ db })).text());
    delete content.prompts;
    delete content.settings.neverRead;
    const backup = await readBackup(new Blob([JSON.stringify(content)]));
    expect((await restoreBackup(backup, { db: other() })).prompts).toEqual([]);
  });

  it('are checked: a prompt or a site that is none is left out', async () => {
    const content = JSON.parse(await (await makeBackup({ db })).text());
    content.settings.neverRead = ['bank.example', 'https://x.example/', '*', 7, { 0: 'a' }];
    const read = (prompts: unknown) => readBackup(new Blob([JSON.stringify({ ...content, prompts })]));
    expect((await read([])).settings.neverRead).toEqual(['bank.example']);
    expect(
      await read([
        { ...prompt, examples: 'all' },
        { ...prompt, id: 'whole' },
      ]),
    ).toMatchObject({
      prompts: [{ id: 'whole' }],
      damaged: 1,
    });
    await expect(read('prompts')).rejects.toMatchObject({ facts: { place: 'file.prompts' } });
  });
});

describe('a damaged record', () => {
  const damage = async (change: () => Promise<unknown>) => {
    await fillWithEverything();
    await db.chats.add(aChat({ id: 'chat-2', title: 'Whole' }));
    await db.turns.add(aTurn({ id: 'turn-2', chatId: 'chat-2' }));
    await db.answers.add(anAnswer({ id: 'answer-2', turnId: 'turn-2', chatId: 'chat-2' }));
    await change();
    let said = 0;
    const onDamaged = (count: number) => {
      said = count;
    };
    const backup = await readBackup(await makeBackup({ db, onDamaged }));
    const target = other();
    await restoreBackup(backup, { db: target });
    expect(await target.chats.get('chat-2')).toEqual(aChat({ id: 'chat-2', title: 'Whole' }));
    expect(await target.answers.get('answer-2')).toEqual(await db.answers.get('answer-2'));
    return { said, damaged: backup.damaged, contents: await contentsOf(target) };
  };

  it('is counted when the file is made and when it is read, and the rest comes back', async () => {
    const { said, damaged, contents } = await damage(() =>
      Promise.all([
        db.chats.update('chat-1', { title: 7, urls: ['https://example.org/', 7] } as never),
        db.turns.update('turn-1', { question: undefined } as never),
        db.answers.update('answer-1', { trouble: { code: 'of a later version', facts: {} } } as never),
        db.drafts.put({ id: 'new', text: 'Half a', images: [{ type: 'image' }] } as never),
        db.prompts.put({ id: 'prompt-2', name: 'Without anything' } as never),
      ]),
    );
    expect([said, damaged]).toEqual([5, 5]);
    // What the panel can show of them is there; only the prompt had nothing that can be used.
    expect(contents).toMatchObject({
      chats: [{ id: 'chat-1', title: '', urls: ['https://example.org/'] }, { id: 'chat-2' }],
      turns: [{ id: 'turn-1', question: '' }, { id: 'turn-2' }],
      drafts: [{ id: 'new', text: 'Half a' }],
      prompts: [{ id: 'prompt-1' }],
    });
    const { trouble: _, ...answer } = (await db.answers.get('answer-1')) ?? expect.fail('It is gone.');
    expect(contents.answers[0]).toEqual(answer);
  });

  it('may be a text: its chat comes back without it', async () => {
    const { said, damaged, contents } = await damage(async () => {
      const [entry] = await db.sources.toArray();
      if (entry) await db.sources.put({ ...entry, source: { ...entry.source, text: 'Something else.' } });
    });
    expect([said, damaged]).toEqual([1, 1]);
    expect(contents.sources).toEqual([]);
    expect(contents.answers).toHaveLength(2);
    db = other();
    const gone = await damage(() => db.sources.clear());
    expect([gone.said, gone.damaged]).toEqual([1, 1]);
  });

  it('is not there in a whole file', async () => {
    await fillWithEverything();
    let isSaid = false;
    const file = await makeBackup({
      db,
      onDamaged: () => {
        isSaid = true;
      },
    });
    expect([isSaid, (await readBackup(file)).damaged]).toEqual([false, 0]);
  });

  it('may be the keys', async () => {
    const content = JSON.parse(await (await makeBackup({ db })).text());
    const backup = await readBackup(new Blob([JSON.stringify({ ...content, keys: 'open' })]));
    expect([backup.keys, backup.damaged]).toEqual([undefined, 1]);
  });
});

describe('a key in a backup', () => {
  const locked = async () => {
    await settings.providers.write([entry]);
    await db.keys.add({ providerId: 'openai', key: canary });
    return readBackup(await makeBackup({ db, passphrase }));
  };
  const bringIn = async (backup: Awaited<ReturnType<typeof locked>>) => {
    if (!backup.keys) throw new Error('There are no keys.');
    const target = other();
    const keys = await unlockKeys(backup.keys, passphrase);
    const { keys: added, stay } = await restoreBackup(backup, { keys, db: target });
    return { added: added.length, left: stay.keys, kept: await target.keys.toArray() };
  };

  it('comes back to the address that it was given for', async () => {
    const backup = await locked();
    const kept = [{ providerId: 'openai', key: canary }];
    expect(await bringIn(backup)).toEqual({ added: 1, left: 0, kept });
    fakeBrowser.reset();
    expect(await bringIn(backup)).toEqual({ added: 1, left: 0, kept });
  });

  it('never goes to another address that the provider has here', async () => {
    const backup = await locked();
    await settings.providers.write([{ ...entry, baseUrl: 'https://gateway.example/v1' }]);
    expect(await bringIn(backup)).toEqual({ added: 0, left: 1, kept: [] });
  });

  it('never goes to an address that somebody wrote into the file afterwards', async () => {
    const backup = await locked();
    fakeBrowser.reset();
    const providers = [{ ...entry, baseUrl: 'https://evil.example/v1' }];
    const changed = { ...backup, settings: { ...backup.settings, providers } };
    expect(await bringIn(changed)).toEqual({ added: 0, left: 1, kept: [] });
  });

  it('does not come to stand behind one that is here until the browser closes', async () => {
    const backup = await locked();
    await fakeBrowser.storage.session.set({ temporaryKeys: { openai: 'fleeting' } });
    expect(await bringIn(backup)).toEqual({ added: 0, left: 1, kept: [] });
  });
});

describe('a hostile or broken file', () => {
  const good = async () => JSON.parse(await (await makeBackup({ db })).text());
  const read = (content: unknown) =>
    readBackup(new Blob([typeof content === 'string' ? content : JSON.stringify(content)]));

  it.each([
    ['nothing', ''],
    ['half of it', '{"wholemoon":1,'],
    ['a list', '[]'],
    ['null', 'null'],
    ['something else', '{"chats":[]}'],
    ['a million brackets', '['.repeat(1e6)],
    ['a version that is no number', '{"wholemoon":"1"}'],
  ])('%s is refused', async (_, content) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'backup-unreadable' });
  });

  it('of a newer version is refused as such', async () => {
    await expect(read({ ...(await good()), wholemoon: 2 })).rejects.toMatchObject({ code: 'backup-newer' });
  });

  it.each([
    ['chats', { ...aChat(), id: 7 }],
    ['turns', { ...aTurn(), task: 'constructor' }],
    ['spending', { ...spent, cost: { ...spent.cost, amount: '1' } }],
    // It would make room under a limit.
    ['spending', { ...spent, cost: { ...spent.cost, amount: -1_000 } }],
    ['journal', 'text'],
    ['sources', null],
  ])('leaves out of %s what is none: %j', async (name, record) => {
    const backup = await read({ ...(await good()), [name]: [record] });
    expect(backup[name as 'chats']).toEqual([]);
    expect(backup.damaged).toBe(1);
  });

  it.each([
    ['chats', 'urls', aChat({ urls: ['JaVaScRiPt:alert(1)'] }), []],
    ['chats', 'urls', aChat({ urls: ['java\nscript:alert(1)'] }), []],
    ['answers', 'trouble', { ...anAnswer(), trouble: { code: 'toString', facts: {} } }, undefined],
    ['turns', 'images', { ...aTurn(), images: [{ type: 'image', mediaType: 'text/html', data: '' }] }, []],
  ])('leaves out of %s the field %s when it may do harm', async (name, field, record, left) => {
    const whole = { ...(await good()), chats: [aChat()], turns: [aTurn()] };
    const backup = await read({ ...whole, [name]: [record] });
    expect(backup[name as 'chats'][0]?.[field as 'urls']).toEqual(left);
    expect(backup.damaged).toBe(1);
  });

  it('cannot put another text under the name of a text', async () => {
    await fillWithEverything();
    const file = await good();
    file.sources[0].source.text = file.sources[0].source.text.replace('turns', 'burns');
    expect(await read(file)).toMatchObject({ sources: [], chats: [{ id: 'chat-1' }], damaged: 1 });
  });

  it('is told of texts that are missing, and loses answers to nothing', async () => {
    await fillWithEverything();
    expect(await read({ ...(await good()), sources: [] })).toMatchObject({ damaged: 1, answers: [{}] });
    expect(await read({ ...(await good()), turns: [] })).toMatchObject({ damaged: 1, answers: [] });
    const answers = [anAnswer({ turnId: 'nowhere' })];
    expect(await read({ ...(await good()), answers })).toMatchObject({ damaged: 1, answers: [] });
  });

  it('has one record for each name: the first', async () => {
    await fillWithEverything();
    for (const name of ['chats', 'turns', 'answers', 'sources'] as const) {
      const file = await good();
      file[name].push({ ...file[name][0], chatId: 'other' }, { ...file[name][0], id: '' });
      const backup = await read(file);
      expect(backup[name].map(({ id }) => id)).toEqual([file[name][0].id]);
      expect(backup.damaged).toBe(2);
    }
  });

  it('is refused by its size before it is read', async () => {
    const file = { size: 2 ** 30, text: () => Promise.reject(new Error('It was read.')) };
    await expect(readBackup(file as unknown as Blob)).rejects.toMatchObject({
      code: 'file-too-large',
      facts: { megabytes: 1_024 },
    });
  });

  it('cannot reach the prototype of objects', async () => {
    const poison = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';
    const file = await good();
    file.settings.calibration = { 'a/b': { latin: { factor: 1, samples: 1 } } };
    const text = JSON.stringify({
      ...file,
      chats: [aChat()],
      turns: [aTurn()],
      answers: [anAnswer({ trouble: { code: 'unexpected', facts: { message: 'x' } } })],
    })
      .replaceAll('{"id"', `{${poison},"id"`)
      .replaceAll('"facts":{', '"facts":{"__proto__":"polluted",')
      .replace('"settings":{', `"settings":{${poison},`)
      .replace('"calibration":{', '"calibration":{"__proto__":{"han":{"factor":1,"samples":1}},');
    const backup = await read(text);
    await restoreBackup(backup, { db: other() });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(backup.chats[0])).toBe(Object.prototype);
    expect(Object.keys(backup.chats[0] ?? {})).toEqual(Object.keys(aChat()));
    expect(Object.keys(backup.settings.calibration)).toEqual(['a/b']);
    expect(Object.getPrototypeOf(backup.settings.calibration)).toBe(Object.prototype);
  });

  it('sets up no provider whose address is no address, and makes none active', async () => {
    const file = await good();
    file.settings.providers = [
      { ...entry, baseUrl: 'javascript:alert(1)' },
      { ...entry, providerId: 'custom', baseUrl: 'ftp://example.org' },
    ];
    file.settings.activeProvider = 'custom';
    await restoreBackup(await read(file), { db: other() });
    expect(await settings.providers.read()).toEqual([]);
    expect(await settings.activeProvider.read()).toBe('excerpts');
  });

  it.each([1, iterations - 1, 2 ** 31])('cannot choose %d rounds for the passphrase', async (rounds) => {
    const locked = { ...(await lock('[]', passphrase)), iterations: rounds };
    const startedAt = performance.now();
    await expect(unlockKeys(locked, passphrase)).rejects.toMatchObject({ code: 'backup-passphrase' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('leaves everything as it was when a part of it cannot be kept', async () => {
    const backup = await readBackup(await makeBackup({ db }));
    const twice = { ...backup, chats: [aChat()], keys: undefined };
    const target = other();
    target.spending.hook('creating', () => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(restoreBackup({ ...twice, spending: [spent] }, { db: target })).rejects.toThrow();
    expect(await target.chats.count()).toBe(0);
  });
});
