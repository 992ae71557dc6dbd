import { answerLanguages } from '@/utils/chat/answer-language';
import { t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import { settings } from '@/utils/store/settings';
import { BuiltInModel } from '../settings/built-in-model';
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
  const [entries = []] = useSetting(settings.providers);
  const connected = entries.find(({ providerId }) => providerId === active);
  const provider = connected && findProvider(connected.providerId);
  const model = provider?.models.find(({ id }) => id === connected?.modelId)?.name ?? connected?.modelId;
  return (
    <main className="welcome">
      <Logo size={46} />
      <h1>{t('welcome.tagline')}</h1>
      <p className="welcome-lead">{t('welcome.lead')}</p>
      <PasteKey allow={allow} />
      <LocalServers allow={allow} mayRead={mayRead} />
      <BuiltInModel />
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
        <p role="status">
          {provider && model
            ? t('welcome.ready', { model, provider: provider.name })
            : t('welcome.withoutModel')}
        </p>
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
