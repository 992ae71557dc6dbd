import { Check, CircleDashed } from 'lucide-react';
import type { ActivePageState } from '@/utils/chat/active-page';
import { t } from '@/utils/i18n';
import type { Coverage, Gap, Source } from '@/utils/source';
import { hostOf } from '../format';
import { LetterTile } from '../ui/letter-tile';
import { Moon } from '../ui/moon';
import { useActions } from './actions';
import { TroubleNotice } from './trouble-notice';

/** The page in front: its title, how much was read, and what was not. */
export function PageCard({ state }: { state: ActivePageState }) {
  const actions = useActions();
  if (state.status === 'none') return null;
  if (state.status === 'trouble') return <TroubleNotice trouble={state.trouble} />;
  if (state.status === 'reading') {
    return (
      <p className="answer-status" role="status">
        <Moon share={0.5} size={14} />
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
        <span>{t('page.words', { count: source.words })}</span>
        <ReadTag source={source} />
      </p>
      <details className="page-card-gaps">
        <summary>{t('page.details')}</summary>
        <ul>
          <li>{t('page.paragraphs', { count: source.segments.length, characters: source.characters })}</li>
          {source.gaps.map((gap) => (
            <GapRow key={gap.why} gap={gap} />
          ))}
        </ul>
        <div className="notice-actions">
          <button type="button" className="button button-small button-line" onClick={actions.readPage}>
            {t('page.again')}
          </button>
          {state.mode === 'article' && source.gaps.some((gap) => gap.why !== 'frame') && (
            <button
              type="button"
              className="button button-small button-quiet"
              onClick={actions.readEverything}
            >
              {t('page.everything')}
            </button>
          )}
        </div>
      </details>
    </section>
  );
}

/** Left-out characters up to this many (a share line, a date) do not take “Read in full” away; they are listed all the same. */
const negligible = 200;

/** “Read in full” is said only when nothing that belongs to the text is missing. */
function ReadTag({ source }: { source: Source }) {
  const missing = source.gaps.find(
    ({ why, size }) => why === 'still-loading' || (why === 'outside-article' && size > negligible),
  );
  if (!missing) {
    return (
      <span className="tag tag-pine">
        <Check className="icon icon-small" aria-hidden="true" />
        {t('page.read')}
      </span>
    );
  }
  return (
    <span className="tag tag-lamp">
      <CircleDashed className="icon icon-small" aria-hidden="true" />
      {missing.why === 'still-loading'
        ? t('page.gaps.still-loading')
        : t('page.partly', { share: shareOf(source.coverage) })}
    </span>
  );
}

function GapRow({ gap }: { gap: Gap }) {
  return (
    <li>
      {t(`page.gaps.${gap.why}`, { count: gap.size })}
      {gap.sample && (
        <>
          {' '}
          <q>{gap.sample}</q>
        </>
      )}
    </li>
  );
}

/** Rounded down, so that something missing never reads as 100 %. */
const shareOf = (coverage: Coverage | undefined) =>
  coverage && coverage.visible > 0 ? Math.floor((coverage.read / coverage.visible) * 100) / 100 : 1;
