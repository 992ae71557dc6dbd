import { EyeOff } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { ActivePageState } from '@/utils/chat/active-page';
import type { Trouble } from '@/utils/errors';
import { t } from '@/utils/i18n';
import { hostOf } from '../format';
import { LetterTile } from '../ui/letter-tile';
import { WaitingMoon } from '../ui/moon';
import { useActions } from './actions';
import { PageDetails } from './page-details';
import { PdfProgress } from './pdf-progress';
import { ReadTag } from './read-tag';
import { ReadingSwitch } from './reading-switch';
import { Trouble as TroubleNotice } from './trouble';

const PageScan = lazy(async () => ({ default: (await import('../files/page-scan')).PageScan }));
const PdfPassword = lazy(async () => ({ default: (await import('./pdf-password')).PdfPassword }));

/** The page in front: its title, how much was read, and what was not. */
export function PageCard({ state }: { state: ActivePageState }) {
  const actions = useActions();
  if (state.status === 'none') return null;
  if (state.status === 'trouble') {
    const { trouble } = state;
    if (trouble.code === 'pdf-password') {
      return (
        <Suspense>
          <PdfPassword trouble={trouble} />
        </Suspense>
      );
    }
    if (trouble.code === 'pdf-scanned') {
      return (
        <Suspense>
          <PageScan state={state} />
        </Suspense>
      );
    }
    if (trouble.code === 'never-read') return <NeverReadNotice trouble={trouble} />;
    return <TroubleNotice trouble={trouble} />;
  }
  if (state.status === 'reading' && state.pdf) return <PdfProgress progress={state.pdf} />;
  if (state.status === 'reading') {
    return (
      <p className="answer-status" role="status">
        <WaitingMoon />
        <span className="grow">{t(state.loading ? 'page.stillLoading' : 'page.reading')}</span>
        {state.loading && (
          <button type="button" className="text-button" onClick={actions.readNow}>
            {t('page.readNow')}
          </button>
        )}
      </p>
    );
  }
  const { source } = state.page;
  const title = source.title || t('page.untitled');
  return (
    <section className="page-card" aria-label={t('panel.thisPage')}>
      <LetterTile url={source.url} title={title} large />
      <h2 lang={source.lang}>
        <bdi>{title}</bdi>
      </h2>
      <p className="page-card-facts">
        <span>{hostOf(source.url)}</span>
        <span aria-hidden="true">·</span>
        {source.pages !== undefined && (
          <>
            <span>{t('pdf.pages', { count: source.pages })}</span>
            <span aria-hidden="true">·</span>
          </>
        )}
        <span>{t('page.words', { count: source.words })}</span>
        <ReadTag source={source} />
        {source.gaps.some(({ why, size }) => why === 'concealed' && size > aFewWords) && (
          <span className="tag tag-lamp">
            <EyeOff className="icon icon-small" aria-hidden="true" />
            {t('page.hasConcealed')}
          </span>
        )}
      </p>
      <ReadingSwitch state={state} />
      {(source.gaps.some(({ why }) => why === 'scanned-pages') || source.file) && (
        <Suspense>
          <PageScan state={state} />
        </Suspense>
      )}
      {state.newer && (
        <p className="page-card-news" role="status">
          {t('page.grown', { count: state.newer.paragraphs })}
          <button type="button" className="text-button" onClick={actions.takeNewer}>
            {t('page.takeNewer')}
          </button>
        </p>
      )}
      {source.gaps.some(({ why }) => why === 'export') && (
        <p className="page-card-news">
          {t('page.gaps.export')}
          <button type="button" className="text-button" onClick={() => actions.readAs({ mayAsk: true })}>
            {t('page.fetchExport')}
          </button>
        </p>
      )}
      <PageDetails state={state} />
    </section>
  );
}

/** The button that put the site on the list is gone with the page: the focus goes to what has come in its place. */
function NeverReadNotice({ trouble }: { trouble: Trouble }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div ref={box}>
      <TroubleNotice trouble={trouble} />
    </div>
  );
}

/** Invisible text of up to this many characters is a label or a counter, not a message. */
const aFewWords = 30;
