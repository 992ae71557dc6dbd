/** What is attached to the next question, in the order in which it was picked, and by what it was picked. */

import type { MeasuredSource } from '../context/compose';
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
  { key, place: asked, url }: Omit<PickRecord, 'id'>,
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
  // What was attached before places were kept came before.
  const next = others.findIndex(({ source }) => (places.get(source.id) ?? 0) > place);
  const at = stays ? known : next < 0 ? others.length : next;
  return {
    ...freed,
    attached: [...others.slice(0, at), entry, ...others.slice(at)],
    leftOut: freed.leftOut.filter((other) => other !== id),
    picks: [...earlier, { key, id, place, ...(url && { url }) }],
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

/** For each source the place of its first pick. */
function placesOf(picks: readonly PickRecord[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const { id, place } of picks) places.set(id, Math.min(place, places.get(id) ?? place));
  return places;
}
