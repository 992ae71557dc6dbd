/** Which sources go with the next question, from what the user chose about them. */

import type { MeasuredSource } from '../context/compose';
import type { Source } from '../source';
import { pageAddress } from '../store/chats';
import type { SourceChoices } from '../store/drafts';
import type { ConversationState } from './conversation-state';
import type { Question } from './new-turn';

export interface NextSources {
  /** Sources that no turn of the chat names yet, in the order of their numbers. */
  pending: MeasuredSource[];
  /** Those of the chat and of the pending ones that stay out. */
  omit: ReadonlySet<string>;
  /** The page in front, where it is new to the chat. */
  page?: MeasuredSource;
  /** The chat is about something else: the page comes in only when the user says so. */
  isOffer: boolean;
}

/** Under what name a choice about a page is kept: its text may change, its address stays. */
export const choiceOfPage = ({ id, url }: Pick<Source, 'id' | 'url'>): string =>
  url ? pageAddress(url) : id;

/** `page` is the page in front, where it could be read. */
export function nextSources(
  { turns, sources }: Pick<ConversationState, 'turns' | 'sources'>,
  { attached, leftOut, added }: SourceChoices,
  page?: MeasuredSource,
): NextSources {
  const inChat = new Set(sources.map(({ source }) => source.id));
  const isEmpty = turns.length === 0;
  const isNew = page !== undefined && !inChat.has(page.source.id);
  const name = page && choiceOfPage(page.source);
  const isIn = isNew && (isEmpty ? !leftOut.includes(name ?? '') : added.includes(name ?? ''));
  const omit = new Set(leftOut);
  if (isNew) {
    if (isIn) omit.delete(page.source.id);
    else omit.add(page.source.id);
  }
  const others = attached.filter(({ source }) => !inChat.has(source.id) && source.id !== page?.source.id);
  return {
    // A new chat is about the page in front, so it comes first.
    pending: isNew ? (isEmpty ? [page, ...others] : [...others, page]) : others,
    omit,
    ...(isNew ? { page } : {}),
    isOffer: isNew && !isEmpty && !isIn,
  };
}

/** The part of a question that says which sources go with it. */
export const sourcesOfQuestion = ({
  pending,
  omit,
  page,
  isOffer,
}: NextSources): Pick<Question, 'sources' | 'omit'> => ({
  // A page that is only offered takes no number.
  sources: isOffer ? pending.filter((entry) => entry !== page) : pending,
  omit: [...omit],
});

/** The choices after a source was switched on or off. */
export function switched(
  { leftOut, added }: SourceChoices,
  { source }: MeasuredSource,
  out: boolean,
  { page, isEmpty }: { page?: MeasuredSource; isEmpty: boolean },
): Pick<SourceChoices, 'leftOut' | 'added'> {
  const isPage = page?.source.id === source.id;
  const name = isPage ? choiceOfPage(source) : source.id;
  const without = (list: string[]) => list.filter((entry) => entry !== name);
  if (isPage && !isEmpty) return { leftOut, added: out ? without(added) : [...without(added), name] };
  return { added, leftOut: out ? [...without(leftOut), name] : without(leftOut) };
}
