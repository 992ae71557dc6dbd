import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { findProvider, providers } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { keyStore } from '@/utils/store/keys';
import { type ProviderSetting, settings } from '@/utils/store/settings';
import { LetterTile } from '../ui/letter-tile';
import { ProviderForm } from './provider-form';
import { useSetting } from './use-setting';

/** Every provider: which one answers, which are set up, and the form of each. */
export function ProviderList({ allow }: { allow: (address: string) => Promise<boolean> }) {
  const [entries = []] = useSetting(settings.providers);
  const [active, setActive] = useSetting(settings.activeProvider);
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    // Whoever comes here because a key is missing finds the form that asks for it.
    const provider = active ? findProvider(active) : undefined;
    if (provider?.needsKey) keyStore.read(provider.id).then((key) => !key && setOpen(provider.id));
  }, [active]);
  return (
    <div className="provider-list">
      {providers.map((provider) => {
        const entry = entries.find((candidate) => candidate.providerId === provider.id);
        const isBuiltIn = provider.wire === 'excerpts';
        const isReady = isBuiltIn || entry !== undefined;
        const isOpen = open === provider.id;
        return (
          <section key={provider.id} className="provider" aria-label={nameOf(provider)}>
            <div className="provider-row">
              <LetterTile title={nameOf(provider)} />
              <div className="grow">
                <p className="provider-name">{nameOf(provider)}</p>
                <p className="meta">{describe(provider, entry)}</p>
              </div>
              {active === provider.id && isReady ? (
                <span className="tag tag-pine">
                  <Check className="icon icon-small" aria-hidden="true" />
                  {t('settings.inUse')}
                </span>
              ) : (
                isReady && (
                  <button
                    type="button"
                    className="button button-line button-small"
                    onClick={() => setActive(provider.id)}
                  >
                    {t('settings.use')}
                  </button>
                )
              )}
              {!isBuiltIn && (
                <button
                  type="button"
                  className="button button-quiet button-small"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? undefined : provider.id)}
                >
                  {t(entry ? 'settings.edit' : 'settings.setUp')}
                </button>
              )}
            </div>
            {isOpen && <ProviderForm key={provider.id} provider={provider} entry={entry} allow={allow} />}
          </section>
        );
      })}
    </div>
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
  return provider.id === 'custom'
    ? t('settings.customAbout')
    : provider.models.map(({ name }) => name).join(', ');
}
