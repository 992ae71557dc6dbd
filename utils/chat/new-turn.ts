/** The records of a new question and of an answer that is about to begin. */

import type { MeasuredSource } from '../context/compose';
import type { Connection, ImagePart, Task } from '../models/types';
import type { instructionsFor, SavedPrompt } from '../prompts/instructions';
import { scopeLine } from '../prompts/scope';
import type { PromptTerm } from '../prompts/translate';
import { pageAddress } from '../store/chats';
import type { AnswerRecord, ChatRecord, QuestionScope, TurnRecord } from '../store/records';
import type { SearchMode } from '../store/settings';
import { chatTitle } from './chat-title';
import { type ConversationState, shownAnswer } from './conversation-state';
import { leftOut, outgoing, sentIn } from './sendings';
import { askedInstead } from './shown-question';

export interface Question {
  task: Task;
  question: string;
  /** Sources to be read with it; those the chat already has are not sent again. */
  sources: MeasuredSource[];
  /** Ids of sources, here or in the chat, that the user leaves out. */
  omit?: readonly string[];
  /**
   * Ids of sources that it is not about. What an earlier question has sent stays in the request, so that nothing is
   * read again; what has not been sent yet stays out.
   */
  aside?: readonly string[];
  /** English name of the answer's language; undefined for the question's own. */
  language?: string;
  /** Pictures that go with it. */
  images?: ImagePart[];
  /** How the user wants this answer: role, rules, examples. */
  prompt?: SavedPrompt;
  /** When it is looked up on the web; as in the settings where it is not said. */
  searchMode?: SearchMode;
  /** Whether the model is told that it may search; nothing is said to one that takes no tools. */
  search?: boolean;
  /** Whether the answer ends with questions that may be asked next. */
  followUps?: boolean;
  /** What words are called, for a translation. */
  terms?: readonly PromptTerm[];
  /** What is said to the model about the task, where that is made elsewhere; see utils/translate/selection.ts. */
  instructions?: string;
}

/**
 * What the user has chosen with a question at the end of a conversation: what stays out, and the order in which sources
 * are numbered.
 */
export function choiceFor({ omit = [], aside = [], sources }: Question, state: ConversationState) {
  const sent = sentIn(state);
  return {
    omit: new Set([...omit, ...aside.filter((id) => !sent.has(id))]),
    slots: slotsOf(sources),
  };
}

const slotsOf = (sources: readonly MeasuredSource[]) => sources.map(({ source }) => source.id);

function scopeOf(ids: readonly string[], numbers: ReadonlyMap<string, number>): QuestionScope {
  const documents = ids
    .map((id) => ({ id, index: numbers.get(id) ?? 0 }))
    .sort((one, other) => one.index - other.index);
  return { line: scopeLine(documents.map(({ index }) => index)), documents };
}

/** A question in the place of an earlier one, with what went with that; `before` is the state before either. */
export function inPlaceOf(
  before: ConversationState,
  turn: TurnRecord,
  wishes: Pick<Question, 'question' | 'language' | 'prompt' | 'searchMode'>,
): Question {
  const byId = new Map(before.all.sources.map((entry) => [entry.source.id, entry]));
  const own = turn.sourceIds.flatMap((id) => byId.get(id) ?? []);
  const answer = shownAnswer(before, turn.id);
  const about = turn.scope && new Set(turn.scope.documents.map(({ id }) => id));
  return {
    ...wishes,
    // In other words it is a question like any other.
    ...askedInstead(turn, wishes.question),
    // Into the same language, with the same terms.
    ...(turn.task === 'translate' ? { instructions: turn.instructions } : {}),
    sources: own,
    omit: answer ? [...leftOut([...before.sources, ...own], answer)] : [],
    aside: about ? before.sources.map(({ source }) => source.id).filter((id) => !about.has(id)) : [],
    images: turn.images,
  };
}

/** Of a picture what is kept with the question. */
const sentImage = ({ type, mediaType, data, width, height, caption }: ImagePart): ImagePart => ({
  type,
  mediaType,
  data,
  ...(width && height ? { width, height } : {}),
  ...(caption ? { caption } : {}),
});

interface Origins {
  newId: () => string;
  now: () => number;
}

/**
 * The turn of a question at the end of the path, its chat, and the sources of the path with the new ones; those in
 * `omit` stay out.
 */
export function newTurn(
  state: ConversationState,
  {
    task,
    question,
    sources: given,
    aside,
    language,
    images,
    prompt,
    search,
    searchMode,
    followUps,
    terms,
    ...said
  }: Question,
  omit: ReadonlySet<string> = new Set(),
  { newId, now, write }: Origins & { write: typeof instructionsFor },
): { chat: ChatRecord; turn: TurnRecord; sources: MeasuredSource[] } {
  const added = given.filter(({ source }) => !omit.has(source.id));
  // What was sent once stays as it was sent, also when its page has another title or place by now: on every branch.
  const sentOnce = new Map(state.all.sources.map((entry) => [entry.source.id, entry]));
  const known = new Map(state.sources.map((entry) => [entry.source.id, entry]));
  for (const entry of added) {
    const { id } = entry.source;
    if (!known.has(id)) known.set(id, sentOnce.get(id) ?? entry);
  }
  const chat: ChatRecord = state.chat ?? {
    id: newId(),
    title: chatTitle(task, question, added),
    createdAt: now(),
    updatedAt: now(),
    urls: [],
  };
  const sent = sentIn(state);
  const own = [...known.keys()].filter((id) => !sent.has(id) && !omit.has(id));
  const notAsked = new Set(aside?.filter((id) => sent.has(id) && !omit.has(id)));
  const about = [...sent, ...own].filter((id) => !omit.has(id) && !notAsked.has(id));
  const turn: TurnRecord = {
    id: newId(),
    chatId: chat.id,
    position: Math.max(state.turns.length, (state.turns.at(-1)?.position ?? -1) + 1),
    parentId: state.turns.at(-1)?.id ?? null,
    task,
    question,
    instructions:
      said.instructions ??
      write(task, {
        language,
        now: new Date(now()),
        documents: about.length,
        prompt,
        search,
        scoped: notAsked.size > 0,
        followUps,
        terms,
      }),
    sourceIds: own,
    askedAt: now(),
    ...(searchMode ? { searchMode } : {}),
    // The names are the user's own; they are neither sent nor kept.
    ...(images?.length ? { images: images.map(sentImage) } : {}),
  };
  if (notAsked.size > 0) turn.scope = scopeOf(about, outgoing(state, turn, omit, slotsOf(given)).numbers);
  const urls = [...known.values()].flatMap(({ source }) => (source.url ? [pageAddress(source.url)] : []));
  return {
    chat: { ...chat, updatedAt: now(), urls: [...new Set([...chat.urls, ...urls])] },
    turn,
    sources: [...known.values()],
  };
}

/** An answer of which nothing has come yet. */
export const emptyAnswer = (
  turn: TurnRecord,
  { provider, model }: Connection,
  { newId, now }: Origins,
): AnswerRecord => ({
  id: newId(),
  turnId: turn.id,
  chatId: turn.chatId,
  createdAt: now(),
  provider: provider.id,
  providerName: provider.name,
  model: model.name,
  text: '',
  thinking: '',
  state: 'streaming',
  sendings: [],
});
