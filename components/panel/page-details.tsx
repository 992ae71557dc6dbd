import { lazy, Suspense, useState } from 'react';
import type { ReadyPage } from '@/utils/chat/active-page';
import { t } from '@/utils/i18n';

// Folded away at first: what is in it is there before anybody opens it.
const PageAccount = lazy(() => import('./page-account'));
const ReaderTrace = lazy(() => import('./reader-trace').then((module) => ({ default: module.ReaderTrace })));

/** What was read and what was not, with a way to each thing that was left out. */
export function PageDetails({ state }: { state: ReadyPage }) {
  const [tracing, setTracing] = useState(false);
  return (
    <details className="page-card-gaps">
      {/* Alt and a click open the developer's view: what was kept and what was dropped, side by side. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button; Alt only adds to its click */}
      <summary onClick={(event) => event.altKey && setTracing(true)}>{t('page.details')}</summary>
      <Suspense>
        <PageAccount state={state} />
        {tracing && <ReaderTrace source={state.page.source} onClose={() => setTracing(false)} />}
      </Suspense>
    </details>
  );
}
