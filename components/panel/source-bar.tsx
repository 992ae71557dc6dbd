import { sayAlso, t } from '@/utils/i18n';
import { formatNumber, sourceColour } from '../format';
import { SourceNumber } from '../ui/source-number';

await sayAlso('sheets');

/**
 * How much of a request each source is, in the colours of their numbers. What is beyond the limit is hatched at the
 * end; the figures stand beside it as text.
 */
export function SourceBar({
  sources,
  needed,
  limit,
}: {
  sources: { id: string; index: number; title: string; tokens: number }[];
  needed: number;
  limit: number;
}) {
  const total = sources.reduce((sum, { tokens }) => sum + tokens, 0) || 1;
  const over = Math.max(0, needed - limit) / needed;
  return (
    <>
      <div
        className="source-bar"
        role="img"
        aria-label={t('decision.bar', { needed: formatNumber(needed), limit: formatNumber(limit) })}
      >
        {sources.map(({ id, index, tokens }) => (
          <i key={id} className={sourceColour(index)} style={{ flexGrow: (tokens / total) * (1 - over) }} />
        ))}
        {over > 0 && <i className="over" style={{ flexGrow: over }} />}
      </div>
      {sources.length > 1 && (
        <ul className="source-legend">
          {sources.map(({ id, index, title, tokens }) => (
            <li key={id}>
              <SourceNumber number={index} />
              <bdi className="ellipsis grow">{title || t('page.untitled')}</bdi>
              <span className="meta">≈{formatNumber(tokens)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
