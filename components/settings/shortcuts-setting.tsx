import { SquareArrowOutUpRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type MessageKey, t } from '@/utils/i18n';
import { useWrittenKeys } from '../panel/written-keys';
import { type ShortcutInfo, useSettingsActions } from './actions';

/** What the manifest says too, in the language of the browser. */
const names: Record<string, MessageKey> = {
  'summarize-page': 'action.summarize',
  'translate-page': 'manifest.commandPage',
  'translate-selection': 'manifest.commandTranslate',
};

/** Commands by the names that the manifest gives them; others are called what the browser calls them. */
function nameOf({ name, description }: ShortcutInfo): string {
  if (name === '_execute_action' || name === '_execute_sidebar_action') return t('shortcuts.openPanel');
  const key = names[name];
  return key ? t(key) : description || name;
}

/** The keys that the browser has given to the extension. They are read again when somebody comes back to the page. */
export function Shortcuts() {
  const { shortcuts, openShortcuts } = useSettingsActions();
  const [list, setList] = useState<ShortcutInfo[]>([]);
  const panelKeys = useWrittenKeys();
  useEffect(() => {
    const load = () => void shortcuts().then(setList);
    load();
    window.addEventListener('focus', load);
    document.addEventListener('visibilitychange', load);
    return () => {
      window.removeEventListener('focus', load);
      document.removeEventListener('visibilitychange', load);
    };
  }, [shortcuts]);
  return (
    <>
      <h3>{t('shortcuts.list')}</h3>
      <dl className="fact-list">
        {list.map((entry) => (
          <div key={entry.name}>
            <dt>{nameOf(entry)}</dt>
            <dd>
              {entry.shortcut ? (
                <kbd className="key">{entry.shortcut}</kbd>
              ) : (
                <span className="meta">{t('shortcuts.unbound')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {list.some(({ shortcut }) => !shortcut) && <p className="meta">{t('shortcuts.unboundAbout')}</p>}
      <div className="form-actions">
        <button type="button" className="button button-line button-small" onClick={openShortcuts}>
          <SquareArrowOutUpRight className="icon icon-small" aria-hidden="true" />
          {t('shortcuts.change')}
        </button>
      </div>
      {/* Here they can be looked up by who has switched off the key that lists them in the panel. */}
      <h3>{t('keys.here')}</h3>
      <dl className="fact-list">
        {panelKeys.map(({ label, name, written }) => (
          <div key={label}>
            <dt>{name}</dt>
            <dd>
              <kbd className="key">{written}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
