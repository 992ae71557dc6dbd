import { describe, expect, it } from 'vitest';
import { pickStates, ticksOf } from '@/components/picker/pick-states';
import { closedTabs, pickerRows } from '@/components/picker/picker-rows';
import type { Candidate, Gathered } from '@/utils/chat/gathering';
import type { NextSource } from '@/utils/chat/next-request';
import type { CandidateGroup } from '@/utils/chat/picking';

const tab = (id: number, more: object = {}): Candidate => ({
  kind: 'tab',
  key: `tab:${id}`,
  title: `Tab ${id}`,
  url: `https://reads.example/${id}`,
  tabId: id,
  windowId: 1,
  isFront: false,
  isAsleep: false,
  isSensitive: false,
  ...more,
});
const item = (key: string, status: string): Gathered =>
  ({
    id: `${key} 1`,
    key,
    kind: 'tab',
    place: 1,
    status,
    trouble: { code: 'page-empty', facts: {} },
  }) as Gathered;
const source = (id: string, more: Partial<NextSource> = {}): NextSource =>
  ({
    entry: { source: { id, url: `https://reads.example/${id}` }, tokens: 5 },
    number: 1,
    sent: false,
    out: false,
    tokens: 5,
    cached: false,
    ...more,
  }) as NextSource;

describe('how a tab stands with the next question', () => {
  const given = { gathered: [], picks: [], sources: [] };
  it('names what else has become the same source, in every row', () => {
    const pick = (key: string, title: string, id = 'one') => ({
      key,
      id,
      place: 1,
      title,
      url: `https://${title}.example/`,
    });
    const picks = [pick('tab:1', 'first'), pick('tab:2', 'second'), pick('tab:3', 'alone', 'three')];
    const sources = [source('one'), source('three')];
    const stateOf = pickStates({ ...given, picks, sources });
    const twins = (id: number, more = {}) => stateOf(tab(id, more)).twins?.map(({ title }) => title);
    expect([twins(1), twins(2), twins(3)]).toEqual([['second'], ['first'], undefined]);
    // The page in front goes without having been picked.
    const inFront = pickStates({ ...given, picks: [pick('tab:2', 'second')], sources, front: 'one' });
    expect(inFront(tab(9, { isFront: true })).twins).toMatchObject([{ title: 'second' }]);
    expect(inFront(tab(2)).twins).toHaveLength(1);
    // The same tab, picked as the page in front: nothing to tell.
    const own = pickStates({
      ...given,
      picks: [pick('page:https://reads.example/9', 'ninth')],
      sources,
      front: 'one',
    });
    expect(own(tab(9, { isFront: true })).twins).toBeUndefined();
  });

  it('is what is on its way, then what is attached, then what it says of itself', () => {
    const stateOf = pickStates({
      gathered: [
        item('tab:1', 'queued'),
        item('tab:2', 'reading'),
        item('tab:3', 'trouble'),
        item('tab:4', 'unpicked'),
      ],
      picks: [{ key: 'tab:5', id: 'five', place: 1 }],
      sources: [source('five'), source('six', { sent: true, out: false })],
    });
    const state = (id: number, more = {}) => {
      const { ticked, status } = stateOf(tab(id, more));
      return `${status} ${ticked}`;
    };
    expect(state(1)).toBe('queued true');
    expect(state(2)).toBe('reading true');
    expect(state(3)).toBe('trouble true');
    expect(state(4)).toBe('free false');
    expect(state(5)).toBe('read true');
    expect(state(6, { url: 'https://reads.example/six#end' })).toBe('in-chat true');
    expect(state(7, { barred: 'browser-page' })).toBe('barred false');
  });
  it('goes with the question by itself when it is in front', () => {
    const front = tab(1, { isFront: true });
    expect(pickStates({ ...given, front: 'reading' })(front)).toMatchObject({
      ticked: true,
      status: 'reading',
    });
    expect(pickStates({ ...given, front: 'a', sources: [source('a')] })(front).ticked).toBe(true);
    expect(pickStates({ ...given, front: 'a', sources: [source('a', { out: true })] })(front).ticked).toBe(
      false,
    );
  });
  it('is not ticked with all others when it may be private, can never be read, or is in the chat', () => {
    const stateOf = pickStates({ ...given, sources: [source('4', { sent: true })] });
    const all = [
      tab(1),
      tab(2, { isSensitive: true }),
      tab(3, { barred: 'never-read' }),
      tab(4),
      tab(5, { isAsleep: true }),
    ];
    const { on, off } = ticksOf(all, stateOf);
    expect(on.map(({ key }) => key)).toEqual(['tab:1', 'tab:5']);
    expect(off).toEqual([]);
  });
});

describe('the rows of the list', () => {
  const group = (id: string, kind: CandidateGroup['kind'], more: object = {}): CandidateGroup => ({
    id,
    kind,
    candidates: [tab(Number(id.at(-1)))],
    ...more,
  });
  const groups = [
    group('window:1', 'window', { isThisWindow: true }),
    group('tab-group:3', 'tab-group', { title: 'Readers', color: 'blue' }),
    group('window:2', 'window'),
    group('history', 'history', { more: 40 }),
  ];
  const said = (rows: ReturnType<typeof pickerRows>) =>
    rows.map((row) =>
      row.kind === 'group' ? `# ${row.title}` : row.kind === 'candidate' ? row.candidate.key : row.id,
    );

  it('fold what is no tab, and name what the browser keeps to itself', () => {
    expect(said(pickerRows({ groups, lacks: ['tabs', 'bookmarks'] }, false, new Set()))).toEqual([
      '# This window',
      'tab:1',
      '# Readers',
      'tab:3',
      '# Window 2',
      'tab:2',
      '# History',
      'lacking bookmarks',
    ]);
  });
  it('begin with tabs that closed before they were read', () => {
    const trouble = { code: 'tab-closed', facts: {} } as const;
    const item = {
      id: 'one',
      place: 1,
      key: 'tab:9',
      kind: 'tab',
      title: 'Gone',
      status: 'trouble',
      trouble,
    } as const;
    const other = { ...item, key: 'tab:8', trouble: { code: 'page-busy', facts: {} } } as const;
    const rows = pickerRows(
      { groups: [...closedTabs([item, other]), ...groups], lacks: [] },
      false,
      new Set(),
    );
    expect(said(rows).slice(0, 3)).toEqual(['# Closed meanwhile', 'tab:9', '# This window']);
    expect(closedTabs([other])).toEqual([]);
  });
  it('are open when they are wanted or searched for', () => {
    for (const rows of [
      pickerRows({ groups, lacks: [] }, true, new Set()),
      pickerRows({ groups, lacks: [] }, false, new Set(['history'])),
    ])
      expect(said(rows).slice(-2)).toEqual(['tab:NaN', 'history more']);
  });
});
