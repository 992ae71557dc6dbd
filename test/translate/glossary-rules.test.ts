import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '@/utils/store/database';
import { createTermStore, type TermStore } from '@/utils/store/terms';
import { checkConsistency, hasTarget, unitsToFix } from '@/utils/translate/consistency';
import { openGlossary, placeOf } from '@/utils/translate/glossary';
import { effectiveTerms } from '@/utils/translate/precedence';
import type { PageUnit, Term } from '@/utils/translate/types';

const url = 'https://www.harbour.example/minutes/4#top';
const lang = 'zh-Hans';

let number = 0;
let db: Database;
let store: TermStore;
beforeEach(() => {
  db = openDatabase(`terms-${number++}`);
  store = createTermStore(db);
});

let clock = 0;
const open = (address = url) => openGlossary({ place: placeOf(address, lang), store, now: () => ++clock });
const aTerm = (source: string, target: string, details: Partial<Term> = {}): Term => ({
  id: `${source}-${target}-${details.scope ?? 'page'}-${details.origin ?? 'model'}`,
  source,
  target,
  match: { caseSensitive: false, wholeWord: true },
  scope: 'page',
  place: 'https://www.harbour.example/minutes/4',
  lang,
  isLocked: false,
  origin: 'model',
  createdAt: 1,
  changedAt: 1,
  ...details,
});
const site = { scope: 'site', place: 'harbour.example' } as const;
const everywhere = { scope: 'everywhere', place: '' } as const;
const user = { origin: 'user', isLocked: true } as const;
const pairs = (terms: readonly Term[]) => terms.map(({ source, target }) => `${source}=${target}`);
const units = (...texts: string[]): PageUnit[] =>
  texts.map((text, index) => ({ id: index + 1, text, kind: 'text' }));

describe('which terms hold', () => {
  it('is said by the page before its site before everywhere, by the user before a model, locked ones first', () => {
    const holding = (...terms: Term[]) => pairs(effectiveTerms(terms));
    expect(
      holding(
        aTerm('chair', '椅子', everywhere),
        aTerm('chair', '座位', site),
        aTerm('chair', '主席'),
        aTerm('motion', '动议'),
      ),
    ).toEqual(['chair=主席', 'motion=动议']);
    expect(
      holding(
        aTerm('chair', '椅子'),
        aTerm('Chair', '主席', { ...everywhere, ...user }),
        aTerm('motion', '动议'),
      ),
    ).toEqual(['Chair=主席', 'motion=动议']);
  });

  it('is both for two senses of one word, also when one is locked', () => {
    const senses = [
      aTerm('tender', '招标书', { note: 'the document' }),
      aTerm('tender', '补给船', { note: 'the boat' }),
    ];
    expect(effectiveTerms(senses)).toHaveLength(2);
    const [first, second] = senses as [Term, Term];
    expect(effectiveTerms([{ ...first, ...user, ...site }, second])).toHaveLength(2);
    expect(effectiveTerms([{ ...first, ...user, note: undefined }, second])).toHaveLength(1);
  });

  it('is what capitals tell apart', () => {
    const exact = { match: { caseSensitive: true, wholeWord: true } };
    const terms = [aTerm('the Chair', '主席', exact), aTerm('the chair', '主席职权', exact)];
    expect(effectiveTerms(terms)).toHaveLength(2);
  });
});

