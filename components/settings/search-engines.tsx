import { Globe } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { readyEngines } from '@/utils/search/engine-setup';
import { browserEngine, engines } from '@/utils/search/engines';
import type { Engine } from '@/utils/search/engines/types';
import { settings } from '@/utils/store/settings';
import { LetterTile } from '../ui/letter-tile';
import { useSettingsActions } from './actions';
import { InUse } from './in-use';
import { CheckOutcomeView, useEngineCheck } from './search-check';
import { SearchEngineForm } from './search-engine-form';
import { useSetting } from './use-setting';

/** What stands for every site where the browser is asked. */
const everySite = ['https://*/*', 'http://*/*'];

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
    if (!engine.needsKey && engine.baseUrl)
      return (
        <PlainEngine
          key={engine.id}
          id={engine.id}
          name={engine.name}
          about={aboutEngine(engine)}
          isInUse={inUse === engine.id}
          addresses={[engine.baseUrl]}
          onUse={() => setChosen(engine.id)}
        />
      );
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
        </div>
        {isOpen && (
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
        <PlainEngine
          id={browserEngine}
          name={t('webSearch.automatic')}
          about={t('webSearch.automaticAbout')}
          isInUse={inUse === 'automatic'}
          addresses={everySite}
          onUse={() => setChosen('automatic')}
        />
        {engines.map(row)}
      </ul>
      <p className="meta">{t('webSearch.noKimi')}</p>
      <AccessLine />
    </>
  );
}

/** An engine that needs nothing to be filled in. */
function PlainEngine({
  id,
  name,
  about,
  isInUse,
  addresses,
  onUse,
}: {
  id: string;
  name: string;
  about: string;
  isInUse: boolean;
  /** What the browser has to allow. */
  addresses: string[];
  onUse: () => void;
}) {
  const { outcome, check } = useEngineCheck(id);
  return (
    <li className="provider">
      <div className="provider-row">
        {id === browserEngine ? <Globe className="icon" aria-hidden="true" /> : <LetterTile title={name} />}
        <div className="grow">
          <p className="provider-name">{name}</p>
          <p className="meta">{about}</p>
        </div>
        {isInUse ? <InUse /> : <UseButton name={name} onUse={onUse} />}
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label={t('webSearch.checkEngine', { engine: name })}
          // Not disabled meanwhile: it would lose the focus.
          onClick={() => outcome?.kind !== 'checking' && check(addresses)}
        >
          {t('webSearch.checkOnly')}
        </button>
      </div>
      <div className="search-outcome" role="status">
        <CheckOutcomeView outcome={outcome} engine={name} />
      </div>
    </li>
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
      void Promise.all(everySite.map(mayRead)).then((both) => setAllowed(both.every(Boolean)));
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
          onClick={() => void allow(...everySite).catch(() => false)}
        >
          {t('action.allowEverySite')}
        </button>
      )}
    </div>
  );
}
