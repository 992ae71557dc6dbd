import { ChevronLeft, ChevronRight, Pencil } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { aboutWords } from '@/utils/chat/about';
import { shownQuestion } from '@/utils/chat/shown-question';
import { getLanguage, languages, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import type { TurnRecord } from '@/utils/store/records';
import { IconButton } from '../ui/icon-button';

const loadEdit = () => import('./edit-question');
const EditQuestion = lazy(async () => ({ default: (await loadEdit()).EditQuestion }));

export interface QuestionProps {
  turn: TurnRecord;
  /** Which of the questions that were asked in this place it is, from 0, and how many there are. */
  branch: number;
  branches: number;
  /** Something streams: nothing is edited, and the branch stays. */
  busy: boolean;
  /** It is open to be written anew. */
  editing: boolean;
  onEdit: () => void;
  onCancel: () => void;
  onSend: (question: string, accepted: () => void) => void;
  onBranch: (position: number) => void;
}

/** A question as it was asked, the way to write it anew, and the way to what was asked in its place. */
export function Question({ turn, branch, branches, busy, editing, onEdit, ...on }: QuestionProps) {
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The field is gone, and the focus with it.
    const isLost = !document.activeElement || document.activeElement === document.body;
    if (wasEditing.current && !editing && isLost) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const words = shownQuestion(turn);
  const asked = (
    <p className="question" lang={scriptLanguage(words)} tabIndex={-1}>
      <span className="for-screen-readers">{t('answer.question')}: </span>
      {words}
      {turn.scope && (
        <span className="question-scope" lang={languages[getLanguage()].tag}>
          {aboutWords(turn.scope)}
        </span>
      )}
    </p>
  );
  if (editing) {
    return (
      <Suspense fallback={asked}>
        <EditQuestion turn={turn} onCancel={on.onCancel} onSend={on.onSend} />
      </Suspense>
    );
  }
  return (
    <div className="question-line">
      {asked}
      <IconButton
        ref={edit}
        icon={Pencil}
        label={t('question.edit')}
        disabled={busy}
        onPointerEnter={() => void loadEdit()}
        onFocus={() => void loadEdit()}
        onClick={onEdit}
      />
      {branches > 1 && (
        <span className="versions question-branches">
          <IconButton
            icon={ChevronLeft}
            label={t('question.previousBranch')}
            disabled={busy || branch === 0}
            onClick={() => on.onBranch(branch - 1)}
          />
          <span aria-hidden="true">{`${branch + 1}/${branches}`}</span>
          <span className="for-screen-readers">
            {t('question.branch', { position: branch + 1, count: branches })}
          </span>
          <IconButton
            icon={ChevronRight}
            label={t('question.nextBranch')}
            disabled={busy || branch === branches - 1}
            onClick={() => on.onBranch(branch + 1)}
          />
        </span>
      )}
    </div>
  );
}
