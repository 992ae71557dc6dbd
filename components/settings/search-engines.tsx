import { Globe } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { readyEngines } from '@/utils/search/engine-setup';
import { engines } from '@/utils/search/engines';
import type { Engine } from '@/utils/search/engines/types';
import { settings } from '@/utils/store/settings';
import { LetterTile } from '../ui/letter-tile';
import { useSettingsActions } from './actions';
import { InUse } from './in-use';
import { SearchEngineForm } from './search-engine-form';
import { useSetting } from './use-setting';

/** Every engine: which one is asked first, which can be asked, and the form of each that needs something for it. */
export function SearchEngines() {
  const [chosen, setChosen] = useSetting(settings.searchEngine);
  const [addresses] = useSetting(settings.searchAddresses);
  const [ready, setReady] = useState<string[]>();
  const [open, setOpen] = useState<string>();
  const look = useCallback(() => void readyEngines().then(setReady), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an address may have been filled in in another window
  useEffect(look, [look, addresses]);
  const inUse = engines.some(({ id }) => id === chosen) ? chosen : 'automatic';
  const row = (engine: Engine) => {
    const isReady = ready?.includes(engine.id) ?? false;
    const isOpen = open === engine.id;
    const hasForm = engine.needsKey || !engine.baseUrl;
    return (
      <li key={engine.id} className="provider">
        <div className="provider-row">
          <LetterTile title={engine.name} />
          <div className="grow">
            <p className="provider-name">{engine.name}</p>
            <p className="meta">{aboutEngine(engine)}</p>
          </div>
          {inUse === engine.id ? (
            <InUse />
          ) : (
            isReady && <UseButton name={engine.name} onUse={() => setChosen(engine.id)} />
          )}
          {hasForm && (
            <button
              type="button"
              className="button button-quiet button-small"
              aria-expanded={isOpen}
              aria-label={t(isReady ? 'webSearch.editEngine' : 'webSearch.setUpEngine', {
                engine: engine.name,
              })}
              onClick={() => setOpen(isOpen ? undefined : engine.id)}
            >
              {t(isReady ? 'settings.edit' : 'settings.setUp')}
            </button>
          )}
        </div>
        {hasForm && isOpen && (
          <SearchEngineForm
            engine={engine}
            isReady={isReady}
            onChange={look}
            onWorks={() => setChosen(engine.id)}
          />
        )}
      </li>
    );
  };
  return (
    <>
      <h3>{t('webSearch.engine')}</h3>
      <p className="meta">{t('webSearch.engineAbout')}</p>
      <ul className="provider-list search-engines">
        <li className="provider">
          <div className="provider-row">
            <Globe className="icon" aria-hidden="true" />
            <div className="grow">
              <p className="provider-name">{t('webSearch.automatic')}</p>
              <p className="meta">{t('webSearch.automaticAbout')}</p>
            </div>
            {inUse === 'automatic' ? (
              <InUse />
            ) : (
              <UseButton name={t('webSearch.automatic')} onUse={() => setChosen('automatic')} />
            )}
          </div>
        </li>
        {engines.map(row)}
      </ul>
      <AccessLine />
    </>
  );
}

const UseButton = ({ name, onUse }: { name: string; onUse: () => void }) => (
  <button
    type="button"
    className="button button-line button-small"
    aria-label={t('webSearch.useEngine', { engine: name })}
    onClick={onUse}
  >
    {t('settings.use')}
  </button>
);

function aboutEngine({ id, needsKey, baseUrl }: Engine): string {
  if (needsKey) return t('webSearch.keyAbout', { host: new URL(baseUrl).host });
  return t(id === 'duckduckgo' ? 'webSearch.duckduckgoAbout' : 'webSearch.ownAbout');
}

/** What is found is on sites that nobody knows beforehand, so the browser has to allow all of them. */
function AccessLine() {
  const { allow, mayRead, watchGrants } = useSettingsActions();
  const [isAllowed, setAllowed] = useState<boolean>();
  useEffect(() => {
    const look = () =>
      void Promise.all([mayRead('https://*/'), mayRead('http://*/')]).then((both) =>
        setAllowed(both.every(Boolean)),
      );
    look();
    return watchGrants(look);
  }, [mayRead, watchGrants]);
  if (isAllowed === undefined) return null;
  return (
    <div className="search-access" role="status">
      <p className="meta grow">{t(isAllowed ? 'webSearch.accessGiven' : 'webSearch.access')}</p>
      {!isAllowed && (
        <button
          type="button"
          className="button button-line button-small"
          onClick={() => void allow('https://*/', 'http://*/').catch(() => false)}
        >
          {t('action.allowEverySite')}
        </button>
      )}
    </div>
  );
}
