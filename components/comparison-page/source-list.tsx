import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import { formatMoment, hostOf } from '../format';
import { SourceNumber } from '../ui/source-number';

/** The sources of an answer with the numbers that it calls them by; those on the web are links. */
export function SourceList({ sources }: { sources: MeasuredSource[] }) {
  // What was left out of the question keeps its number and has no text.
  const sent = sources.flatMap(({ source }, index) =>
    source.segments.length > 0 ? [{ source, number: index + 1 }] : [],
  );
  if (sent.length === 0) return null;
  return (
    <section className="comparison-sources" aria-labelledby="sources">
      <h2 id="sources">{t('saved.sources')}</h2>
      <ol>
        {sent.map(({ source, number }) => {
          const { title, url, words, readAt } = source;
          const name = <bdi lang={scriptLanguage(title)}>{title || hostOf(url) || t('page.untitled')}</bdi>;
          const isOnWeb = url !== undefined && /^https?:/i.test(url);
          const facts = [
            isOnWeb ? hostOf(url) : '',
            t('page.words', { count: words }),
            t('saved.readAt', { time: formatMoment(readAt) }),
          ];
          return (
            <li key={number}>
              <SourceNumber number={number} />
              <div>
                {isOnWeb ? (
                  <a href={url} target="_blank" rel="noreferrer">
                    {name}
                  </a>
                ) : (
                  name
                )}
                <p className="meta">{facts.filter(Boolean).join(' · ')}</p>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
