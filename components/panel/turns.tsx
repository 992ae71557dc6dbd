import { lazy, memo, Suspense } from 'react';
import { siblingsOf } from '@/utils/chat/branches';
import { type ConversationState, shownAnswer } from '@/utils/chat/conversation-state';
import { bodyOf } from '@/utils/chat/follow-ups';
import type { TurnRecord } from '@/utils/store/records';
import type { TextOf } from './long-turns';
import { sourcesOf } from './sources-of';
import { Turn, type TurnHandlers } from './turn';

/** Turns that are in the document whole: search in the page and screen readers find all of them. */
const shortChat = 40;
/** Turns that are seen while the code for longer chats is loaded: more than a view holds. */
const seenFirst = 8;

const LongTurns = lazy(async () => ({ default: (await import('./long-turns')).LongTurns }));

/** The questions and answers of a chat. Typing in the composer does not come here: the chat is the same. */
export const Turns = memo(function Turns({
  chat,
  editing,
  on,
}: {
  chat: ConversationState;
  /** The question that is written anew. */
  editing?: string;
  on: TurnHandlers;
}) {
  const { streaming } = chat;
  const draw = (turn: TurnRecord) => {
    const answer = shownAnswer(chat, turn.id);
    const list = chat.answers[turn.id] ?? [];
    const siblings = siblingsOf(chat.all.turns, turn.id);
    return (
      <Turn
        key={turn.id}
        turn={turn}
        answer={answer}
        position={answer ? list.indexOf(answer) : 0}
        count={list.length}
        waiting={streaming?.answerId === answer?.id ? streaming?.waiting : undefined}
        sources={sourcesOf(answer, chat.sources)}
        busy={streaming !== undefined}
        branch={siblings.indexOf(turn)}
        branches={siblings.length}
        editing={turn.id === editing}
        last={turn === chat.turns.at(-1)}
        on={on}
      />
    );
  };
  const textOf: TextOf = ({ id, question }, read) => {
    const answer = shownAnswer(chat, id);
    const body = answer ? read(bodyOf(answer), sourcesOf(answer, chat.sources)) : '';
    return `${question}\n\n${body}`.trim();
  };
  if (chat.turns.length <= shortChat) return chat.turns.map(draw);
  const first = chat.turns.length - seenFirst;
  return (
    <Suspense fallback={chat.turns.slice(first).map(draw)}>
      <LongTurns
        key={chat.chat?.id}
        turns={chat.turns}
        live={streaming !== undefined}
        editing={chat.turns.findIndex(({ id }) => id === editing)}
        draw={draw}
        textOf={textOf}
      />
    </Suspense>
  );
});
