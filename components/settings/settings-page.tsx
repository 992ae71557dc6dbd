import { Cpu, DatabaseBackup, Languages, Palette, Scale, Shield } from 'lucide-react';
import { answerLanguages } from '@/utils/chat/answer-language';
import { languages, t } from '@/utils/i18n';
import { settings, type ThemeSetting } from '@/utils/store/settings';
import { Logo } from '../ui/logo';
import { usePreferences } from '../use-preferences';
import { BackupSection } from './backup-section';
import { Choice } from './choice';
import { ProviderList } from './provider-list';
import { SpendingSection } from './spending-section';

/** Settings: one page with anchors, no dialogs. `allow` asks the browser for access to an address. */
export function SettingsPage({
  allow,
  mayRead,
}: {
  allow: (...addresses: string[]) => Promise<boolean>;
  mayRead: (address: string) => Promise<boolean>;
}) {
  usePreferences();
  const sections = [
    { id: 'models', icon: Cpu, title: t('settings.models') },
    { id: 'limits', icon: Scale, title: t('settings.limits') },
    { id: 'languages', icon: Languages, title: t('settings.languages') },
    { id: 'appearance', icon: Palette, title: t('settings.appearance') },
    { id: 'privacy', icon: Shield, title: t('settings.privacy') },
    { id: 'backup', icon: DatabaseBackup, title: t('backup.title') },
  ];
  document.title = t('settings.title');
  return (
    <div className="settings">
      <header className="settings-header">
        <Logo size={24} />
        <h1>{t('settings.title')}</h1>
      </header>
      <div className="settings-body">
        <nav className="settings-nav" aria-label={t('settings.title')}>
          {sections.map(({ id, icon: Icon, title }) => (
            <a key={id} href={`#${id}`}>
              <Icon className="icon" aria-hidden="true" />
              {title}
            </a>
          ))}
        </nav>
        <main className="settings-sections">
          <section id="models" className="settings-section">
            <h2>{t('settings.models')}</h2>
            <p>{t('settings.modelsAbout')}</p>
            <ProviderList allow={allow} mayRead={mayRead} />
          </section>
          <section id="limits" className="settings-section">
            <h2>{t('settings.limits')}</h2>
            <div className="choice-grid">
              <Choice<'ask' | 'passes'>
                label={t('settings.whenTooLong')}
                setting={settings.whenTooLong}
                options={[
                  { value: 'ask', label: t('settings.askMe') },
                  { value: 'passes', label: t('settings.readInPasses') },
                ]}
              />
            </div>
            <SpendingSection />
          </section>
          <section id="languages" className="settings-section">
            <h2>{t('settings.languages')}</h2>
            <div className="choice-grid">
              <Choice
                label={t('settings.interfaceLanguage')}
                setting={settings.interfaceLanguage}
                options={[
                  { value: 'browser', label: t('settings.browserLanguage') },
                  ...Object.entries(languages).map(([value, { name }]) => ({ value, label: name })),
                ]}
              />
              <Choice
                label={t('settings.answerLanguage')}
                setting={settings.answerLanguage}
                options={[
                  { value: 'interface', label: t('settings.answerInterface') },
                  { value: 'question', label: t('settings.answerQuestion') },
                  ...Object.entries(answerLanguages).map(([value, label]) => ({ value, label })),
                ]}
              />
            </div>
          </section>
          <section id="appearance" className="settings-section">
            <h2>{t('settings.appearance')}</h2>
            <div className="choice-grid">
              <Choice<ThemeSetting>
                label={t('settings.theme')}
                setting={settings.theme}
                options={[
                  { value: 'browser', label: t('settings.themeBrowser') },
                  { value: 'light', label: t('settings.themeLight') },
                  { value: 'dark', label: t('settings.themeDark') },
                ]}
              />
            </div>
          </section>
          <section id="privacy" className="settings-section">
            <h2>{t('settings.privacy')}</h2>
            <p className="settings-long">{t('settings.privacyText')}</p>
          </section>
          <section id="backup" className="settings-section">
            <h2>{t('backup.title')}</h2>
            <BackupSection />
          </section>
        </main>
      </div>
    </div>
  );
}
