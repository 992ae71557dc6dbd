import type { SearchPage, SearchQuery, SearchRecord } from './records';
import { count, flag, list, object, oneOf, optional, text } from './shape';
import { address } from './source-shape';
import { toolCall, trouble } from './trouble-shape';

const query = object<SearchQuery>({
  text,
  engine: optional(text),
  hits: optional(count),
  passedOver: optional(
    list(object<NonNullable<SearchQuery['passedOver']>[number]>({ engine: text, trouble })),
  ),
  trouble: optional(trouble),
});

const page = object<SearchPage>({
  url: address,
  title: text,
  status: oneOf<SearchPage['status']>({
    waiting: true,
    reading: true,
    read: true,
    same: true,
    unread: true,
    dropped: true,
    'left-out': true,
  }),
  number: optional(count),
  sourceId: optional(text),
  tokens: optional(count),
  pages: optional(count),
  sameAs: optional(count),
  trouble: optional(trouble),
  insteadOf: optional(count),
  progress: optional(
    object<NonNullable<SearchPage['progress']>>({
      loaded: optional(count),
      total: optional(count),
      inTab: optional(flag),
    }),
  ),
});

/** What was searched for while an answer was written. */
export const search = object<SearchRecord>({
  id: text,
  call: optional(toolCall),
  told: optional(text),
  round: count,
  at: count,
  why: optional(text),
  queries: list(query),
  pages: list(page),
  state: oneOf<SearchRecord['state']>({
    asking: true,
    finding: true,
    reading: true,
    done: true,
    stopped: true,
    refused: true,
  }),
});
