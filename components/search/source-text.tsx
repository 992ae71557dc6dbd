import { Languages, SquareArrowOutUpRight } from 'lucide-react';
import { memo, startTransition, useEffect, useMemo, useState } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import { type Segment, scriptLanguage } from '@/utils/source';
import { directionOf, languageOf } from '../answer/quoted-passage';
import { formatTokens, hostOf } from '../format';
import { useActions } from '../panel/actions';
import { GapRow } from '../panel/page-details';
import { Sheet } from '../ui/sheet';

await sayAlso('searches');

/** Passages that come into the document together; out of sight the browser does not lay them out. */
const together = 40;

/** The whole text of a source as the model has it, with the numbers by which it is cited. */
export function SourceText({ entry, onClose }: { entry: MeasuredSource; onClose: () => void }) {
  const { openLink, translateSource } = useActions();
  const { source, tokens } = entry;
  const { url, title, segments } = source;
  const groups = useMemo(() => {
    const all: Segment[][] = [];
    for (let start = 0; start < segments.length; start += together)
      all.push(segments.slice(start, start + together));
    return all;
  }, [segments]);
  // What is in sight comes first; a novel follows bit by bit, so that the panel goes on answering.
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn >= groups.length) return;
    const timer = setTimeout(() => startTransition(() => setDrawn((count) => count + 4)));
    return () => clearTimeout(timer);
  }, [drawn, groups.length]);
  return (
    <Sheet title={t('searchRun.textTitle')} onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="source-text" tabIndex={0} aria-label={t('searchRun.textTitle')}>
        <p className="source-text-title" lang={scriptLanguage(title) ?? source.lang}>
          <bdi>{title || t('page.untitled')}</bdi>
        </p>
        <p className="meta">
          <bdi>{hostOf(url)}</bdi> · {t('page.words', { count: source.words })} · ≈{formatTokens(tokens)}
        </p>
        {source.gaps.length > 0 && (
          <ul className="meta">
            {source.gaps.map((gap) => (
              <GapRow key={gap.why} gap={gap} />
            ))}
          </ul>
        )}
        <div className="notice-actions">
          {url && (
            <button type="button" className="button button-small button-line" onClick={() => openLink(url)}>
              <SquareArrowOutUpRight className="icon icon-small" aria-hidden="true" />
              {t('searchRun.openPage')}
            </button>
          )}
          {translateSource && (
            <button
              type="button"
              className="button button-small button-line"
              onClick={() => {
                onClose();
                translateSource(entry);
              }}
            >
              <Languages className="icon icon-small" aria-hidden="true" />
              {t('action.bilingual')}
            </button>
          )}
        </div>
        {groups.slice(0, drawn).map((group) => (
          <Passages key={group[0]?.start} group={group} entry={entry} />
        ))}
      </section>
    </Sheet>
  );
}

const Passages = memo(function SourcePassages({
  group,
  entry: { source },
}: {
  group: Segment[];
  entry: MeasuredSource;
}) {
  return (
    <div className="source-passages">
      {group.map(({ number, start, end, kind }) => {
        const words = source.text.slice(start, end);
        return (
          <p key={start} className={kind === 'heading' ? 'source-passage is-heading' : 'source-passage'}>
            <span className="source-mark">¶{number}</span>
            <span lang={languageOf(words, source)} dir={directionOf(words)}>
              {words}
            </span>
          </p>
        );
      })}
    </div>
  );
});
