import { KeyRound } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { toConnection } from '@/utils/chat/connection';
import { firstModel, refreshModels, saveProvider } from '@/utils/chat/provider-setup';
import { type Trouble, toAppError } from '@/utils/errors';
import { t } from '@/utils/i18n';
import { providersForKey } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { KeyInput } from './key-input';
import { OutcomeLine } from './outcome-line';

/**
 * Connects a provider from its key alone. Whose it is shows in its shape; where several vendors share one, the user
 * says which. A key is never tried at a vendor that was not picked.
 */
export function PasteKey({ allow }: { allow: (address: string) => Promise<boolean> }) {
  const [key, setKey] = useState('');
  const [picked, setPicked] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<{ provider: Provider; model?: string; trouble?: Trouble }>();
  const id = useId();
  const owners = key.trim() ? providersForKey(key) : [];
  const owner = owners.length === 1 ? owners[0] : owners.find((provider) => provider.id === picked);

  const connect = (event: FormEvent) => {
    event.preventDefault();
    if (!owner) return;
    const entry = { providerId: owner.id, baseUrl: owner.baseUrl, modelId: owner.models[0]?.id ?? '' };
    setOutcome(undefined);
    setAsking(true);
    // The browser asks only inside the click.
    const asked = allow(owner.baseUrl).catch(() => false);
    asked
      .then(async () => {
        // A list of models costs nothing, and only who has a key gets it.
        const models = await refreshModels(toConnection(owner, entry, key));
        const modelId = firstModel(owner, models);
        await saveProvider({ ...entry, modelId, listed: { models, at: Date.now() } }, key);
        setKey('');
        setOutcome({ provider: owner, model: modelId });
      })
      .catch((error) => setOutcome({ provider: owner, trouble: toAppError(error).toTrouble() }))
      .finally(() => setAsking(false));
  };
  return (
    <form className="paste-key" onSubmit={connect}>
      <label htmlFor={id} className="paste-key-label">
        <KeyRound className="icon" aria-hidden="true" />
        {t('settings.pasteKey')}
      </label>
      <span className="field-box">
        <KeyInput
          id={id}
          value={key}
          onChange={(value) => {
            setKey(value);
            setOutcome(undefined);
          }}
        />
        {owners.length === 1 && owner && <span className="tag tag-pine">{owner.name}</span>}
      </span>
      {key.trim() && owners.length === 0 && <p className="meta">{t('settings.keyUnknown')}</p>}
      {owners.length > 1 && (
        <fieldset className="owners">
          <legend>{t('settings.whoseKey')}</legend>
          {owners.map((provider) => (
            <label key={provider.id} className="check">
              <input
                type="radio"
                name={`${id}owner`}
                checked={picked === provider.id}
                onChange={() => setPicked(provider.id)}
              />
              <span>{provider.name}</span>
            </label>
          ))}
        </fieldset>
      )}
      {owner && (
        <button type="submit" className="button button-solid button-small" disabled={asking}>
          {t('settings.connectProvider', { provider: owner.name })}
        </button>
      )}
      {asking && owner && (
        <p className="meta" role="status">
          {t('settings.askingModels', { provider: owner.name })}
        </p>
      )}
      {outcome && (
        <div role="status">
          <OutcomeLine
            outcome={outcome.trouble ? { kind: 'trouble', trouble: outcome.trouble } : { kind: 'connected' }}
            model={outcome.model ?? ''}
            provider={outcome.provider.name}
          />
        </div>
      )}
    </form>
  );
}
