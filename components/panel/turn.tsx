import { memo } from 'react';
import type { Waiting } from '@/utils/chat/live-answer';
import { shownQuestion } from '@/utils/chat/shown-question';
import type { MeasuredSource } from '@/utils/context/compose';
import type { AnswerRecord, TurnRecord } from '@/utils/store/records';
import { Answer } from '../answer/answer';
import { QuestionImages } from '../composer/image-chips';
import { useLanguage } from '../use-preferences';
import { Question } from './question';

export interface TurnHandlers {
  again: (turnId: string) => void;
  continue: (answerId: string) => void;
  showVersion: (turnId: string, position: number) => void;
  showExactText: (answerId: string, position: number) => void;
  /** Opens a question to be written anew, or closes it again. */
  edit: (turnId: string | undefined) => void;
  sendEdited: (turnId: string, question: string, accepted: () => void) => void;
  /** Shows what was asked in the place of a question: the one at `position`, from 0. */
  showBranch: (turnId: string, position: number) => void;
  /** Asks a question that the model suggested. */
  followUp: (question: string) => void;
}

/** A question and its answer. Drawn again only when one of its own parts changed. */
export const Turn = memo(function Turn({
  turn,
  answer,
  position,
  count,
  waiting,
  sources,
  busy,
  branch,
  branches,
  editing,
  last,
  on,
}: {
  turn: TurnRecord;
  answer?: AnswerRecord;
  position: number;
  count: number;
  waiting?: Waiting;
  sources: MeasuredSource[];
  busy: boolean;
  /** Which of the questions that were asked in this place it is, from 0, and how many there are. */
  branch: number;
  branches: number;
  editing: boolean;
  /** Nothing follows it. */
  last: boolean;
  on: TurnHandlers;
}) {
  useLanguage();
  return (
    <div className="turn">
      {turn.images && <QuestionImages images={turn.images} />}
      <Question
        turn={turn}
        branch={branch}
        branches={branches}
        busy={busy}
        editing={editing && !busy}
        onEdit={() => on.edit(turn.id)}
        onCancel={() => on.edit(undefined)}
        onSend={(question, accepted) => on.sendEdited(turn.id, question, accepted)}
        onBranch={(place) => on.showBranch(turn.id, place)}
      />
      {answer && (
        <Answer
          key={answer.id}
          task={turn.task}
          question={shownQuestion(turn)}
          answer={answer}
          waiting={waiting}
          sources={sources}
          position={position}
          count={count}
          busy={busy}
          scope={turn.scope}
          on={{
            again: () => on.again(turn.id),
            continue: () => on.continue(answer.id),
            showVersion: (next) => on.showVersion(turn.id, next),
            showExactText: (sending) => on.showExactText(answer.id, sending),
            followUp: last && !busy ? on.followUp : undefined,
          }}
        />
      )}
    </div>
  );
});
