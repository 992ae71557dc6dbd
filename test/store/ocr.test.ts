import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '@/utils/store/database';
import { createOcrStore } from '@/utils/store/ocr';

let db: Database;
beforeEach(() => {
  db = openDatabase(`ocr ${Math.random()}`);
});
afterEach(() => db.delete());

describe('data of languages', () => {
  it('are listed without being loaded, and can be taken away', async () => {
    const store = createOcrStore(db);
    await store.writeLanguage({ code: 'eng', data: new Blob(['12345']), size: 5, addedAt: 7 });
    expect(await store.listLanguages()).toEqual([{ code: 'eng', size: 5, addedAt: 7 }]);
    expect(await (await store.readLanguage('eng'))?.text()).toBe('12345');
    await store.deleteLanguage('eng');
    expect(await store.readLanguage('eng')).toBeUndefined();
  });
});

describe('words that were recognised', () => {
  it('are found by their file, whatever the order of the languages', async () => {
    const store = createOcrStore(db);
    await store.writePage('a', ['eng', 'chi_sim'], 3, { page: { number: 3 }, confidence: 91 });
    await store.writePage('ab', ['eng'], 4, { page: { number: 4 }, confidence: 50 });
    expect((await store.readPages('a')).map(({ page }) => page)).toEqual([{ number: 3 }]);
    await store.writePage('a', ['chi_sim', 'eng'], 3, { page: { number: 3, again: true }, confidence: 92 });
    expect(await store.readPages('a')).toHaveLength(1);
    await store.forgetPages('a');
    expect(await store.readPages('a')).toEqual([]);
    expect(await store.readPages('ab')).toHaveLength(1);
  });

  it('are kept up to a number; the oldest go', async () => {
    const store = createOcrStore(db, 3);
    for (let page = 1; page <= 5; page++) {
      await store.writePage('a', ['eng'], page, { page: { number: page }, confidence: 90 });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect((await store.readPages('a')).map(({ page }) => (page as { number: number }).number)).toEqual([
      3, 4, 5,
    ]);
  });
});
