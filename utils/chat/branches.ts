/**
 * The questions of a chat are a tree: asking something else in the place of an earlier question begins a branch beside
 * it, and the old one stays with everything that followed. The screen shows one path through the tree, and that path is
 * what a model is sent.
 *
 * Each question names the one it follows. `position` is its place on its path, so a question stands behind the one it
 * follows in every order by position, and what a file says otherwise is not believed: no circle can be made.
 */

import type { MeasuredSource } from '../context/compose';
import type { TurnRecord } from '../store/records';
import { type ConversationState, shownAnswer } from './conversation-state';
import { foundIn } from './searches';

/** Which question follows each: the id of the chosen one by the id of the one before, `''` for the first. */
export type Branch = Record<string, string>;

interface Tree {
  /** By id; `''` for questions that open the chat. */
  parents: Map<string, string>;
  /** Questions that follow one and the same, oldest first. */
  children: Map<string, TurnRecord[]>;
  byId: Map<string, TurnRecord>;
}

const trees = new WeakMap<TurnRecord[], Tree>();

/** Made once for each list. */
function treeOf(turns: TurnRecord[]): Tree {
  const known = trees.get(turns);
  if (known) return known;
  const tree: Tree = { parents: new Map(), children: new Map(), byId: new Map() };
  let before = '';
  for (const turn of turns.toSorted(inOrder)) {
    const { id, parentId } = turn;
    // Asked before there were branches: it follows the one that was asked before it.
    const named = parentId === undefined ? before : parentId;
    if (parentId === undefined) before = id;
    const parent = named !== null && tree.byId.has(named) ? named : '';
    tree.byId.set(id, turn);
    tree.parents.set(id, parent);
    const siblings = tree.children.get(parent);
    if (siblings) siblings.push(turn);
    else tree.children.set(parent, [turn]);
  }
  trees.set(turns, tree);
  return tree;
}

const inOrder = (one: TurnRecord, other: TurnRecord): number =>
  one.position - other.position || one.askedAt - other.askedAt || (one.id < other.id ? -1 : 1);

/** The path that is shown: at each fork the chosen question, or the newest. */
export function pathOf(turns: TurnRecord[], branch: Branch): TurnRecord[] {
  const { children } = treeOf(turns);
  const path: TurnRecord[] = [];
  for (let at = children.get(''); at; at = children.get(path.at(-1)?.id ?? '')) {
    const before = path.at(-1)?.id ?? '';
    const chosen = Object.hasOwn(branch, before) ? branch[before] : undefined;
    const next = at.find(({ id }) => id === chosen) ?? at.at(-1);
    if (!next) break;
    path.push(next);
  }
  return path;
}

/** The questions that were asked in the same place, oldest first; the question itself is one of them. */
export function siblingsOf(turns: TurnRecord[], turnId: string): TurnRecord[] {
  const { parents, children } = treeOf(turns);
  return children.get(parents.get(turnId) ?? '') ?? [];
}

/** The question that a question follows, null when it opens the chat. */
export const parentOf = (turns: TurnRecord[], turnId: string): string | null =>
  treeOf(turns).parents.get(turnId) || null;

/** The choices with which a question is on the path; what was chosen elsewhere stays. */
export function branchTo(turns: TurnRecord[], turnId: string, branch: Branch): Branch {
  const { parents } = treeOf(turns);
  const chosen = { ...branch };
  for (let id = turnId; parents.has(id); ) {
    const parent = parents.get(id) ?? '';
    chosen[parent] = id;
    if (!parent) break;
    id = parent;
  }
  return chosen;
}

/** The choices that matter: at forks where not the newest question is shown. These are kept. */
export function keptBranch(turns: TurnRecord[], branch: Branch): Branch {
  const { children } = treeOf(turns);
  return Object.fromEntries(
    Object.entries(branch).filter(([parent, id]) => {
      const siblings = children.get(parent) ?? [];
      return siblings.length > 1 && siblings.at(-1)?.id !== id && siblings.some((turn) => turn.id === id);
    }),
  );
}

/** The sources that the questions of a path name, and that were found for the answers that are shown, in their order. */
function sourcesOn(
  path: TurnRecord[],
  all: MeasuredSource[],
  state: Pick<ConversationState, 'answers' | 'shown'>,
): MeasuredSource[] {
  const byId = new Map(all.map((entry) => [entry.source.id, entry]));
  const ids = new Set(
    path.flatMap(({ id, sourceIds }) => [...sourceIds, ...foundIn(shownAnswer(state, id) ?? {})]),
  );
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

/** The same list while the same things are in it: whoever draws it compares lists, not what is in them. */
const kept = <T>(before: T[], after: T[]): T[] =>
  before.length === after.length && before.every((entry, index) => entry === after[index]) ? before : after;

/** The state with the path of a branch on screen. */
export function showing(
  state: ConversationState,
  { all = state.all, branch = state.branch }: Partial<Pick<ConversationState, 'all' | 'branch'>>,
): ConversationState {
  const path = pathOf(all.turns, branch);
  return {
    ...state,
    all,
    branch,
    turns: kept(state.turns, path),
    sources: kept(state.sources, sourcesOn(path, all.sources, state)),
  };
}

/** The state as it stood when this question was the last one; null for before the first. */
export function upTo(state: ConversationState, turnId: string | null): ConversationState {
  const { all, turns } = state;
  if (turnId === (turns.at(-1)?.id ?? null)) return state;
  const path = turnId === null ? [] : pathOf(all.turns, branchTo(all.turns, turnId, state.branch));
  const cut = path.slice(0, path.findIndex(({ id }) => id === turnId) + 1);
  return { ...state, turns: cut, sources: sourcesOn(cut, all.sources, state) };
}

/** The state with a new question at the end of its path, and with that path on screen. */
export function withTurn(
  state: ConversationState,
  turn: TurnRecord,
  sources: MeasuredSource[],
): ConversationState {
  const all = joined(state.all, { turns: [turn], sources });
  return showing(state, { all, branch: branchTo(all.turns, turn.id, state.branch) });
}

/** Both, each thing once; what was here first stays as it is. */
export function joined(
  here: ConversationState['all'],
  added: ConversationState['all'],
): ConversationState['all'] {
  const turnIds = new Set(here.turns.map(({ id }) => id));
  const sourceIds = new Set(here.sources.map(({ source }) => source.id));
  const turns = added.turns.filter(({ id }) => !turnIds.has(id));
  const sources = added.sources.filter(({ source }) => !sourceIds.has(source.id));
  return {
    turns: turns.length > 0 ? [...here.turns, ...turns] : here.turns,
    sources: sources.length > 0 ? [...here.sources, ...sources] : here.sources,
  };
}
