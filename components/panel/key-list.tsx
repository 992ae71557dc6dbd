import { Fragment, useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { Sheet } from '../ui/sheet';
import { type Command, useActions } from './actions';
import { useWrittenKeys } from './written-keys';

/** Every key: those that work anywhere in the browser, as it has bound them, and those of the panel. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const { listCommands } = useActions();
  const keys = useWrittenKeys();
  const [commands, setCommands] = useState<Command[]>([]);
  useEffect(() => {
    listCommands().then(setCommands, () => {});
  }, [listCommands]);
  return (
    <Sheet title={t('keys.title')} onClose={onClose}>
      {/* It may be longer than the panel is high: then it is scrolled with the keyboard too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to take the focus */}
      <section className="key-list" tabIndex={0} aria-label={t('keys.title')}>
        <h3>{t('keys.everywhere')}</h3>
        <dl>
          {commands.map(({ name, shortcut, description }) => (
            <Fragment key={name}>
              <dt>{nameOf(name, description)}</dt>
              <dd>{shortcut ? <kbd className="key">{shortcut}</kbd> : t('keys.none')}</dd>
            </Fragment>
          ))}
        </dl>
        <h3>{t('keys.here')}</h3>
        <dl>
          {keys.map(({ label, name, written }) => (
            <Fragment key={label}>
              <dt>{name}</dt>
              <dd>
                <kbd className="key">{written}</kbd>
              </dd>
            </Fragment>
          ))}
        </dl>
      </section>
    </Sheet>
  );
}

/** The browser names the command that every extension has for itself only by a code. */
function nameOf(name: string, description: string): string {
  if (name.startsWith('_execute')) return t('keys.openPanel');
  return name === 'summarize-page' ? t('manifest.commandSummarize') : description || name;
}
