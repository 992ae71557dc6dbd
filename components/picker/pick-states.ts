/** How each thing that can be picked stands with the next question. Pure; a look-up costs the same however many there are. */

import type { Candidate, Gathered } from '@/utils/chat/gathering';
import type { NextSource } from '@/utils/chat/next-request';
import { pageAddress } from '@/utils/store/chats';
import type { PickRecord } from '@/utils/store/records';
import { isPicked } from './picked';

export interface PickState {
  ticked: boolean;
  status:
    | 'free'
    | 'queued'
    | 'reading'
    | 'read'
    /** An earlier question of this chat has carried it. */
    | 'in-chat'
    | 'trouble'
    /** It can never be read here. */
    | 'barred';
  /** While it is on its way. */
  item?: Gathered;
  /** Once it is there. */
  source?: NextSource;
  /** What else was picked and has the same text: one source is sent for all of them. */
  twins?: readonly { title: string; url?: string }[];
}

export interface Picked {
  gathered: readonly Gathered[];
  /** By what the attached sources were picked. */
  picks: readonly PickRecord[];
  /** The sources of the next question, those included that stay out. */
  sources: readonly NextSource[];
  /** The page in front: the id of its source once it is read; `reading` before that, where the question waits for it. */
  front?: string | 'reading';
}

export type StateOf = (candidate: Candidate) => PickState;

export function pickStates({ gathered, picks, sources, front }: Picked): StateOf {
  const items = new Map(gathered.flatMap((item) => (item.key && isPicked(item) ? [[item.key, item]] : [])));
  const idOf = new Map(picks.map(({ key, id }) => [key, id]));
  const byId = new Map(sources.map((source) => [source.entry.source.id, source]));
  const picksOf = Map.groupBy(picks, ({ id }) => id);
  /** Picks besides that of this candidate that became the same source. */
  const twinsOf = ({ key }: Candidate, isFront: boolean, id: string): PickState['twins'] => {
    const held = picksOf.get(id) ?? [];
    const pages = held.filter((pick) => pick.key.startsWith('page:'));
    const others = held.filter((pick) => pick.key !== key && !(isFront && pages.includes(pick)));
    const isOwn = isFront || held.some((pick) => pick.key === key);
    const source = byId.get(id)?.entry.source;
    // The page in front goes by itself, without having been picked.
    const inFront = id === front && !isFront && pages.length === 0 && source ? [source] : [];
    const twins = [...inFront, ...others].map(({ title = '', url }) => ({ title, url }));
    return isOwn && twins.length > 0 ? twins : undefined;
  };
  const sentAt = new Map(
    sources.flatMap((source) =>
      source.sent && source.entry.source.url ? [[pageAddress(source.entry.source.url), source]] : [],
    ),
  );
  return (candidate) => {
    const item = items.get(candidate.key);
    if (item) {
      const status = item.status === 'trouble' ? 'trouble' : item.status === 'queued' ? 'queued' : 'reading';
      return { ticked: true, status, item };
    }
    const isFront = candidate.kind === 'tab' && candidate.isFront;
    if (isFront && front === 'reading') return { ticked: true, status: 'reading' };
    const id =
      idOf.get(candidate.key) ??
      (candidate.kind === 'tab' && candidate.url
        ? idOf.get(`page:${pageAddress(candidate.url)}`)
        : undefined) ??
      (isFront ? front : candidate.kind === 'source' ? candidate.id : undefined) ??
      '';
    const source =
      byId.get(id) ??
      (candidate.kind === 'tab' && candidate.url ? sentAt.get(pageAddress(candidate.url)) : undefined);
    const twins = source && !source.out && twinsOf(candidate, isFront, id);
    const more = twins ? { source, twins } : { source };
    if (source?.sent) return { ticked: !source.out, status: 'in-chat', ...more };
    if (source) return { ticked: !source.out, status: source.out ? 'free' : 'read', ...more };
    return { ticked: false, status: isBarred(candidate) ? 'barred' : 'free' };
  };
}

export const isBarred = (candidate: Candidate): boolean =>
  candidate.kind === 'tab' && candidate.barred !== undefined;

const isSensitive = (candidate: Candidate): boolean => 'isSensitive' in candidate && candidate.isSensitive;

/** Whether it is asked about before it is read: what banks, mail and doctors show is nothing to send by accident. */
export const needsYes = (candidate: Candidate, { status }: PickState): boolean =>
  isSensitive(candidate) && status === 'free';

/** What “all” ticks and “none” unticks in a group. */
export function ticksOf(candidates: readonly Candidate[], stateOf: StateOf) {
  const on: Candidate[] = [];
  const off: Candidate[] = [];
  for (const candidate of candidates) {
    const state = stateOf(candidate);
    if (state.status === 'barred' || state.status === 'in-chat') continue;
    if (state.ticked) off.push(candidate);
    else if (!needsYes(candidate, state)) on.push(candidate);
  }
  return { on, off };
}
