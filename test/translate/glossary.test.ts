import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/utils/store/database';
import { createTermStore } from '@/utils/store/terms';
import { checkConsistency, unitsToFix } from '@/utils/translate/consistency';
import { openGlossary, placeOf } from '@/utils/translate/glossary';
import { countOf, firstParagraphWith, hasTerm } from '@/utils/translate/occurrences';
import { documentOf, termOf } from './scripted';

let count = 0;
const newStore = () => createTermStore(openDatabase(`terms ${count++}`));
const address = 'https://harbour.example/minutes#item-4';
const place = placeOf(address, 'ru');
const any = { caseSensitive: false, wholeWord: true };
const has = (text: string, source: string, match = any) => hasTerm(text, { source, match });

describe('finding a term', () => {
  it.each([
    ['The port is closed.', 'port', true],
    ['We export tea.', 'port', false],
    ['Two ports, and the port’s wall.', 'port', true],
    ['PORT of call', 'port', true],
    ['the harbour\n master', 'harbour master', true],
    ['主席宣布开会。', '主席', true],
    ['C++ and C# differ', 'C++', true],
    ['Costs (net) rose', '(net)', true],
    ['naïve', 'naï', false],
    ['порт и аэропорт', 'порт', true],
    ['аэропорт', 'порт', false],
  ])('%s has %s: %s', (text, source, expected) => expect(has(text, source)).toBe(expected));

  it('tells senses apart by case, but for the beginning of a sentence', () => {
    const match = { caseSensitive: true, wholeWord: true };
    expect(has('The chair is vacant.', 'the chair', match)).toBe(true);
    expect(has('The Chair is absent.', 'the chair', match)).toBe(false);
    expect(has('She asked the Chair.', 'the Chair', match)).toBe(true);
  });

  it('counts in the document and names the first paragraph', () => {
    const { source } = documentOf([
      { text: 'The quorum was met.' },
      { text: 'The Chair spoke. The Chair left.' },
    ]);
    expect(countOf(source.text, 'the Chair')).toBe(2);
    expect(firstParagraphWith(source, 'the Chair')).toBe(2);
    expect(firstParagraphWith(source, 'tender')).toBeUndefined();
  });

  it('is found again wherever it was looked for before', () => {
    expect([countOf('a lamp', 'lamp'), has('the lamp', 'lamp'), countOf('lamp', 'lamp')]).toEqual([
      1,
      true,
      1,
    ]);
    expect(firstParagraphWith(documentOf([{ text: 'No.' }, { text: 'a lamp' }]).source, 'lamp')).toBe(2);
    expect(countOf('lamp', 'lamp')).toBe(1);
  });

  it('takes hardly longer for a term that almost fits everywhere', () => {
    const text = 'a '.repeat(100_000);
    expect(countOf(text, 'a a a a a a a b')).toBe(0);
  });
});

