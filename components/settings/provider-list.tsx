import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { removeProvider } from '@/utils/chat/provider-setup';
import { t } from '@/utils/i18n';
import { findProvider, providers } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { keyStore } from '@/utils/store/keys';
import { type ProviderSetting, settings } from '@/utils/store/settings';
import { LetterTile } from '../ui/letter-tile';
import { useSettingsActions } from './actions';
import { aboutBuiltIn, type BuiltInState, UseBuiltIn, useBuiltInModel } from './built-in-model';
import { InUse } from './in-use';
import { LocalServers } from './local-servers';
import { PasteKey } from './paste-key';
import { ProviderForm } from './provider-form';
import { useSearching } from './searching';
import { useSetting } from './use-setting';

/** Words of the form that each provider has. */
const formWords = (): string[] => [
  t('settings.connected'),
  t('settings.edit'),
  t('settings.key'),
  t('settings.showKey'),
  t('settings.keyTemporary'),
  t('settings.address'),
  t('settings.model'),
  t('settings.window'),
  t('settings.test'),
  t('settings.refresh'),
  t('settings.save'),
  t('settings.remove'),
  t('settings.checkReading'),
  t('settings.outputLimit'),
  t('settings.priceCurrency'),
  t('settings.priceInput'),
  t('settings.priceOutput'),
  t('settings.priceCacheRead'),
  t('settings.priceCacheWrite'),
  t('settings.vision'),
  t('settings.tools'),
  t('settings.thinks'),
  t('settings.keepData'),
  t('settings.backToData'),
  t('settings.also.form'),
];

/** What a provider and its models are called. */
const namesOf = (provider: Provider): string[] => [
  nameOf(provider),
  provider.name,
  provider.id,
  provider.baseUrl,
  ...provider.models.flatMap(({ id, name }) => [id, name]),
];

/** Every provider: which one answers, which are set up, and the form of each. */
export function ProviderList() {
  const { allow, mayRead } = useSettingsActions();
  const { isSearching, isFound, place } = useSearching();
  const [entries = []] = useSetting(settings.providers);
  const [active, setActive] = useSetting(settings.activeProvider);
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    // Whoever comes here because a key is missing finds the form that asks for it.
    const provider = active ? findProvider(active) : undefined;
    if (provider?.needsKey) keyStore.read(provider.id).then((key) => !key && setOpen(provider.id));
  }, [active]);
  useEffect(() => {
    const id = place?.id.replace('models-', '');
    if (id && findProvider(id)) setOpen(id);
  }, [place]);
  const [search, setSearch] = useState('');
  const builtIn = useBuiltInModel();
  const isSetUp = ({ id }: Provider) => entries.some((entry) => entry.providerId === id);
  const there = providers.filter(
    (provider) => provider.wire !== 'chrome' || builtIn !== 'unavailable' || isSetUp(provider),
  );
  const connected = there.filter((provider) => isSetUp(provider) || provider.wire === 'excerpts');
  const words = isSearching ? '' : search.trim().toLowerCase();
  const others = there.filter(
    (provider) => !connected.includes(provider) && namesOf(provider).join(' ').toLowerCase().includes(words),
  );
  const isShown = (provider: Provider) =>
    isFound([
      ...namesOf(provider),
      describe(provider, undefined, builtIn),
      ...(isSetUp(provider) && provider.wire !== 'chrome' ? formWords() : []),
    ]);
  const isPasteShown = isFound([t('settings.pasteKey'), t('settings.key'), t('settings.also.key')]);
  const areServersShown = isFound([t('settings.onThisComputer'), t('settings.also.local')]);
  const row = (provider: Provider) => (
    <ProviderRow
      key={provider.id}
      provider={provider}
      entry={entries.find((candidate) => candidate.providerId === provider.id)}
      isActive={active === provider.id}
      isOpen={open === provider.id}
      isShown={isShown(provider)}
      builtIn={builtIn}
      onUse={() => setActive(provider.id)}
      onToggle={() => setOpen(open === provider.id ? undefined : provider.id)}
      allow={allow}
    />
  );
  return (
    // One parent for all rows: a provider that was just connected moves up with its open form, and what it says.
    <div className="providers">
      {[
        <h3 key="connected" hidden={!connected.some(isShown)}>
          {t('settings.connected')}
        </h3>,
        ...connected.map(row),
        <div key="local" id="models-local" className="local-part" data-setting="" hidden={!areServersShown}>
          <LocalServers allow={allow} mayRead={mayRead} />
        </div>,
        <h3 key="add" hidden={!isPasteShown && !others.some(isShown)}>
          {t('settings.add')}
        </h3>,
        <div key="paste" id="models-key" data-setting="" hidden={!isPasteShown}>
          <PasteKey allow={allow} />
        </div>,
        <label key="search" className="field provider-search" hidden={isSearching}>
          <span className="for-screen-readers">{t('settings.searchProviders')}</span>
          <span className="field-box">
            <Search className="icon" aria-hidden="true" />
            <input
              type="search"
              value={search}
              placeholder={t('settings.searchProviders')}
              onChange={(event) => setSearch(event.target.value)}
            />
          </span>
        </label>,
        ...others.map(row),
        others.length === 0 && (
          <p key="none" className="meta">
            {t('settings.noProvider')}
          </p>
        ),
      ]}
    </div>
  );
}

