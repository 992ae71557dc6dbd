import { ArrowRight, Quote } from 'lucide-react';
import { answerLanguages } from '@/utils/chat/answer-language';
import { toConnection } from '@/utils/chat/connection';
import { t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import { settings } from '@/utils/store/settings';
import { formatTokens } from '../format';
import { BuiltInModel } from '../settings/built-in-model';
import { Choice } from '../settings/choice';
import { LocalServers } from '../settings/local-servers';
import { PasteKey } from '../settings/paste-key';
import { useSetting } from '../settings/use-setting';
import { Logo } from '../ui/logo';
import { usePreferences } from '../use-preferences';

/** The first page after installation: what it is, the ways to a model, and an article to try it on at once. */
export function WelcomePage({
  allow,
  mayRead,
  shortcuts,
  sampleWords,
  onTry,
  onLookAround,
  openSettings,
}: {
  allow: (...addresses: string[]) => Promise<boolean>;
  mayRead: (address: string) => Promise<boolean>;
  /** As the browser calls them; empty where the browser has left a command without one. */
  shortcuts: { open: string; summarize: string };
  /** Words of the article in the language of the interface. */
  sampleWords: number;
  /** Opens the panel beside the article and summarises it. Runs inside the click. */
  onTry: () => void;
  /** Opens the panel. Runs inside the click. */
  onLookAround: () => void;
  openSettings: () => void;
}) {
  usePreferences();
  document.title = t('welcome.title');
  const connection = useConnected();
  return (
    <main className="welcome">
      <header className="welcome-header">
        <Logo size={46} />
        <h1>{t('welcome.tagline')}</h1>
        <p className="welcome-lead">{t('welcome.lead')}</p>
      </header>
      <section className="welcome-ways" aria-label={t('welcome.models')}>
        <LocalServers allow={allow} mayRead={mayRead} />
        <PasteKey allow={allow} />
        <BuiltInModel />
        <div className="welcome-way">
          <Quote className="icon" aria-hidden="true" />
          <div>
            <h2>{t('welcome.excerpts')}</h2>
            <p className="meta">{t('welcome.excerptsAbout')}</p>
          </div>
        </div>
        <p className="welcome-ready" role="status">
          {connection && (
            <>
              <b>{t('welcome.ready', { model: connection.model, provider: connection.provider })}</b>{' '}
              {Number.isFinite(connection.window) &&
                t('welcome.room', {
                  window: formatTokens(connection.window),
                  pages: pagesOf(connection.window),
                })}
            </>
          )}
        </p>
        <button type="button" className="button button-quiet button-small" onClick={openSettings}>
          {t('welcome.allProviders')}
        </button>
      </section>
      <Choice
        label={t('welcome.answerLanguage')}
        setting={settings.answerLanguage}
        options={[
          { value: 'interface', label: t('settings.answerInterface') },
          { value: 'question', label: t('settings.answerQuestion') },
          ...Object.entries(answerLanguages).map(([value, label]) => ({ value, label })),
        ]}
      />
      <section className="welcome-try" aria-labelledby="welcome-sample">
        <h2 id="welcome-sample">{t('welcome.sampleTitle')}</h2>
        <p className="meta">
          {connection
            ? t('welcome.tryAbout', { words: sampleWords, model: connection.model })
            : t('welcome.tryExcerpts', { words: sampleWords })}
        </p>
        <div className="form-actions">
          <button type="button" className="button button-solid" onClick={onTry}>
            {t('welcome.try')}
            <ArrowRight className="icon icon-small" aria-hidden="true" />
          </button>
          <button type="button" className="button button-quiet" onClick={onLookAround}>
            {t('welcome.lookAround')}
          </button>
        </div>
      </section>
      <section className="welcome-keys">
        <p>{t('welcome.anyPage')}</p>
        <ul>
          <li>
            {shortcuts.open ? t('welcome.keyOpen', { shortcut: shortcuts.open }) : t('welcome.buttonOpen')}
          </li>
          {shortcuts.summarize && <li>{t('welcome.keySummarize', { shortcut: shortcuts.summarize })}</li>}
          <li>{t('welcome.menus')}</li>
          <li>{t('welcome.addressBar', { keyword: 'wm' })}</li>
        </ul>
      </section>
      <p className="meta welcome-privacy">{t('welcome.privacy')}</p>
    </main>
  );
}

/** What answers from now on, once a model has been connected. */
function useConnected(): { model: string; provider: string; window: number } | undefined {
  const [active] = useSetting(settings.activeProvider);
  const [entries = []] = useSetting(settings.providers);
  const entry = entries.find(({ providerId }) => providerId === active);
  const provider = entry && findProvider(entry.providerId);
  if (!provider) return undefined;
  const { model } = toConnection(provider, entry);
  return { model: model.name || entry.modelId, provider: provider.name, window: model.window };
}

/**
 * Printed pages that a window holds beside an answer of usual length: 500 words a page, 1.35 tokens a word in English.
 * Rounded down, so that it promises nothing.
 */
function pagesOf(window: number): number {
  const pages = (window * 0.94) / (500 * 1.35);
  const step = pages > 100 ? 10 : pages > 20 ? 5 : 1;
  return Math.max(1, Math.floor(pages / step) * step);
}