describe('a glossary', () => {
  it('takes up what a model says, and what the user decided stays', async () => {
    const store = newStore();
    const glossary = await openGlossary({ place, store });
    glossary.learn([{ source: 'the Chair', target: 'председатель', note: 'a person' }]);
    glossary.learn([{ source: 'the Chair', target: 'стул' }]);
    glossary.learn([{ source: 'the Chair', target: 'председательство', note: 'the office' }]);
    expect(glossary.get().map(({ target }) => target)).toEqual(['председатель', 'председательство']);
    const [person] = glossary.get();
    if (!person) throw new Error('nothing was learned');
    await glossary.put({ ...person, target: 'ПРЕДСЕДАТЕЛЬ', isLocked: true });
    glossary.learn([{ source: 'the Chair', target: 'кресло', note: 'furniture' }]);
    expect(glossary.get().map(({ target }) => target)).toEqual(['ПРЕДСЕДАТЕЛЬ', 'председательство']);
    await glossary.settled();
    const again = await openGlossary({ place: placeOf('https://harbour.example/minutes', 'ru'), store });
    expect(again.get()).toEqual(glossary.get());
    // Another language, another page.
    expect((await openGlossary({ place: { ...place, lang: 'de' }, store })).get()).toEqual([]);
    expect(
      (await openGlossary({ place: placeOf('https://harbour.example/else', 'ru'), store })).get(),
    ).toEqual([]);
  });

  it('has what is nearest: page over site over everywhere', async () => {
    const store = newStore();
    const glossary = await openGlossary({ place, store });
    await glossary.put(glossary.make('tender', 'everywhere', { scope: 'everywhere' }));
    await glossary.put(glossary.make('tender', 'site', { scope: 'site' }));
    expect(glossary.termsIn('a tender').map(({ target }) => target)).toEqual(['site']);
    await glossary.put(glossary.make('tender', 'page'));
    expect(glossary.termsIn('a tender').map(({ target }) => target)).toEqual(['page']);
    const [own] = glossary.get();
    await glossary.remove([own?.id ?? '']);
    expect(glossary.termsIn('a tender').map(({ target }) => target)).toEqual(['site']);
    const other = await openGlossary({ place: placeOf('https://other.example/', 'ru'), store });
    expect(other.get().map(({ target }) => target)).toEqual(['everywhere']);
  });

  it('says of a text what was decided of its own terms', async () => {
    const glossary = await openGlossary({ place, store: newStore() });
    await glossary.put(glossary.make('quorum', 'кворум'));
    expect(glossary.decidedIn('The quorum').map(({ target }) => target)).toEqual(['кворум']);
    expect(glossary.decidedIn('The tender')).toEqual([]);
  });

  it('takes no sentences, no markup and no flood from a page', async () => {
    const glossary = await openGlossary({ place, store: newStore() });
    glossary.learn([
      { source: 'a whole sentence that goes on and on and on for ever', target: 'x' },
      { source: '<b>', target: 'x' },
      { source: 'x'.repeat(1_000), target: 'x' },
      { source: '  ', target: 'x' },
    ]);
    expect(glossary.get()).toEqual([]);
    glossary.learn(Array.from({ length: 3_000 }, (_, index) => ({ source: `word ${index}`, target: 'x' })));
    expect(glossary.get()).toHaveLength(1_000);
    await glossary.put(glossary.make('tender', 'тендер'));
    expect(glossary.get()[0]).toMatchObject({ source: 'tender', isLocked: true });
  });

  it('passes over records that it cannot read', async () => {
    const db = openDatabase(`terms ${count++}`);
    await db.terms.bulkAdd([
      { ...termOf('good', 'x'), place: place.url },
      { ...termOf('bad', 'x'), place: place.url, match: 'nothing' } as never,
    ]);
    expect(
      (await openGlossary({ place, store: createTermStore(db) })).get().map(({ source }) => source),
    ).toEqual(['good']);
  });
});

describe('the check after a run', () => {
  const units = [
    { id: 1, text: 'The <1>Chair</1> spoke.' },
    { id: 2, text: 'The chair is vacant.' },
    { id: 3, text: 'Keep Basin Order 1911.' },
    { id: 4, text: 'The vice chair spoke.' },
  ];
  const person = termOf('the Chair', '主席', {
    match: { caseSensitive: true, wholeWord: true },
    id: 'person',
  });
  const office = termOf('the chair', '主席职权', {
    match: { caseSensitive: true, wholeWord: true },
    id: 'office',
  });
  const kept = termOf('Basin Order 1911', '', { id: 'kept' });

  it('lists the units that have none of the words that are allowed', () => {
    const translations = new Map([
      [1, '<1>椅子</1>发言。'],
      [2, '主席职权空缺。'],
      [3, '保留 1911 年港池令。'],
    ]);
    expect(checkConsistency(units, translations, [person, office, kept])).toEqual([
      { termId: 'person', units: [1] },
      { termId: 'kept', units: [3] },
    ]);
  });

  it('allows any sense of a word, and leaves a word within a longer term to that term', () => {
    const senses = [termOf('chair', '主席', { id: 'a' }), termOf('chair', '椅子', { id: 'b' })];
    const vice = termOf('vice chair', '副主持人', { id: 'c' });
    const translations = new Map([
      [2, '椅子空着。'],
      [4, '副主持人发言。'],
    ]);
    expect(checkConsistency(units, translations, [...senses, vice])).toEqual([]);
  });

  it('says what an edit would translate again', () => {
    const translations = new Map([
      [1, '<1>主席</1>发言。'],
      [2, '主席空缺。'],
    ]);
    expect(unitsToFix(units, translations, { ...office, target: '主席职权' }, [person])).toEqual([2]);
  });
});