describe('a glossary', () => {
  it('learns what a model says, keeps it, and tells another window', async () => {
    const [one, other] = [await open(), await open()];
    let told = 0;
    other.subscribe(() => told++);
    one.learn([{ source: 'motion', target: '动议', note: 'a proposal' }]);
    expect(pairs(one.termsIn('Two motions were put.'))).toEqual(['motion=动议']);
    await expect.poll(() => pairs(other.get())).toEqual(['motion=动议']);
    expect(told).toBe(1);
    expect(pairs((await open()).get())).toEqual(['motion=动议']);
    // Another page of the site is another text.
    expect((await open('https://harbour.example/5')).get()).toEqual([]);
  });

  it('takes the first word for a thing, a second sense with its note, and capitals as what tells apart', async () => {
    const glossary = await open();
    glossary.learn([
      { source: 'tender', target: '招标书', note: 'the document' },
      { source: 'tender', target: '标书' },
      { source: 'tender', target: '投标', note: 'the document' },
      { source: 'tender', target: '补给船', note: 'the boat' },
      { source: 'the Chair', target: '主席', note: 'the person' },
      { source: 'the chair', target: '主席职权', note: 'the office' },
      { source: 'GitHub', target: 'GitHub' },
      { source: '<1>quorum</1>', target: '<1>法定人数</1>' },
    ]);
    expect(pairs(glossary.get()).sort()).toEqual(
      [
        'tender=招标书',
        'tender=补给船',
        'the Chair=主席',
        'the chair=主席职权',
        'GitHub=',
        'quorum=法定人数',
      ].sort(),
    );
    expect(pairs(glossary.termsIn('She took the chair.'))).toEqual(['the chair=主席职权']);
    expect(pairs(glossary.termsIn('When the Chair spoke'))).toEqual(['the Chair=主席']);
  });

  it('never lets a model touch what the user said, nor bring back what they took out', async () => {
    const glossary = await open();
    const chair = glossary.make('chair', '主席', { scope: 'site' });
    await glossary.put(chair);
    glossary.learn([{ source: 'Chair', target: '椅子', note: 'to sit on' }]);
    expect(pairs(glossary.get())).toEqual(['chair=主席']);
    glossary.learn([{ source: 'motion', target: '运动' }]);
    const [, motion] = glossary.get();
    await glossary.put({ ...(motion as Term), target: '动议', origin: 'user', isLocked: true });
    glossary.learn([{ source: 'motion', target: '运动', note: 'moving' }]);
    expect(pairs(glossary.get()).sort()).toEqual(['chair=主席', 'motion=动议']);
    await glossary.settled();
    expect(pairs((await open()).get()).sort()).toEqual(['chair=主席', 'motion=动议']);
    await glossary.remove([chair.id]);
    glossary.learn([{ source: 'chair', target: '椅子' }]);
    expect(pairs(glossary.get())).toEqual(['motion=动议']);
    expect(pairs(await store.list())).toEqual(['motion=动议']);
  });

  it('is bounded against a model that never ends', async () => {
    const glossary = await open();
    await glossary.put(glossary.make('mine', '我的'));
    glossary.learn([
      { source: 'x'.repeat(301), target: '长' },
      { source: 'two\u0007bells', target: '铃' },
      { source: '123', target: '数' },
      ...Array.from({ length: 5_000 }, (_, index) => ({ source: `word ${index}`, target: `词${index}` })),
    ]);
    expect(glossary.get()).toHaveLength(1_001);
    expect(glossary.get()[0]?.source).toBe('mine');
  });

  it('locks, keeps as is and widens a term; a locked one is for the site', async () => {
    const glossary = await open();
    glossary.learn([
      { source: 'motion', target: '动议' },
      { source: 'Basin Order 1911', target: '港池法令' },
    ]);
    const [motion, order] = glossary.get() as [Term, Term];
    await glossary.lock(motion, true);
    await glossary.put({ ...order, target: '', isLocked: true, scope: 'everywhere' });
    expect(glossary.get()).toMatchObject([
      { source: 'motion', isLocked: true, scope: 'site', place: 'harbour.example' },
      { source: 'Basin Order 1911', target: '', isLocked: true, scope: 'everywhere', place: '' },
    ]);
    expect(pairs((await open('https://else.example/')).get())).toEqual(['Basin Order 1911=']);
    await glossary.lock(glossary.get()[0] as Term, false);
    expect(glossary.get().find(({ source }) => source === 'motion')).toMatchObject({
      isLocked: false,
      scope: 'site',
    });
  });

  it('counts a term as decided when the user said or locked it, in a text that has it', async () => {
    const glossary = await open();
    const text = 'The motion was carried.';
    glossary.learn([{ source: 'motion', target: '动议' }]);
    expect(glossary.decidedIn(text)).toEqual([]);
    await glossary.put({ ...(glossary.get()[0] as Term), target: '提案', isLocked: true });
    expect(glossary.decidedIn(text).map(({ target }) => target)).toEqual(['提案']);
    expect(glossary.decidedIn('The quay')).toEqual([]);
  });

  it('reads what is damaged as if it were not there, and leaves it', async () => {
    await db.terms.bulkPut([
      aTerm('whole', '完整'),
      { ...aTerm('damaged', '损坏'), match: 'all' } as never,
      { ...aTerm('x', 'y'), lang: 7 } as never,
      { id: 'nothing', place: '' } as never,
    ]);
    expect(pairs((await open()).get())).toEqual(['whole=完整']);
    expect(await db.terms.count()).toBe(4);
  });

  it('counts how often its terms stand where', async () => {
    const glossary = await open();
    await glossary.put(glossary.make('harbour', '港口'));
    await glossary.put(glossary.make('harbour master', '港务长'));
    const uses = glossary.uses({ units: units('The <1>harbour</1> master', 'harbours, a harbour', 'quay') });
    const byName = Object.fromEntries(glossary.get().map(({ id, source }) => [source, uses.get(id)]));
    expect(byName).toEqual({
      harbour: { count: 2, units: [2] },
      'harbour master': { count: 1, units: [1] },
    });
    expect(glossary.count({ units: units('harbour master') })).toBe(1);
  });
});

