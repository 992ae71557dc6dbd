import { answerLanguages } from '@/utils/chat/answer-language';
import { t } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';
import { Choice } from '../settings/choice';
import { LocalServers } from '../settings/local-servers';
import { PasteKey } from '../settings/paste-key';
import { useSetting } from '../settings/use-setting';
import { Logo } from '../ui/logo';
import { usePreferences } from '../use-preferences';

/** The first page after installation: what it is, three ways to a model, and how to begin without one. */
export function WelcomePage({
  allow,
  mayRead,
  shortcuts,
  openSettings,
}: {
  allow: (...addresses: string[]) => Promise<boolean>;
  mayRead: (address: string) => Promise<boolean>;
  /** As the browser calls them; empty where the browser has left a command without one. */
  shortcuts: { open: string; summarize: string };
  openSettings: () => void;
}) {
  usePreferences();
  const [active] = useSetting(settings.activeProvider);
  document.title = t('welcome.title');
  const isConnected = active !== undefined && active !== 'excerpts';
  return (
    <main className="welcome">
      <Logo size={46} />
      <h1>{t('welcome.tagline')}</h1>
      <p className="welcome-lead">{t('welcome.lead')}</p>
      <PasteKey allow={allow} />
      <LocalServers allow={allow} mayRead={mayRead} />
      <div className="form-actions">
        <button type="button" className="button button-line button-small" onClick={openSettings}>
          {t('welcome.allProviders')}
        </button>
      </div>
      <Choice
        label={t('welcome.answerLanguage')}
        setting={settings.answerLanguage}
        options={[
          { value: 'interface', label: t('settings.answerInterface') },
          { value: 'question', label: t('settings.answerQuestion') },
          ...Object.entries(answerLanguages).map(([value, label]) => ({ value, label })),
        ]}
      />
      <section className="welcome-begin" aria-label={t('welcome.begin')}>
        <h2>{t('welcome.begin')}</h2>
        <p>{t(isConnected ? 'welcome.ready' : 'welcome.withoutModel')}</p>
        <ol>
          <li>{t('welcome.goToPage')}</li>
          <li>
            {shortcuts.open
              ? t('welcome.openPanel', { shortcut: shortcuts.open })
              : t('welcome.openPanelButton')}
          </li>
          <li>
            {shortcuts.summarize
              ? t('welcome.summarize', { shortcut: shortcuts.summarize })
              : t('welcome.summarizeButton')}
          </li>
        </ol>
      </section>
      <p className="meta welcome-privacy">{t('welcome.privacy')}</p>
    </main>
  );
}
