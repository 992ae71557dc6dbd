/** What is attached to the next question, in the order in which it was picked, and by what it was picked. */

import type { MeasuredSource } from '../context/compose';
import { pageAddress } from '../store/chats';
import type { SourceChoices } from '../store/drafts';
import type { PickRecord } from '../store/records';

let lastPlace = 0;

/** A place in the order of picking: later than all given before, also before the panel was closed. */
export function nextPlace(now = Date.now()): number {
  lastPlace = Math.max(now, lastPlace + 1);
  return lastPlace;
}

/**
 * The choices with a source attached where its pick belongs, before whatever was picked after it. The same text once
 * more stays one source; a key that became another source lets go of the one that it was.
 */
export function withAttached(
  choices: SourceChoices,
  entry: MeasuredSource,
  { key, place: asked, url, title }: Omit<PickRecord, 'id'>,
): SourceChoices {
  const { id } = entry.source;
  // What is picked once more and is the same text was picked when it was picked first: what is still on its way keeps
  // its place behind it.
  const before = choices.picks?.find((pick) => pick.key === key && pick.id === id);
  const place = Math.min(asked, before?.place ?? asked);
  const freed = withoutPicks(choices, [key], id);
  const earlier = freed.picks ?? [];
  const places = placesOf(earlier);
  const known = freed.attached.findIndex(({ source }) => source.id === id);
  const stays = known >= 0 && (places.get(id) ?? 0) <= place;
  const others = freed.attached.filter(({ source }) => source.id !== id);
  // A second tab with the same text does not take the name and the address of the first.
  const named = stays && earlier.some((pick) => pick.id === id) ? (freed.attached[known] ?? entry) : entry;
  // What was attached before places were kept came before.
  const next = others.findIndex(({ source }) => (places.get(source.id) ?? 0) > place);
  const at = stays ? known : next < 0 ? others.length : next;
  return {
    ...freed,
    attached: [...others.slice(0, at), named, ...others.slice(at)],
    leftOut: freed.leftOut.filter((other) => other !== id),
    picks: [...earlier, { key, id, place, ...(url && { url }), ...(title && { title }) }],
  };
}

/** The choices without what these keys brought; what another key brought too stays. `keep` stays in any case. */
export function withoutPicks(choices: SourceChoices, keys: readonly string[], keep?: string): SourceChoices {
  const { attached, leftOut, picks = [] } = choices;
  const gone = picks.filter(({ key }) => keys.includes(key));
  if (gone.length === 0) return choices;
  const rest = picks.filter(({ key }) => !keys.includes(key));
  const held = new Set([...rest.map(({ id }) => id), keep]);
  const freed = new Set(gone.map(({ id }) => id).filter((id) => !held.has(id)));
  return {
    ...choices,
    attached: attached.filter(({ source }) => !freed.has(source.id)),
    leftOut: leftOut.filter((id) => !freed.has(id)),
    picks: rest,
  };
}

/**
 * The choices after a page was read again. What no question has sent gives its place to the newer reading, in which
 * other tabs that had the same text have no part; what was sent stays, and the newer reading is attached under `key`.
 */
export function withReadAgain(
  choices: SourceChoices,
  id: string,
  entry: MeasuredSource,
  key: string,
): SourceChoices {
  const { url = '', title } = entry.source;
  if (!choices.attached.some(({ source }) => source.id === id))
    return withAttached(choices, entry, { key, place: nextPlace(), url: url || undefined, title });
  const held = (choices.picks ?? []).filter((pick) => pick.id === id);
  const own = held.filter(
    (pick) => pick.key === key || (pick.url && pageAddress(pick.url) === pageAddress(url)),
  );
  const moved = own.length > 0 ? own : held;
  if (moved.length > 0) return moved.reduce((after, pick) => withAttached(after, entry, pick), choices);
  const attached = choices.attached.filter(({ source }) => source.id !== entry.source.id);
  return { ...choices, attached: attached.map((old) => (old.source.id === id ? entry : old)) };
}

/** For each source the place of its first pick. */
function placesOf(picks: readonly PickRecord[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const { id, place } of picks) places.set(id, Math.min(place, places.get(id) ?? place));
  return places;
}