describe('the check after a run', () => {
  const terms = [
    aTerm('the Chair', '主席', { id: 'chair' }),
    aTerm('tender', '招标书', { id: 'paper', note: 'paper' }),
    aTerm('tender', '补给船', { id: 'boat', note: 'boat' }),
    aTerm('Basin Order', '', { id: 'order' }),
    aTerm('harbour', '港口', { id: 'harbour' }),
    aTerm('harbour master', '港务长', { id: 'master' }),
  ];

  it('names the units that call a term otherwise, of any sense, without marks', () => {
    const list = units(
      'The <1>Chair</1> spoke',
      'The Chair rose',
      'A tender came alongside',
      'Two tenders were opened',
      'The Basin Order',
      'The Basin Order again',
      'The harbour master',
      'The Chair, not translated yet',
    );
    const found = checkConsistency(
      list,
      new Map([
        [1, '主<1>席</1>发言'],
        [2, '椅子升起'],
        [3, '一艘补给船靠近'],
        [4, '打开了两份标书'],
        [5, '<1>Basin Order</1>'],
        [6, '港池法令'],
        [7, '港务长'],
      ]),
      terms,
    );
    expect(found).toEqual([
      { termId: 'chair', units: [2] },
      { termId: 'paper', units: [4] },
      { termId: 'order', units: [6] },
    ]);
    const [chair, paper] = terms as [Term, Term];
    const written = new Map([
      [1, '主席'],
      [2, '会议主席'],
      [3, '补给船'],
      [4, '标书'],
    ]);
    expect(unitsToFix(list, written, { ...paper, target: '标书' }, terms)).toEqual([]);
    expect(unitsToFix(list, written, { ...chair, target: '会议主席' }, terms)).toEqual([1]);
  });

  it.each([
    ['Die Vorsitzende eröffnet', 'Vorsitzender', true],
    ['el puerto', 'puertos', true],
    ['The harbour’s new master', 'harbour master', true],
    ['The master of the harbour', 'harbour master', false],
    ['Le président', 'président', true],
    ['A sea', 'seat', true],
    ['A ship', 'seat', false],
    ['Order 1912 on basins', 'Order 1911', false],
    ['Orders 1911', 'Order 1911', true],
    ['港 务 长', '港务长', true],
    ['港务局长', '港务长', false],
    ['anything', '', true],
  ])('“%s” has “%s”: %s', (translation, target, has) => {
    expect(hasTarget(translation, target)).toBe(has);
  });
});
