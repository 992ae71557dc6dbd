import { Eye, EyeOff } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { t } from '@/utils/i18n';
import { engineSetting, removeEngine, saveEngine } from '@/utils/search/engine-setup';
import type { Engine } from '@/utils/search/engines/types';
import { IconButton } from '../ui/icon-button';
import { KeyInput } from './key-input';
import { CheckOutcomeView, useEngineCheck } from './search-check';

/** Address or key of one engine. What is filled in is kept, and the engine is asked one question. */
export function SearchEngineForm({
  engine,
  isReady,
  onChange,
  onWorks,
}: {
  engine: Engine;
  isReady: boolean;
  /** Something was filled in or removed. */
  onChange: () => void;
  onWorks: () => void;
}) {
  const { outcome, setOutcome, check } = useEngineCheck(engine.id);
  const id = useId();
  const [address, setAddress] = useState('');
  const [key, setKey] = useState('');
  const [untilBrowserCloses, setUntilBrowserCloses] = useState(false);
  const [keyShown, setKeyShown] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    engineSetting(engine).then((kept) => {
      if (!isCurrent) return;
      setAddress(kept.address);
      setKey(kept.key);
      setUntilBrowserCloses(kept.untilBrowserCloses ?? false);
    });
    return () => {
      isCurrent = false;
    };
  }, [engine]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const save = () => saveEngine(engine, { address, key, untilBrowserCloses }).then(onChange);
    check([engine.baseUrl || address.trim()], save, onWorks);
  };
  const remove = () =>
    void removeEngine(engine).then(() => {
      setAddress('');
      setKey('');
      setOutcome({ kind: 'removed' });
      onChange();
    });

  return (
    <form className="provider-form" onSubmit={submit}>
      {!engine.baseUrl && (
        <div className="field wide">
          <label htmlFor={`${id}address`}>{t('webSearch.address')}</label>
          <span className="field-box">
            <input
              id={`${id}address`}
              type="url"
              required
              value={address}
              placeholder="https://"
              spellCheck={false}
              aria-describedby={`${id}help`}
              onChange={(event) => setAddress(event.target.value)}
            />
          </span>
          <span id={`${id}help`} className="meta">
            {t('webSearch.jsonHelp')}
          </span>
          <code className="setting-line">{jsonSetting}</code>
        </div>
      )}
      {engine.needsKey && (
        <div className="field wide">
          <label htmlFor={`${id}key`}>{t('settings.key')}</label>
          <span className="field-box">
            <KeyInput id={`${id}key`} value={key} onChange={setKey} shown={keyShown} />
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
        </div>
      )}
      <span className="meta wide">
        <a href={engine.homePage} target="_blank" rel="noreferrer">
          {t(engine.needsKey ? 'settings.keyPage' : 'webSearch.howToRun')}
        </a>
      </span>
      <div className="form-actions wide">
        <button type="submit" className="button button-solid" disabled={outcome?.kind === 'checking'}>
          {t('webSearch.check')}
        </button>
        {isReady && (
          <button type="button" className="button button-danger" onClick={remove}>
            {t('settings.remove')}
          </button>
        )}
      </div>
      <div className="wide" role="status">
        <CheckOutcomeView outcome={outcome} engine={engine.name} />
      </div>
    </form>
  );
}

/** What SearXNG's own settings need; docs.searxng.org/admin/settings/settings_search.html */
const jsonSetting = 'search:\n  formats:\n    - html\n    - json';
