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
  /** Those that stay in the request, and that the question is not about. */
  aside: ReadonlySet<string>;
  /** The page in front, where it is new to the chat. */
  page?: MeasuredSource;
  /** The chat is about something else: the page comes in only when the user says so. */
  isOffer: boolean;
}

/** Under what name a choice about a page is kept: its text may change, its address stays. */
export const choiceOfPage = ({ id, url }: Pick<Source, 'id' | 'url'>): string =>
  url ? pageAddress(url) : id;

/**
 * The key under which a page is attached that was in front when others were picked beside it: it stays with them when
 * another tab comes to the front.
 */
export const keyOfPage = (source: Pick<Source, 'id' | 'url'>): string => `page:${choiceOfPage(source)}`;

/** Ids of pages that were kept so and are not needed: in front again they go by themselves, or they were left out. */
function pagesNotKept(
  { leftOut, picks = [] }: Pick<SourceChoices, 'leftOut' | 'picks'>,
  page?: MeasuredSource,
): Set<string> {
  const front = page && keyOfPage(page.source);
  const out = new Set(leftOut.map((name) => `page:${name}`));
  const gone = picks.filter(({ key }) => key === front || out.has(key));
  const others = picks.filter((pick) => !gone.includes(pick));
  return new Set(gone.map(({ id }) => id).filter((id) => !others.some((pick) => pick.id === id)));
}

/** `page` is the page in front, where it could be read. */
export function nextSources(
  { turns, sources }: Pick<ConversationState, 'turns' | 'sources'>,
  { attached, leftOut, added, picks, aside = [] }: SourceChoices,
  page?: MeasuredSource,
): NextSources {
  const inChat = new Set(sources.map(({ source }) => source.id));
  const isEmpty = turns.length === 0;
  // What was picked goes because it was picked, also when its tab has come to the front since.
  const isPicked =
    page !== undefined && !isEmpty && attached.some(({ source }) => source.id === page.source.id);
  const isNew = page !== undefined && !isPicked && !inChat.has(page.source.id);
  const name = page && choiceOfPage(page.source);
  const isIn = isNew && (isEmpty ? !leftOut.includes(name ?? '') : added.includes(name ?? ''));
  const omit = new Set(leftOut);
  if (isNew) {
    if (isIn) omit.delete(page.source.id);
    else omit.add(page.source.id);
  }
  const gone = pagesNotKept({ leftOut, picks }, page);
  const others = attached.filter(
    ({ source: { id } }) => !inChat.has(id) && !gone.has(id) && (isPicked || id !== page?.source.id),
  );
  return {
    // A new chat is about the page in front, so it comes first.
    pending: isNew ? (isEmpty ? [page, ...others] : [...others, page]) : others,
    omit,
    aside: new Set(aside.filter((id) => !omit.has(id))),
    ...(isNew ? { page } : {}),
    isOffer: isNew && !isEmpty && !isIn,
  };
}

/** The part of a question that says which sources go with it. */
export const sourcesOfQuestion = ({
  pending,
  omit,
  aside,
  page,
  isOffer,
}: NextSources): Pick<Question, 'sources' | 'omit' | 'aside'> => ({
  // A page that is only offered takes no number.
  sources: isOffer ? pending.filter((entry) => entry !== page) : pending,
  omit: [...omit],
  ...(aside.size > 0 ? { aside: [...aside] } : {}),
});

/**
 * What may be wished for a source: that the questions which follow are about it, that they are not (it stays in the
 * requests that it was sent with), or that it is in no request that follows.
 */
export type Wish = 'in' | 'aside' | 'out';

/** The choices after this was wished for a source. */
export function switched(
  { leftOut, added, aside = [] }: SourceChoices,
  { source }: MeasuredSource,
  wish: Wish,
  { page, isEmpty }: { page?: MeasuredSource; isEmpty: boolean },
): Pick<SourceChoices, 'leftOut' | 'added' | 'aside'> {
  const isPage = page?.source.id === source.id;
  const name = isPage ? choiceOfPage(source) : source.id;
  const put = (list: string[], isIn: boolean) => {
    const others = list.filter((entry) => entry !== name);
    return isIn ? [...others, name] : others;
  };
  if (isPage && !isEmpty) return { leftOut, added: put(added, wish === 'in'), aside };
  return { added, leftOut: put(leftOut, wish === 'out'), aside: put(aside, wish === 'aside') };
}
