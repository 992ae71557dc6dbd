import {
  Check,
  ChevronLeft,
  ChevronRight,
  Copy,
  Download,
  FileText,
  Link2,
  RefreshCw,
  Sheet,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { hasTable } from '@/utils/chat/has-table';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import type { AnswerRecord } from '@/utils/store/records';
import { IconButton } from '../ui/icon-button';
import { MenuButton, type MenuEntry } from '../ui/menu';
import { copiedText } from './copied-text';
import { useCopy } from './use-copy';

const loadFiles = () => import('../history/chat-files');
const loadSaving = () => import('./export/save-answer');

/**
 * Copy, again, the way to earlier answers of the same question, what more there is, and the answer as a file or as a
 * text with links.
 */
export function AnswerActions({
  text,
  question,
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
  /** What was asked. */
  question: string;
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
  const save = (form: 'md' | 'html' | 'docx' | 'xlsx') => async () =>
    (await loadSaving()).saveAnswer({ answer, question, sources: sources.map(({ source }) => source) }, form);
  const entries = (): MenuEntry[] => [
    { label: t('export.saveAnswer'), icon: FileText, run: save('md') },
    { label: t('export.saveHtml'), icon: FileText, run: save('html') },
    { label: t('export.saveDocx'), icon: FileText, run: save('docx') },
    ...(hasTable(text) ? [{ label: t('export.saveTables'), icon: Sheet, run: save('xlsx') }] : []),
    {
      label: t('export.copyWithLinks'),
      icon: Link2,
      separated: true,
      run: async () => copy(await (await loadFiles()).linkedAnswer(answer, sources)),
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
      {text && <MenuButton icon={Download} label={t('export.save')} align="start" entries={entries} />}
    </div>
  );
}
