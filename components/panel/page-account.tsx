import type { ReadyPage } from '@/utils/chat/active-page';
import { t } from '@/utils/i18n';
import { siteOf } from '@/utils/store/hosts';
import { settings } from '@/utils/store/settings';
import { useActions } from './actions';
import { GapRow } from './gap-row';

/** What was read of the page in front and what was not, with a way to each thing that was left out. */
export default function PageAccount({ state }: { state: ReadyPage }) {
  const { readPage, readAs } = useActions();
  const { source } = state.page;
  const site = siteOf(source.url);
  const hasHidden =
    state.withHidden || source.gaps.some(({ why }) => why === 'hidden' || why === 'concealed');
  return (
    <>
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
    </>
  );
}
