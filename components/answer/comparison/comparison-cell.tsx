import { Globe } from 'lucide-react';
import type { Token } from 'marked';
import { useSyncExternalStore } from 'react';
import { type CheckedMark, checksVersion, watchChecks } from '@/utils/citations';
import { type ComparisonColumn, type ComparisonValue, checkCell } from '@/utils/compare';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { Citation } from '../citation';
import { Inline } from '../markdown/inline';
import { lexLine } from '../markdown/lex';
import { TextScope } from '../markdown/text-attributes';
import { plainText } from '../markdown/token-text';

/** Without one of these a text has nothing that Markdown or a citation could be. */
const signs = /[\\`*_~[\]<$!&¶第]|:\/\/|www\./;

/** The words of a line as tokens; nearly all cells are plain. */
const lineTokens = (text: string): Token[] =>
  signs.test(text) ? lexLine(text) : [{ type: 'text', raw: text, text }];

/** The words of a line without marks, for names: they stand in buttons and heads, where nothing else can be pressed. */
export const nameOf = (text: string): string => plainText(lineTokens(text)).trim();

/** Words of a model in their own language and direction. */
export function LineText({
  text,
  as: Tag = 'span',
  isName = false,
}: {
  text: string;
  as?: 'span' | 'strong' | 'del';
  /** As it is, without anything to press. */
  isName?: boolean;
}) {
  const tokens = isName ? [{ type: 'escape', raw: text, text }] : lineTokens(text);
  return (
    <TextScope tokens={tokens}>
      {(attributes) => (
        <Tag {...attributes}>
          <Inline tokens={tokens} />
        </Tag>
      )}
    </TextScope>
  );
}

/** What one source says: the value, its place, and what is wrong with them. */
export function ComparisonCellView({
  value,
  column,
  sources,
  isBest,
  onSearch,
}: {
  value: ComparisonValue;
  column: ComparisonColumn;
  /** In the order of their numbers; the same array at every drawing. */
  sources: readonly Source[];
  isBest: boolean;
  /** Looks up what the source does not say; absent where nothing can be looked up. */
  onSearch?: { label: string; run: () => void };
}) {
  // The number of a check that came to its end: the same cell is judged anew.
  useSyncExternalStore(watchChecks, checksVersion);
  if (typeof value === 'string') {
    return (
      <span className="cell-none">
        {t(value === 'not-stated' ? 'comparison.notStated' : 'comparison.lost')}
        {onSearch && value === 'not-stated' && (
          <button
            type="button"
            className="cell-search"
            aria-label={onSearch.label}
            title={onSearch.label}
            onClick={onSearch.run}
          >
            <Globe className="icon icon-small" aria-hidden="true" />
          </button>
        )}
      </span>
    );
  }
  const check = checkCell(value, column.document, sources);
  const isMissing = check.state === 'missing';
  return (
    <>
      <LineText text={value.text} as={isMissing ? 'del' : isBest ? 'strong' : 'span'} />
      {isBest && !isMissing && <span className="for-screen-readers">, {t('comparison.best')}</span>}
      {check.mark && <CellCitation citation={check.mark} />}
      {isMissing && <span className="cell-alarm">{t('comparison.missing')}</span>}
      {check.state === 'uncited' && <span className="cell-note">{t('comparison.uncited')}</span>}
    </>
  );
}

/** The column says which source it is. The words around keep it from beginning a line. */
const CellCitation = ({ citation }: { citation: CheckedMark }) => (
  <span className="cell-citation">
    {'\u00a0\u2060'}
    <Citation citation={citation}>{citation.mark.replace(/^\d+\s/, '')}</Citation>
  </span>
);
