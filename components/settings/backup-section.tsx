import { Check, CircleAlert } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { type Trouble, toAppError } from '@/utils/errors';
import { type MessageKey, t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import {
  type Additions,
  type Backup,
  compareBackup,
  makeBackup,
  readBackup,
  restoreBackup,
} from '@/utils/store/backup';
import { unlockKeys } from '@/utils/store/backup-keys';
import type { KeptSetting } from '@/utils/store/backup-settings';
import { shortestPassphrase } from '@/utils/store/passphrase';
import { formatList, formatMoment } from '../format';
import { Notice } from '../ui/notice';
import { ChooseFile } from './choose-file';
import { KeyInput } from './key-input';
import { saveFile } from './save-file';

type State =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; megabytes: number; damaged: number }
  | { kind: 'reading' }
  | { kind: 'found'; backup: Backup; additions: Additions; trouble?: Trouble }
  | { kind: 'added'; additions: Additions }
  | { kind: 'trouble'; trouble: Trouble };

/** Saves everything to a file, and adds from such a file what is not here, once the user has seen what that is. */
export function BackupSection() {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const fail = (error: unknown) => setState({ kind: 'trouble', trouble: toAppError(error).toTrouble() });
  const read = (file: File) => {
    setState({ kind: 'reading' });
    readBackup(file)
      .then(async (backup) => setState({ kind: 'found', backup, additions: await compareBackup(backup) }))
      .catch(fail);
  };
  return (
    <>
      <p className="settings-long">{t('backup.about')}</p>
      <SaveBackup
        isSaving={state.kind === 'saving'}
        onSave={(passphrase) => {
          setState({ kind: 'saving' });
          let damaged = 0;
          const onDamaged = (count: number) => {
            damaged = count;
          };
          makeBackup({ passphrase, onDamaged })
            .then((file) => {
              saveFile(file, 'wholemoon');
              const megabytes = Math.max(0.1, Math.round(file.size / 100_000) / 10);
              setState({ kind: 'saved', megabytes, damaged });
            })
            .catch(fail);
        }}
      />
      <div className="form-actions">
        <ChooseFile label={t('backup.bringIn')} onFile={read} />
      </div>
      {state.kind === 'found' && (
        <Preview
          key={state.backup.madeAt}
          {...state}
          onCancel={() => setState({ kind: 'idle' })}
          onAdd={async (passphrase) => {
            const { backup, additions } = state;
            try {
              const keys = backup.keys && passphrase ? await unlockKeys(backup.keys, passphrase) : [];
              setState({ kind: 'added', additions: await restoreBackup(backup, { keys }) });
            } catch (error) {
              setState({ kind: 'found', backup, additions, trouble: toAppError(error).toTrouble() });
            }
          }}
        />
      )}
      <div role="status">
        <StateLine state={state} />
      </div>
    </>
  );
}

function SaveBackup({ isSaving, onSave }: { isSaving: boolean; onSave: (passphrase?: string) => void }) {
  const [withKeys, setWithKeys] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const id = useId();
  return (
    <form
      className="paste-key"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(withKeys ? passphrase : undefined);
        setPassphrase('');
        setWithKeys(false);
      }}
    >
      <label className="check">
        <input type="checkbox" checked={withKeys} onChange={(event) => setWithKeys(event.target.checked)} />
        <span>{t('backup.withKeys')}</span>
      </label>
      {withKeys && (
        <div className="field">
          <label htmlFor={id}>{t('backup.passphrase')}</label>
          <span className="field-box">
            <KeyInput id={id} value={passphrase} onChange={setPassphrase} />
          </span>
          <span className="meta">{t('backup.passphraseHelp', { count: shortestPassphrase })}</span>
        </div>
      )}
      <button
        type="submit"
        className="button button-solid button-small"
        disabled={isSaving || (withKeys && passphrase.length < shortestPassphrase)}
      >
        {t('backup.save')}
      </button>
    </form>
  );
}

