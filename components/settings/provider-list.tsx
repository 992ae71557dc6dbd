import { Check, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { hasBuiltInModel } from '@/utils/chat/provider-setup';
import { t } from '@/utils/i18n';
import { findProvider, providers } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { keyStore } from '@/utils/store/keys';
import { type ProviderSetting, settings } from '@/utils/store/settings';
import { LetterTile } from '../ui/letter-tile';
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
  const [builtIn, setBuiltIn] = useState(false);
  useEffect(() => void hasBuiltInModel().then(setBuiltIn), []);
  const isSetUp = ({ id }: Provider) => entries.some((entry) => entry.providerId === id);
  const there = providers.filter(({ wire }) => wire !== 'chrome' || builtIn);
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
      onUse={() => setActive(provider.id)}
      onToggle={() => setOpen(open === provider.id ? undefined : provider.id)}
      allow={allow}
    />
  );
  return (
    <>
      <h3>{t('settings.connected')}</h3>
      <div className="provider-list">{connected.map(row)}</div>
      <LocalServers allow={allow} mayRead={mayRead} />
      <h3>{t('settings.add')}</h3>
      <PasteKey allow={allow} />
      <label className="field provider-search">
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
      </label>
      {others.length > 0 ? (
        <div className="provider-list">{others.map(row)}</div>
      ) : (
        <p className="meta">{t('settings.noProvider')}</p>
      )}
    </>
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
  const isBuiltIn = provider.wire === 'excerpts';
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
          <span className="tag tag-pine">
            <Check className="icon icon-small" aria-hidden="true" />
            {t('settings.inUse')}
          </span>
        ) : (
          isReady && (
            <button type="button" className="button button-line button-small" onClick={onUse}>
              {t('settings.use')}
            </button>
          )
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
      {isOpen && <ProviderForm provider={provider} entry={entry} allow={allow} />}
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
  if (entry) return [entry.modelId, entry.baseUrl].filter(Boolean).join(' · ');
  if (provider.id === 'custom') return t('settings.customAbout');
  return provider.models.map(({ name }) => name).join(', ') || provider.baseUrl;
}