/** One provider: whether it answers, and its form when it is open. */
function ProviderRow({
  provider,
  entry,
  isActive,
  isOpen,
  isShown,
  builtIn,
  onUse,
  onToggle,
  allow,
}: {
  provider: Provider;
  entry?: ProviderSetting;
  isActive: boolean;
  isOpen: boolean;
  isShown: boolean;
  builtIn: BuiltInState;
  onUse: () => void;
  onToggle: () => void;
  allow: (...addresses: string[]) => Promise<boolean>;
}) {
  // What is in the browser or the extension has neither an address nor a key to fill in.
  const isBuiltIn = provider.wire === 'excerpts' || provider.wire === 'chrome';
  const isReady = isBuiltIn || entry !== undefined;
  return (
    <section
      id={`models-${provider.id}`}
      className="provider"
      aria-label={nameOf(provider)}
      data-setting=""
      hidden={!isShown}
      tabIndex={-1}
    >
      <div className="provider-row">
        <LetterTile title={nameOf(provider)} />
        <div className="grow">
          <p className="provider-name">{nameOf(provider)}</p>
          <p className="meta">{describe(provider, entry, builtIn)}</p>
        </div>
        {isActive && isReady ? (
          <InUse />
        ) : provider.wire === 'chrome' && !entry ? (
          <UseBuiltIn provider={provider} state={builtIn} />
        ) : (
          isReady && (
            <button type="button" className="button button-line button-small" onClick={onUse}>
              {t('settings.use')}
            </button>
          )
        )}
        {isBuiltIn && entry && (
          <button
            type="button"
            className="button button-danger button-small"
            onClick={() => void removeProvider(provider.id)}
          >
            {t('settings.remove')}
          </button>
        )}
        {!isBuiltIn && (
          <button
            type="button"
            className="button button-quiet button-small"
            aria-expanded={isOpen}
            onClick={onToggle}
          >
            {t(entry ? 'settings.edit' : 'settings.setUp')}
          </button>
        )}
      </div>
      {isOpen && !isBuiltIn && <ProviderForm provider={provider} entry={entry} allow={allow} />}
    </section>
  );
}

/** Names are data, except where the provider is a kind of server and not a vendor. */
function nameOf(provider: Provider): string {
  if (provider.id === 'custom') return t('settings.customName');
  return provider.wire === 'excerpts' ? t('excerpts.name') : provider.name;
}

function describe(provider: Provider, entry: ProviderSetting | undefined, builtIn: BuiltInState): string {
  if (provider.wire === 'excerpts') return t('settings.excerptsAbout');
  if (provider.wire === 'chrome') return aboutBuiltIn(provider, builtIn);
  if (entry) return [entry.modelId, entry.baseUrl].filter(Boolean).join(' · ');
  if (provider.id === 'custom') return t('settings.customAbout');
  return provider.models.map(({ name }) => name).join(', ') || provider.baseUrl;
}
