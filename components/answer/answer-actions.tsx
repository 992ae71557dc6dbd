import { Check, ChevronLeft, ChevronRight, Copy, FileText, Link2, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import type { AnswerRecord } from '@/utils/store/records';
import { IconButton } from '../ui/icon-button';
import { MenuButton } from '../ui/menu';
import { copiedText } from './copied-text';
import { useCopy } from './use-copy';

const loadFiles = () => import('../history/chat-files');

/**
 * Copy, again, what more there is, the way to earlier answers of the same question, and to the answer as a text with
 * links.
 */
export function AnswerActions({
  text,
  answer,
  sources,
  position,
  count,
  disabled,
  onAgain,
  onVersion,
  children,
}: {
  /** What is shown of it. */
  text: string;
  answer: AnswerRecord;
  /** Those it was written from, in the order of their numbers. */
  sources: MeasuredSource[];
  /** Which answer is shown, from 0, and how many there are. */
  position: number;
  count: number;
  disabled: boolean;
  onAgain: () => void;
  onVersion: (position: number) => void;
  /** What more can be done with it. */
  children?: ReactNode;
}) {
  const [copied, copy] = useCopy();
  const entries = () => [
    {
      label: t('export.copyWithLinks'),
      icon: Link2,
      run: async () => copy(await (await loadFiles()).linkedAnswer(answer, sources)),
    },
    {
      label: t('export.saveAnswer'),
      icon: FileText,
      run: async () =>
        (await loadFiles()).saveAnswer(answer, sources, sources[0]?.source.title || answer.model),
    },
  ];
  return (
    <div className="answer-actions">
      {text && (
        <IconButton
          icon={copied ? Check : Copy}
          label={copied ? t('action.copied') : t('action.copy')}
          onClick={() => copy(copiedText(text, sources))}
        />
      )}
      <IconButton icon={RefreshCw} label={t('action.again')} disabled={disabled} onClick={onAgain} />
      {children}
      {count > 1 && (
        <span className="versions">
          <IconButton
            icon={ChevronLeft}
            label={t('answer.previousVersion')}
            disabled={position === 0}
            onClick={() => onVersion(position - 1)}
          />
          {t('answer.version', { position: position + 1, count })}
          <IconButton
            icon={ChevronRight}
            label={t('answer.nextVersion')}
            disabled={position === count - 1}
            onClick={() => onVersion(position + 1)}
          />
        </span>
      )}
      {text && <MenuButton label={t('export.answerMore')} align="start" entries={entries} />}
    </div>
  );
}
