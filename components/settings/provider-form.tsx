import { Check, CircleAlert, Eye, EyeOff } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { checkConnection, isLocal, toConnection } from '@/utils/chat/connection';
import { removeProvider, saveProvider, testConnection } from '@/utils/chat/provider-setup';
import { type Trouble, toAppError } from '@/utils/errors';
import { type MessageKey, t } from '@/utils/i18n';
import type { Provider } from '@/utils/models/types';
import { keyStore } from '@/utils/store/keys';
import { assumedWindow, type ProviderSetting } from '@/utils/store/settings';
import { IconButton } from '../ui/icon-button';
import { Notice } from '../ui/notice';

type Outcome =
  | { kind: 'testing' }
  | { kind: 'works'; seconds: number }
  | { kind: 'saved' }
  | { kind: 'removed' }
  | { kind: 'trouble'; trouble: Trouble };

/** Address, key, model and window of one provider; “Test connection” asks the model a real question. */
export function ProviderForm({
  provider,
  entry,
  allow,
}: {
  provider: Provider;
  entry?: ProviderSetting;
  allow: (address: string) => Promise<boolean>;
}) {
  const [baseUrl, setBaseUrl] = useState(entry?.baseUrl ?? provider.baseUrl);
  const [key, setKey] = useState('');
  const [modelId, setModelId] = useState(entry?.modelId ?? provider.models[0]?.id ?? '');
  const [window, setWindow] = useState(entry?.window ? String(entry.window) : '');
  const [allowInsecure, setAllowInsecure] = useState(entry?.allowInsecure ?? false);
  const [keyShown, setKeyShown] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const listId = useId();
  useEffect(() => void keyStore.read(provider.id).then((stored) => stored && setKey(stored)), [provider.id]);

  const draft: ProviderSetting = {
    providerId: provider.id,
    baseUrl: baseUrl.trim(),
    modelId: modelId.trim(),
    ...(Number(window) > 0 ? { window: Math.round(Number(window)) } : {}),
    ...(allowInsecure ? { allowInsecure } : {}),
  };
  const connection = toConnection(provider, draft, key);
  const known = provider.models.find((model) => model.id === draft.modelId);
  const report = (error: unknown) => setOutcome({ kind: 'trouble', trouble: toAppError(error).toTrouble() });

  /** The permission must be asked for before anything is awaited; a refusal is reported by what follows. */
  const withPermission = (work: () => Promise<void>) => {
    const asked = allow(draft.baseUrl).catch(() => false);
    asked.then(work).catch(report);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    withPermission(async () => {
      await saveProvider(draft, key);
      // What is missing is said now and not at the first question; the form is kept either way.
      await checkConnection(connection, { allowInsecure });
      setOutcome({ kind: 'saved' });
    });
  };
  const forget = () => {
    setKey('');
    setOutcome({ kind: 'removed' });
  };
  const test = () =>
    withPermission(async () => {
      setOutcome({ kind: 'testing' });
      setOutcome({ kind: 'works', seconds: await testConnection(connection, { allowInsecure }) });
    });

  return (
    <form className="provider-form" onSubmit={save}>
      <label className="field wide">
        <span>{t('settings.address')}</span>
        <span className="field-box">
          <input
            type="url"
            required
            value={baseUrl}
            placeholder="https://…/v1"
            spellCheck={false}
            onChange={(event) => setBaseUrl(event.target.value)}
          />
        </span>
        <span className="meta">{t('settings.addressHelp')}</span>
      </label>
      {needsConfirmation(draft.baseUrl) && (
        <label className="check wide">
          <input
            type="checkbox"
            checked={allowInsecure}
            onChange={(event) => setAllowInsecure(event.target.checked)}
          />
          <span>{t('settings.insecure')}</span>
        </label>
      )}
      <div className="field wide">
        <label htmlFor={`${listId}key`}>
          {t(provider.needsKey ? 'settings.key' : 'settings.keyOptional')}
        </label>
        <span className="field-box">
          <input
            id={`${listId}key`}
            type={keyShown ? 'text' : 'password'}
            value={key}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setKey(event.target.value)}
          />
          <IconButton
            icon={keyShown ? EyeOff : Eye}
            label={t(keyShown ? 'settings.hideKey' : 'settings.showKey')}
            onClick={() => setKeyShown(!keyShown)}
          />
        </span>
        {provider.keyPage && (
          <span className="meta">
            <a href={provider.keyPage} target="_blank" rel="noreferrer">
              {t('settings.keyPage')}
            </a>
          </span>
        )}
      </div>
      <label className="field">
        <span>{t('settings.model')}</span>
        <span className="field-box">
          <input
            required
            value={modelId}
            list={`${listId}models`}
            spellCheck={false}
            onChange={(event) => setModelId(event.target.value)}
          />
        </span>
        <datalist id={`${listId}models`}>
          {provider.models.map((model) => (
            <option key={model.id} value={model.id} />
          ))}
        </datalist>
        <span className="meta">{t('settings.modelHelp')}</span>
      </label>
      <label className="field">
        <span>{t('settings.window')}</span>
        <span className="field-box">
          <input
            type="number"
            min="1"
            value={window}
            placeholder={String(known?.window ?? assumedWindow)}
            onChange={(event) => setWindow(event.target.value)}
          />
        </span>
        <span className="meta">
          {known
            ? t('settings.windowHelp', { date: provider.asOf })
            : t('settings.windowHelpUnknown', { count: assumedWindow })}
        </span>
      </label>
      <div className="form-actions wide">
        <button type="submit" className="button button-solid">
          {t('settings.save')}
        </button>
        <button
          type="button"
          className="button button-line"
          disabled={outcome?.kind === 'testing'}
          onClick={test}
        >
          {t('settings.test')}
        </button>
        {entry && (
          <button
            type="button"
            className="button button-danger"
            onClick={() => removeProvider(provider.id).then(forget, report)}
          >
            {t('settings.remove')}
          </button>
        )}
      </div>
      {outcome && (
        <div className="wide" role="status">
          <OutcomeLine outcome={outcome} model={connection.model.name} provider={connection.provider.name} />
        </div>
      )}
    </form>
  );
}

function OutcomeLine({ outcome, model, provider }: { outcome: Outcome; model: string; provider: string }) {
  if (outcome.kind === 'testing') return <p className="meta">{t('settings.testing', { model })}</p>;
  if (outcome.kind === 'removed') return <Notice icon={Check} title={t('settings.removed', { provider })} />;
  if (outcome.kind === 'saved') return <Notice icon={Check} title={t('settings.saved')} />;
  if (outcome.kind === 'works') {
    return <Notice icon={Check} title={t('settings.works', { model, seconds: outcome.seconds })} />;
  }
  const { code, facts } = outcome.trouble;
  // The second sentence speaks of a question; here only the server's own words are added.
  const all = {
    provider: '',
    model,
    host: '',
    address: '',
    status: '',
    message: '',
    seconds: 0,
    words: 0,
    ...facts,
  };
  return (
    <Notice icon={CircleAlert} tone="red" title={t(`trouble.${code}.title` as MessageKey, all)} alert>
      {all.message}
    </Notice>
  );
}

/** An unencrypted address outside this computer and its network has to be allowed in so many words. */
function needsConfirmation(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !isLocal(hostname);
}
