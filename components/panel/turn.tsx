import { memo } from 'react';
import type { Waiting } from '@/utils/chat/live-answer';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import type { AnswerRecord, TurnRecord } from '@/utils/store/records';
import { Answer } from '../answer/answer';
import { QuestionImages } from '../composer/image-chips';
import { useLanguage } from '../use-preferences';

export interface TurnHandlers {
  again: (turnId: string) => void;
  continue: (answerId: string) => void;
  showVersion: (turnId: string, position: number) => void;
  showExactText: (answerId: string, position: number) => void;
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
  on,
}: {
  turn: TurnRecord;
  answer?: AnswerRecord;
  position: number;
  count: number;
  waiting?: Waiting;
  sources: MeasuredSource[];
  busy: boolean;
  on: TurnHandlers;
}) {
  useLanguage();
  return (
    <div className="turn">
      {turn.images && <QuestionImages images={turn.images} />}
      <p className="question" lang={scriptLanguage(turn.question)}>
        <span className="for-screen-readers">{t('answer.question')}: </span>
        {turn.question}
      </p>
      {answer && (
        <Answer
          key={answer.id}
          answer={answer}
          waiting={waiting}
          sources={sources}
          position={position}
          count={count}
          busy={busy}
          on={{
            again: () => on.again(turn.id),
            continue: () => on.continue(answer.id),
            showVersion: (next) => on.showVersion(turn.id, next),
            showExactText: (sending) => on.showExactText(answer.id, sending),
          }}
        />
      )}
    </div>
  );
});
