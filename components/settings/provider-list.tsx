import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { removeProvider } from '@/utils/chat/provider-setup';
import { t } from '@/utils/i18n';
import { findProvider, providers } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { keyStore } from '@/utils/store/keys';
import { type ProviderSetting, settings } from '@/utils/store/settings';
import { LetterTile } from '../ui/letter-tile';
import { aboutBuiltIn, connectBuiltIn, useBuiltInModel } from './built-in-model';
import { InUse } from './in-use';
import { LocalServers } from './local-servers';
import { PasteKey } from './paste-key';
import { ProviderForm } from './provider-form';
import { useSetting } from './use-setting';

/** Every provider: which one answers, which are set up, and the form of each. */
export function ProviderList({
  allow,
  mayRead,
}: {
  allow: (...addresses: string[]) => Promise<boolean>;
  mayRead: (address: string) => Promise<boolean>;
}) {
  const [entries = []] = useSetting(settings.providers);
  const [active, setActive] = useSetting(settings.activeProvider);
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    // Whoever comes here because a key is missing finds the form that asks for it.
    const provider = active ? findProvider(active) : undefined;
    if (provider?.needsKey) keyStore.read(provider.id).then((key) => !key && setOpen(provider.id));
  }, [active]);
  const [search, setSearch] = useState('');
  const builtIn = useBuiltInModel();
  const isSetUp = ({ id }: Provider) => entries.some((entry) => entry.providerId === id);
  const there = providers.filter((provider) => provider.wire !== 'chrome' || builtIn || isSetUp(provider));
  const connected = there.filter((provider) => isSetUp(provider) || provider.wire === 'excerpts');
  const words = search.trim().toLowerCase();
  const others = there.filter(
    (provider) =>
      !connected.includes(provider) &&
      `${nameOf(provider)} ${provider.id} ${provider.baseUrl}`.toLowerCase().includes(words),
  );
  const row = (provider: Provider) => (
    <ProviderRow
      key={provider.id}
      provider={provider}
      entry={entries.find((candidate) => candidate.providerId === provider.id)}
      isActive={active === provider.id}
      isOpen={open === provider.id}
      onUse={() =>
        provider.wire === 'chrome' && !isSetUp(provider)
          ? void connectBuiltIn(provider)
          : setActive(provider.id)
      }
      onToggle={() => setOpen(open === provider.id ? undefined : provider.id)}
      allow={allow}
    />
  );
  return (
    // One parent for all rows: a provider that was just connected moves up with its open form, and what it says.
    <div className="providers">
      {[
        <h3 key="connected">{t('settings.connected')}</h3>,
        ...connected.map(row),
        <LocalServers key="local" allow={allow} mayRead={mayRead} />,
        <h3 key="add">{t('settings.add')}</h3>,
        <PasteKey key="paste" allow={allow} />,
        <label key="search" className="field provider-search">
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
  onUse,
  onToggle,
  allow,
}: {
  provider: Provider;
  entry?: ProviderSetting;
  isActive: boolean;
  isOpen: boolean;
  onUse: () => void;
  onToggle: () => void;
  allow: (...addresses: string[]) => Promise<boolean>;
}) {
  // What is in the browser or the extension has neither an address nor a key to fill in.
  const isBuiltIn = provider.wire === 'excerpts' || provider.wire === 'chrome';
  const isReady = isBuiltIn || entry !== undefined;
  return (
    <section className="provider" aria-label={nameOf(provider)}>
      <div className="provider-row">
        <LetterTile title={nameOf(provider)} />
        <div className="grow">
          <p className="provider-name">{nameOf(provider)}</p>
          <p className="meta">{describe(provider, entry)}</p>
        </div>
        {isActive && isReady ? (
          <InUse />
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

function describe(provider: Provider, entry: ProviderSetting | undefined): string {
  if (provider.wire === 'excerpts') return t('settings.excerptsAbout');
  if (provider.wire === 'chrome') return aboutBuiltIn(provider);
  if (entry) return [entry.modelId, entry.baseUrl].filter(Boolean).join(' · ');
  if (provider.id === 'custom') return t('settings.customAbout');
  return provider.models.map(({ name }) => name).join(', ') || provider.baseUrl;
}
