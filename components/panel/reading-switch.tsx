import type { ReadyPage } from '@/utils/chat/active-page';
import { t } from '@/utils/i18n';
import { useActions } from './actions';

/** One switch between the text alone and everything on the page, with the words of both. */
export function ReadingSwitch({ state }: { state: ReadyPage }) {
  const { readAs } = useActions();
  const { mode, choices, page } = state;
  // Where both are the same there is nothing to choose.
  if (!choices || (mode === 'article' && choices.article >= choices.everything)) return null;
  const words = { ...choices, [mode]: page.source.words };
  return (
    <div className="reading-switch" role="radiogroup" aria-label={t('page.choice')}>
      {(['article', 'everything'] as const).map((choice) => (
        <label key={choice} className={choice === mode ? 'reading-choice is-chosen' : 'reading-choice'}>
          <input
            type="radio"
            name="reading"
            checked={choice === mode}
            onChange={() => readAs({ mode: choice })}
          />
          <span>{t(choice === 'article' ? 'page.article' : 'page.everything')}</span>
          <span className="meta">{t('page.words', { count: words[choice] })}</span>
        </label>
      ))}
    </div>
  );
}