function Preview({
  backup,
  additions,
  trouble,
  onAdd,
  onCancel,
}: {
  backup: Backup;
  additions: Additions;
  trouble?: Trouble;
  onAdd: (passphrase: string) => void;
  onCancel: () => void;
}) {
  const [passphrase, setPassphrase] = useState('');
  const id = useId();
  const { chats, drafts, spending, prompts, terms, stay } = additions;
  const { providers = [], ...others } = additions.settings;
  const names = Object.keys(others).map((name) => settingName(name as Exclude<KeptSetting, 'providers'>));
  const sizes = [chats, drafts, spending, prompts, terms, providers, names].map((list) => list.length);
  const isEmpty = sizes.every((size) => size === 0);
  const staying = [
    stay.chats > 0 && t('backup.chats', { count: stay.chats }),
    stay.drafts > 0 && t('backup.drafts', { count: stay.drafts }),
    stay.providers > 0 && t('backup.providers', { count: stay.providers }),
    stay.settings > 0 && t('backup.settings', { count: stay.settings }),
  ].filter((words) => words !== false);
  // Whoever does not see the page hears what was found.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <form
      className="paste-key"
      aria-label={t('backup.found', { date: formatMoment(backup.madeAt) })}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(passphrase);
      }}
    >
      <h3 ref={heading} tabIndex={-1}>
        {t('backup.found', { date: formatMoment(backup.madeAt) })}
      </h3>
      <p>
        {isEmpty
          ? t('backup.nothing')
          : t('backup.adds', {
              chats: chats.length,
              prompts: prompts.length,
              drafts: drafts.length,
              terms: terms.length,
              spending: spending.length,
            })}
      </p>
      {providers.length > 0 && (
        <div>
          <p>{t('backup.addsProviders')}</p>
          <ul>
            {providers.map(({ providerId, baseUrl }) => (
              <li key={providerId}>
                {findProvider(providerId)?.name ?? providerId}: <span className="meta">{baseUrl}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {names.length > 0 && <p>{t('backup.addsSettings', { names: formatList(names) })}</p>}
      {staying.length > 0 && <p className="meta">{t('backup.stays', { list: formatList(staying) })}</p>}
      {backup.damaged > 0 && (
        <Notice icon={CircleAlert} tone="lamp" title={t('backup.damagedFile', { count: backup.damaged })}>
          {t('backup.damagedFileText')}
        </Notice>
      )}
      {backup.keys && (
        <div className="field">
          <label htmlFor={id}>{t('backup.passphrase')}</label>
          <span className="field-box">
            <KeyInput id={id} value={passphrase} onChange={setPassphrase} />
          </span>
          <span className="meta">{t('backup.hasKeys')}</span>
        </div>
      )}
      {trouble && <TroubleLine trouble={trouble} />}
      <div className="form-actions">
        <button type="submit" className="button button-solid button-small" disabled={isEmpty && !passphrase}>
          {t('backup.add')}
        </button>
        <button type="button" className="button button-quiet button-small" onClick={onCancel}>
          {t('backup.cancel')}
        </button>
      </div>
    </form>
  );
}

function StateLine({ state }: { state: State }) {
  if (state.kind === 'saving') return <p className="meta">{t('backup.saving')}</p>;
  if (state.kind === 'reading') return <p className="meta">{t('backup.readingFile')}</p>;
  if (state.kind === 'saved')
    return (
      <>
        <Notice icon={Check} title={t('backup.saved', { size: state.megabytes })} />
        {state.damaged > 0 && (
          <Notice icon={CircleAlert} tone="lamp" title={t('backup.damagedHere', { count: state.damaged })}>
            {t('backup.damagedHereText')}
          </Notice>
        )}
      </>
    );
  if (state.kind === 'trouble') return <TroubleLine trouble={state.trouble} />;
  if (state.kind !== 'added') return null;
  const { chats, settings, keys, stay } = state.additions;
  const providers = settings.providers?.length ?? 0;
  return (
    <Notice icon={Check} title={t('backup.added', { chats: chats.length, providers, keys: keys.length })}>
      {stay.keys > 0 && t('backup.keysStay', { count: stay.keys })}
    </Notice>
  );
}

function TroubleLine({ trouble: { code, facts } }: { trouble: Trouble }) {
  const all = { about: 'question', place: '', message: '', megabytes: 0, limit: 0, ...facts };
  return (
    <Notice icon={CircleAlert} tone="red" title={t(`trouble.${code}.title` as MessageKey, all)} alert>
      {t(`trouble.${code}.text` as MessageKey, all)}
    </Notice>
  );
}

const settingNames: Record<Exclude<KeptSetting, 'providers'>, MessageKey> = {
  activeProvider: 'backup.activeProvider',
  interfaceLanguage: 'settings.interfaceLanguage',
  answerLanguage: 'settings.answerLanguage',
  whenTooLong: 'settings.whenTooLong',
  spendingCap: 'settings.cap',
  currency: 'settings.ownCurrency',
  calibration: 'backup.learned',
  theme: 'settings.theme',
  activePrompt: 'prompts.inUse',
  neverRead: 'privacy.neverRead',
  translateInto: 'settings.translateInto',
  neverTranslateSites: 'settings.neverTranslateSites',
  neverTranslateLanguages: 'settings.neverTranslateLanguages',
  followUps: 'settings.followUps',
  singleKeys: 'settings.singleKeys',
  searchMode: 'webSearch.mode',
  searchPages: 'webSearch.pages',
  askBeforeSearch: 'webSearch.ask',
  searchEngine: 'webSearch.engine',
  searchAddresses: 'webSearch.addresses',
};

const settingName = (name: Exclude<KeptSetting, 'providers'>): string => t(settingNames[name]);
