/**
 * Records that a crash, a failing disk or another program has damaged. What can be drawn is drawn: a field that is not
 * what it should be gets a value that says nothing. Whole records come back as the same objects.
 */

import type {
  AnswerRecord,
  ChatRecord,
  SearchPage,
  SearchQuery,
  SearchRecord,
  SendingRecord,
  TurnRecord,
} from './records';

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isListOf = <T>(value: unknown, check: (entry: unknown) => entry is T): value is T[] =>
  Array.isArray(value) && value.every(check);
const isMissingOr = (value: unknown, check: (value: unknown) => boolean) =>
  value === undefined || check(value);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const textOr = (value: unknown, otherwise = '') => (isText(value) ? value : otherwise);
const numberOr = (value: unknown) => (isNumber(value) ? value : 0);
const onlyOf = <T>(value: unknown, check: (entry: unknown) => entry is T): T[] =>
  Array.isArray(value) ? value.filter(check) : [];

export function mendedChat(chat: ChatRecord): ChatRecord {
  const { title, updatedAt, createdAt, urls } = chat;
  if (isText(title) && isNumber(updatedAt) && isNumber(createdAt) && isListOf(urls, isText)) return chat;
  return {
    ...chat,
    title: textOr(title),
    updatedAt: numberOr(updatedAt),
    createdAt: numberOr(createdAt),
    urls: onlyOf(urls, isText),
  };
}

export function mendedTurn(turn: TurnRecord): TurnRecord {
  const { question, position, askedAt, sourceIds, images, headers } = turn;
  const isWhole =
    isText(question) &&
    isNumber(position) &&
    isNumber(askedAt) &&
    isListOf(sourceIds, isText) &&
    isMissingOr(images, (list) => isListOf(list, isObject)) &&
    isMissingOr(headers, (list) => isListOf(list, isObject));
  if (isWhole) return turn;
  const { images: _, headers: __, ...rest } = turn;
  return {
    ...rest,
    question: textOr(question),
    instructions: textOr(turn.instructions),
    position: numberOr(position),
    askedAt: numberOr(askedAt),
    sourceIds: onlyOf(sourceIds, isText),
    ...(images ? { images: onlyOf(images, isObject) as typeof images } : {}),
    ...(headers ? { headers: onlyOf(headers, isObject) as typeof headers } : {}),
  };
}

const isSending = (value: unknown): value is SendingRecord => {
  const { estimate, history } = (isObject(value) ? value : {}) as Partial<SendingRecord>;
  return isObject(estimate) && Array.isArray(estimate.bySource) && Array.isArray(history);
};

const isSearch = (value: unknown): value is SearchRecord => {
  const { queries, pages, round, at, told } = (isObject(value) ? value : {}) as Partial<SearchRecord>;
  return (
    isNumber(round) &&
    isNumber(at) &&
    isMissingOr(told, isText) &&
    isListOf(
      queries,
      (query): query is SearchQuery => isObject(query) && isText((query as SearchQuery).text),
    ) &&
    isListOf(pages, (page): page is SearchPage => isObject(page) && isText((page as SearchPage).url))
  );
};

const isPasses = (value: unknown): boolean =>
  isObject(value) && Array.isArray((value as AnswerRecord['passes'])?.plan);
const isTrouble = (value: unknown): boolean =>
  isObject(value) && isObject((value as AnswerRecord['trouble'])?.facts);

export function mendedAnswer(answer: AnswerRecord): AnswerRecord {
  const { text, thinking, model, provider, providerName, createdAt, state, sendings, passes, trouble } =
    answer;
  const { searches, sourceIds, headers } = answer;
  const isWhole =
    [text, thinking, model, provider, providerName].every(isText) &&
    isNumber(createdAt) &&
    (state === 'streaming' || state === 'ended') &&
    isListOf(sendings, isSending) &&
    isMissingOr(passes, isPasses) &&
    isMissingOr(searches, (list) => isListOf(list, isSearch)) &&
    isMissingOr(sourceIds, (list) => isListOf(list, isText)) &&
    isMissingOr(headers, (list) => isListOf(list, isObject)) &&
    isMissingOr(trouble, isTrouble);
  if (isWhole) return answer;
  const { passes: _, trouble: __, searches: ___, sourceIds: ____, headers: _____, ...rest } = answer;
  return {
    ...rest,
    text: textOr(text),
    thinking: textOr(thinking),
    model: textOr(model, '?'),
    provider: textOr(provider),
    providerName: textOr(providerName, '?'),
    createdAt: numberOr(createdAt),
    state: state === 'streaming' ? 'streaming' : 'ended',
    sendings: onlyOf(sendings, isSending),
    ...(isPasses(passes) ? { passes } : {}),
    ...(isTrouble(trouble) ? { trouble } : {}),
    ...(searches ? { searches: onlyOf(searches, isSearch) } : {}),
    ...(sourceIds ? { sourceIds: onlyOf(sourceIds, isText) } : {}),
    ...(headers ? { headers: onlyOf(headers, isObject) as typeof headers } : {}),
  };
}

/** Whether a source can still be read: its text is there, with its passages. */
export const isWholeSource = (value: unknown): boolean => {
  const { source } = (isObject(value) ? value : {}) as { source?: Record<string, unknown> };
  return (
    isObject(source) &&
    isText(source.id) &&
    isText(source.text) &&
    isText(source.title) &&
    isListOf(source.segments, isObject) &&
    isListOf(source.gaps, isObject)
  );
};
