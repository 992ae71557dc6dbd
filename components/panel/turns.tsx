import { memo } from 'react';
import { type ConversationState, shownAnswer } from '@/utils/chat/conversation-state';
import type { TurnRecord } from '@/utils/store/records';
import { sourcesOf } from './sources-of';
import { Turn, type TurnHandlers } from './turn';

/** The questions and answers of a chat. Typing in the composer does not come here: the chat is the same. */
export const Turns = memo(function Turns({ chat, on }: { chat: ConversationState; on: TurnHandlers }) {
  const { streaming } = chat;
  const draw = (turn: TurnRecord) => {
    const answer = shownAnswer(chat, turn.id);
    const list = chat.answers[turn.id] ?? [];
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
        on={on}
      />
    );
  };
  return chat.turns.map(draw);
});
