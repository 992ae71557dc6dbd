import { ArrowRight, Lock, LockOpen } from 'lucide-react';
import { sayAlso, t } from '@/utils/i18n';
import type { Term } from '@/utils/translate/types';

await sayAlso('runs');

/** One term: what it is called, how often it stands there, and whether the user keeps it. A click edits it. */
export function TermRow({
  term,
  count,
  senses,
  odd,
  place,
  of = 'page',
  onEdit,
  onLock,
  onFix,
}: {
  term: Term;
  /** Undefined where no text is known. */
  count?: number;
  senses: number;
  /** Paragraphs that call it otherwise. */
  odd: number;
  /** Where it holds, where that is not plain. */
  place?: string;
  /** What it is looked for in. */
  of?: 'page' | 'text';
  onEdit: () => void;
  onLock?: (isLocked: boolean) => void;
  onFix?: () => void;
}) {
  const { source, target, note, lang, isLocked } = term;
  const facts = [
    count !== undefined && (count > 0 ? t('glossary.times', { count }) : t('glossary.notHere', { of })),
    target === '' && t('glossary.keepAsIs'),
    isLocked && t('glossary.locked'),
    note,
    place,
  ].filter(Boolean);
  return (
    <li className="term-row" data-term={term.id}>
      <button
        type="button"
        className="glossary-words grow"
        aria-label={t('glossary.edit', { term: source })}
        onClick={onEdit}
      >
        <span className="term-line">
          <bdi className="term-source">{source}</bdi>
          <ArrowRight className="icon icon-small flips" aria-hidden="true" />
          <bdi className="term-target" {...(target ? { lang } : {})}>
            {target || t('glossary.keptAsIs')}
          </bdi>
        </span>
        <span className="meta" dir="auto">
          {facts.join(' · ')}
        </span>
      </button>
      {senses > 1 && <span className="tag tag-lamp">{t('glossary.senses', { count: senses })}</span>}
      {odd > 0 && onFix && (
        <button
          type="button"
          className="button button-line button-small"
          aria-label={t('glossary.fixNamed', { count: odd, term: source })}
          onClick={onFix}
        >
          {t('glossary.fix', { count: odd })}
        </button>
      )}
      {onLock && (
        <button
          type="button"
          className="icon-button"
          aria-pressed={isLocked}
          aria-label={t('glossary.lock', { term: source })}
          title={t(isLocked ? 'glossary.locked' : 'glossary.lockShort')}
          onClick={() => onLock(!isLocked)}
        >
          {isLocked ? (
            <Lock className="icon icon-small" aria-hidden="true" />
          ) : (
            <LockOpen className="icon icon-small" aria-hidden="true" />
          )}
        </button>
      )}
    </li>
  );
}
