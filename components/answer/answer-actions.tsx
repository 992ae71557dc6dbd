import { Check, ChevronLeft, ChevronRight, Copy, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '@/utils/i18n';
import { IconButton } from '../ui/icon-button';
import { useCopy } from './use-copy';

/** Copy, again, what more there is, and the way to earlier answers of the same question. */
export function AnswerActions({
  text,
  position,
  count,
  disabled,
  onAgain,
  onVersion,
  children,
}: {
  text: string;
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
  return (
    <div className="answer-actions">
      {text && (
        <IconButton
          icon={copied ? Check : Copy}
          label={copied ? t('action.copied') : t('action.copy')}
          onClick={() => copy(text)}
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
    </div>
  );
}
