import { lazy, Suspense, useState } from 'react';
import type { ReadyPage } from '@/utils/chat/active-page';
import { t } from '@/utils/i18n';
import type { Gap } from '@/utils/source';
import { siteOf } from '@/utils/store/hosts';
import { settings } from '@/utils/store/settings';
import { useActions } from './actions';

const ReaderTrace = lazy(() => import('./reader-trace').then((module) => ({ default: module.ReaderTrace })));

/** What was read and what was not, with a way to each thing that was left out. */
export function PageDetails({ state }: { state: ReadyPage }) {
  const { readPage, readAs } = useActions();
  const [tracing, setTracing] = useState(false);
  const { source } = state.page;
  const site = siteOf(source.url);
  const hasHidden =
    state.withHidden || source.gaps.some(({ why }) => why === 'hidden' || why === 'concealed');
  return (
    <details className="page-card-gaps">
      {/* Alt and a click open the developer's view: what was kept and what was dropped, side by side. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button; Alt only adds to its click */}
      <summary onClick={(event) => event.altKey && setTracing(true)}>{t('page.details')}</summary>
      <ul>
        <li>{t('page.paragraphs', { count: source.segments.length, characters: source.characters })}</li>
        {source.gaps.map((gap) => (
          <GapRow key={gap.why} gap={gap} />
        ))}
        {state.withHidden && <li>{t('page.hiddenIncluded')}</li>}
      </ul>
      <div className="notice-actions">
        <button type="button" className="button button-small button-line" onClick={readPage}>
          {t('page.again')}
        </button>
        {hasHidden && (
          <button
            type="button"
            className="button button-small button-quiet"
            onClick={() => readAs({ withHidden: !state.withHidden })}
          >
            {t(state.withHidden ? 'page.withoutHidden' : 'page.withHidden')}
          </button>
        )}
        {site && (
          <button
            type="button"
            className="button button-small button-quiet"
            onClick={() => void settings.neverRead.change((sites) => [...sites, site])}
          >
            {t('page.neverRead', { site })}
          </button>
        )}
      </div>
      {tracing && (
        <Suspense>
          <ReaderTrace source={source} onClose={() => setTracing(false)} />
        </Suspense>
      )}
    </details>
  );
}

/** One thing that was not read, with its first words. */
export function GapRow({ gap }: { gap: Gap }) {
  return (
    <li>
      {t(`page.gaps.${gap.why}`, { count: gap.size })}
      {gap.sample && <> {sampleOf(gap.why, gap.sample)}</>}
    </li>
  );
}

/** Numbers of pages and lines and names of hosts are ours to say; anything else is quoted from the page. */
function sampleOf(why: Gap['why'], sample: string) {
  if (why.endsWith('-pages') || why === 'frame') return t('pdf.which', { list: sample });
  return why === 'undrawn-lines' ? t('page.onlyLines', { list: sample }) : <q>{sample}</q>;
}
