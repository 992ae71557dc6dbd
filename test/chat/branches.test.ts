import { describe, expect, it } from 'vitest';
import {
  type Branch,
  branchTo,
  keptBranch,
  parentOf,
  pathOf,
  siblingsOf,
  upTo,
  withTurn,
} from '@/utils/chat/branches';
import { emptyConversation } from '@/utils/chat/conversation-state';
import { cpuTime } from '../cpu-time.ts';
import { aTurn } from '../fixtures/records';

const turn = (id: string, position: number, parentId?: string | null, askedAt = position) =>
  aTurn({ id, position, askedAt, question: id, ...(parentId === undefined ? {} : { parentId }) });
const names = (turns: { id: string }[]) => turns.map(({ id }) => id).join(' ');
const path = (turns: ReturnType<typeof turn>[], branch: Branch = {}) => names(pathOf(turns, branch));

/** a - b - c, and beside b: x - y, beside y: z */
const tree = [
  turn('a', 0, null),
  turn('b', 1, 'a', 1),
  turn('c', 2, 'b', 2),
  turn('x', 1, 'a', 3),
  turn('y', 2, 'x', 4),
  turn('z', 2, 'x', 5),
];

describe('the questions of a chat', () => {
  it('stand in one row where no branch was made', () => {
    expect(path([turn('a', 0, null), turn('b', 1, 'a'), turn('c', 2, 'b')])).toBe('a b c');
    expect(path([])).toBe('');
  });

  it('from before there were branches follow each other, also where two have the same position', () => {
    const old = [turn('c', 2), turn('a', 0), turn('b2', 1, undefined, 9), turn('b1', 1, undefined, 8)];
    expect(path(old)).toBe('a b1 b2 c');
    expect(siblingsOf(old, 'b1')).toHaveLength(1);
    // And go on with questions that name the one before.
    expect(path([...old, turn('d', 4, 'c')])).toBe('a b1 b2 c d');
    expect(path([...old, turn('first', 0, null, 20)])).toBe('first');
    expect(path([...old, turn('first', 0, null, 20)], { '': 'a' })).toBe('a b1 b2 c');
  });

  it('show the newest branch, or the one that was chosen', () => {
    expect(path(tree)).toBe('a x z');
    expect(path(tree, { x: 'y' })).toBe('a x y');
    expect(path(tree, { a: 'b' })).toBe('a b c');
    expect(path(tree, { a: 'gone', x: 'constructor' })).toBe('a x z');
  });

  it('know those that were asked in the same place', () => {
    expect(names(siblingsOf(tree, 'x'))).toBe('b x');
    expect(names(siblingsOf(tree, 'y'))).toBe('y z');
    expect(parentOf(tree, 'x')).toBe('a');
    expect(parentOf(tree, 'a')).toBeNull();
  });

  it('lead to any of them, and back to where one was', () => {
    const there = branchTo(tree, 'y', {});
    expect(path(tree, there)).toBe('a x y');
    const back = branchTo(tree, 'b', there);
    expect(path(tree, back)).toBe('a b c');
    // What was chosen further down is still chosen.
    expect(path(tree, branchTo(tree, 'x', back))).toBe('a x y');
  });

  it('keep only the choices that change something', () => {
    expect(keptBranch(tree, branchTo(tree, 'z', {}))).toEqual({});
    expect(keptBranch(tree, branchTo(tree, 'y', {}))).toEqual({ x: 'y' });
    expect(keptBranch(tree, { a: 'gone', gone: 'a' })).toEqual({});
  });

  it('are all reachable, whatever a file says about them', () => {
    const circle = [
      turn('a', 1, 'b'),
      turn('b', 1, 'a'),
      turn('self', 0, 'self'),
      turn('lost', 3, 'nowhere'),
    ];
    const reached = new Set<string>();
    for (const { id } of circle) {
      const shown = pathOf(circle, branchTo(circle, id, {}));
      expect(names(shown).split(' ')).toContain(id);
      for (const entry of shown) reached.add(entry.id);
    }
    expect(reached.size).toBe(circle.length);
    expect(pathOf([turn('__proto__', 0, null), turn('k', 1, '__proto__')], {})).toHaveLength(2);
  });

  it('take time that grows with their number alone', () => {
    const long = Array.from({ length: 20_000 }, (_, n) => turn(`t${n}`, n, n ? `t${n - 1}` : null));
    const start = cpuTime();
    expect(pathOf(long, branchTo(long, 't19999', {}))).toHaveLength(long.length);
    expect(cpuTime() - start).toBeLessThan(1_000);
  });
});

describe('the state of a conversation', () => {
  const state = { ...emptyConversation, all: { turns: tree, sources: [] }, turns: pathOf(tree, {}) };

  it('goes back to where a question was the last', () => {
    expect(names(upTo(state, 'a').turns)).toBe('a');
    expect(upTo(state, 'z')).toBe(state);
    expect(upTo(state, null).turns).toEqual([]);
    expect(names(upTo(state, 'c').turns)).toBe('a b c');
  });

  it('takes a new question into its place, wherever the screen is meanwhile', () => {
    const asked = withTurn(state, turn('new', 3, 'c', 9), []);
    expect(names(asked.turns)).toBe('a b c new');
    expect(asked.all.turns).toHaveLength(7);
  });
});
