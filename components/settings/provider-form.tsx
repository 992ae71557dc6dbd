import { Eye, EyeOff, RefreshCw } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { checkConnection, isLocal, toConnection } from '@/utils/chat/connection';
import { refreshModels, removeProvider, saveProvider, testConnection } from '@/utils/chat/provider-setup';
import { toAppError } from '@/utils/errors';
import { t } from '@/utils/i18n';
import type { Provider } from '@/utils/models/types';
import { keyStore } from '@/utils/store/keys';
import { assumedWindow, type ProviderSetting } from '@/utils/store/settings';
import { formatMoment } from '../format';
import { IconButton } from '../ui/icon-button';
import { KeyInput } from './key-input';
import { ModelData } from './model-data';
import { type Outcome, OutcomeLine } from './outcome-line';
import { ReadingCheckView } from './reading-check';

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
  const [untilBrowserCloses, setUntilBrowserCloses] = useState(false);
  const [listed, setListed] = useState(entry?.listed);
  const [outcome, setOutcome] = useState<Outcome>();
  const listId = useId();
  useEffect(() => {
    keyStore.read(provider.id).then((stored) => stored && setKey(stored));
    keyStore.isTemporary(provider.id).then(setUntilBrowserCloses);
  }, [provider.id]);

  const draft: ProviderSetting = {
    providerId: provider.id,
    baseUrl: baseUrl.trim(),
    modelId: modelId.trim(),
    ...(Number(window) > 0 ? { window: Math.round(Number(window)) } : {}),
    ...(allowInsecure ? { allowInsecure } : {}),
  };
  const connection = toConnection(
    provider,
    {
      ...draft,
      ...(listed ? { listed } : {}),
      ...(entry?.corrections ? { corrections: entry.corrections } : {}),
    },
    key,
  );
  const names = listed?.models ?? provider.models;
  // What stands in the field when the user leaves it empty.
  const { window: knownWindow } = toConnection(provider, {
    ...draft,
    window: undefined,
    ...(listed ? { listed } : {}),
  }).model;
  const known = names.find((model) => model.id === draft.modelId && model.window !== undefined);
  const windowHelp = known
    ? listed
      ? t('settings.windowHelpListed')
      : t('settings.windowHelp', { date: provider.asOf })
    : t('settings.windowHelpUnknown', { count: assumedWindow });
  const report = (error: unknown) => setOutcome({ kind: 'trouble', trouble: toAppError(error).toTrouble() });

  /** The permission must be asked for before anything is awaited; a refusal is reported by what follows. */
  const withPermission = (work: () => Promise<void>) => {
    const asked = allow(draft.baseUrl).catch(() => false);
    asked.then(work).catch(report);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    withPermission(async () => {
      await saveProvider({ ...draft, ...(listed ? { listed } : {}) }, key, { untilBrowserCloses });
      // What is missing is said now and not at the first question; the form is kept either way.
      await checkConnection(connection, { allowInsecure });
      setOutcome({ kind: 'saved' });
    });
  };
  const forget = () => {
    setKey('');
    setOutcome({ kind: 'removed' });
  };
  const refresh = () =>
    withPermission(async () => {
      const models = await refreshModels(connection);
      setListed({ models, at: Date.now() });
      if (!modelId) setModelId(models[0]?.id ?? '');
      setOutcome({ kind: 'listed', count: models.length });
    });
  const test = () =>
    withPermission(async () => {
      setOutcome({ kind: 'testing' });
      setOutcome({ kind: 'works', seconds: await testConnection(connection, { allowInsecure }) });
    });

  return (
    <>
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
            <KeyInput id={`${listId}key`} value={key} onChange={setKey} shown={keyShown} />
            <IconButton
              icon={keyShown ? EyeOff : Eye}
              label={t(keyShown ? 'settings.hideKey' : 'settings.showKey')}
              onClick={() => setKeyShown(!keyShown)}
            />
          </span>
          <label className="check">
            <input
              type="checkbox"
              checked={untilBrowserCloses}
              onChange={(event) => setUntilBrowserCloses(event.target.checked)}
            />
            <span>{t('settings.keyTemporary')}</span>
          </label>
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
            {names.map((model) => (
              <option key={model.id} value={model.id} />
            ))}
          </datalist>
          <span className="meta">
            {listed
              ? t('settings.listedAt', { count: listed.models.length, date: formatMoment(listed.at) })
              : t('settings.modelHelp')}
          </span>
        </label>
        <label className="field">
          <span>{t('settings.window')}</span>
          <span className="field-box">
            <input
              type="number"
              min="1"
              value={window}
              placeholder={String(knownWindow)}
              onChange={(event) => setWindow(event.target.value)}
            />
          </span>
          <span className="meta">{windowHelp}</span>
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
          {provider.listing && (
            <button type="button" className="button button-line" onClick={refresh}>
              <RefreshCw className="icon icon-small" aria-hidden="true" />
              {t('settings.refresh')}
            </button>
          )}
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
            <OutcomeLine
              outcome={outcome}
              model={connection.model.name}
              provider={connection.provider.name}
            />
          </div>
        )}
        {entry && connection.model.id && <ReadingCheckView connection={connection} />}
      </form>
      {entry && connection.model.id && (
        <ModelData key={connection.model.id} connection={connection} entry={entry} />
      )}
    </>
  );
}

/** An unencrypted address outside this computer and its network has to be allowed in so many words. */
function needsConfirmation(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !isLocal(hostname);
}
