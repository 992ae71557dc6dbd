/** What each record may be when it comes from a file. The compiler says when a record has a field that is not here. */

import type { Estimate, MeasuredSource } from '../context/compose';
import type { Money } from '../context/money';
import type { Piece } from '../context/passes';
import type { EndReason, ImagePart, TokenFactors, Usage } from '../models/types';
import type { SourceRecord } from './database';
import type {
  AnswerRecord,
  ChatRecord,
  DraftImage,
  DraftRecord,
  JournalRecord,
  PickRecord,
  QuestionScope,
  SendingRecord,
  SourceHeader,
  SpendingRecord,
  TurnRecord,
  WaitingPick,
} from './records';
import { search } from './search-shape';
import type { SearchMode } from './settings';
import {
  amount,
  count,
  entries,
  flag,
  list,
  number,
  numberOrInfinity,
  object,
  oneOf,
  optional,
  text,
} from './shape';
import { address, header, source } from './source-shape';
import { task } from './task-shape';
import { toolCall, trouble } from './trouble-shape';

const money = object<Money>({ currency: oneOf({ USD: true, CNY: true }), amount, exact: flag });

const usage = object<Usage>({
  input: optional(number),
  cached: optional(number),
  written: optional(number),
  output: optional(number),
  thinking: optional(number),
});

const estimate = object<Estimate>({
  bySource: list(
    object<Estimate['bySource'][number]>({
      id: text,
      index: number,
      title: text,
      characters: number,
      tokens: number,
    }),
  ),
  instructions: number,
  history: number,
  total: number,
  han: optional(number),
  hangul: optional(number),
  dense: optional(number),
  images: optional(number),
  factors: optional(
    object<TokenFactors>({ latin: number, han: number, hangul: optional(number), dense: optional(number) }),
  ),
  counted: optional(flag),
  // The reader that comes with the program has no limit.
  reserve: numberOrInfinity,
  window: numberOrInfinity,
});

const piece = object<Piece>({ sourceId: text, from: count, to: count });

const sending = object<SendingRecord>({
  sentAt: number,
  requestHash: text,
  estimate,
  usage: optional(usage),
  firstWordAfter: optional(number),
  history: list(
    object<SendingRecord['history'][number]>({
      answerId: text,
      length: count,
      sourceIds: optional(list(text)),
      searches: optional(count),
    }),
  ),
  from: count,
  sourceIds: optional(list(text)),
  omitted: optional(list(object<{ id: string; index: number }>({ id: text, index: number }))),
  cost: optional(money),
  repeats: optional(object<{ total: number; reported: number }>({ total: number, reported: number })),
  rounds: optional(count),
  searches: optional(count),
  inWords: optional(flag),
  instead: optional(text),
  alarm: optional(object<{ reported: number; expected: number }>({ reported: number, expected: number })),
  pass: optional(
    object<NonNullable<SendingRecord['pass']>>({
      number: count,
      count,
      pieces: list(piece),
      notes: number,
    }),
  ),
});

const picture = {
  type: oneOf({ image: true }),
  mediaType: oneOf({ 'image/png': true, 'image/jpeg': true, 'image/webp': true, 'image/gif': true }),
  data: text,
  width: optional(count),
  height: optional(count),
  caption: optional(text),
};

const image = object<ImagePart>(picture);

export const chatShape = object<ChatRecord>({
  id: text,
  title: text,
  createdAt: number,
  updatedAt: number,
  urls: list(address),
  branch: optional(entries(text)),
});

export const turnShape = object<TurnRecord>({
  id: text,
  chatId: text,
  position: number,
  parentId: optional((value, place) => (value === null ? null : text(value, place))),
  task,
  question: text,
  instructions: text,
  sourceIds: list(text),
  images: optional(list(image)),
  scope: optional(
    object<QuestionScope>({
      line: text,
      documents: list(object<{ id: string; index: number }>({ id: text, index: number })),
    }),
  ),
  askedAt: number,
  searchMode: optional(oneOf<SearchMode>({ auto: true, always: true, off: true })),
  headers: optional(list(object<SourceHeader>(header))),
});

export const answerShape = object<AnswerRecord>({
  id: text,
  turnId: text,
  chatId: text,
  createdAt: number,
  provider: text,
  providerName: text,
  model: text,
  text,
  thinking: text,
  state: oneOf({ streaming: true, ended: true }),
  reason: optional(
    oneOf<EndReason>({
      stop: true,
      length: true,
      filtered: true,
      'tool-calls': true,
      aborted: true,
      'cut-off': true,
      error: true,
    }),
  ),
  trouble: optional(trouble),
  sendings: list(sending),
  toolCalls: optional(list(toolCall)),
  passes: optional(
    object<NonNullable<AnswerRecord['passes']>>({ plan: list(list(piece)), notes: list(text) }),
  ),
  thoughtFor: optional(number),
  searches: optional(list(search)),
  sourceIds: optional(list(text)),
  headers: optional(list(object<SourceHeader>(header))),
});

export const sourceShape = object<SourceRecord>({
  id: text,
  source,
  tokens: amount,
  han: optional(amount),
  hangul: optional(amount),
  dense: optional(amount),
} satisfies { [Name in keyof Required<MeasuredSource>]: unknown } & { id: unknown });

export const journalShape = object<JournalRecord>({
  // Numbers of the order are given anew.
  sequence: () => undefined,
  answerId: text,
  text,
  thinking: text,
});

export const spendingShape = object<SpendingRecord>({
  sequence: () => undefined,
  chatId: text,
  month: text,
  providerId: text,
  model: text,
  cost: money,
  input: amount,
  output: amount,
});

export const draftShape = object<DraftRecord>({
  id: text,
  text,
  images: optional(
    list(object<DraftImage>({ ...picture, name: text, from: optional(text), turned: optional(flag) })),
  ),
  attached: optional(list(text)),
  picks: optional(
    list(
      object<PickRecord>({ key: text, id: text, place: amount, url: optional(text), title: optional(text) }),
    ),
  ),
  waiting: optional(
    list(object<WaitingPick>({ key: text, title: text, url: optional(text), place: amount })),
  ),
  leftOut: optional(list(text)),
  added: optional(list(text)),
  aside: optional(list(text)),
});
