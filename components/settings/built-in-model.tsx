import { Cpu } from 'lucide-react';
import { useEffect, useState } from 'react';
import { hasBuiltInModel, saveProvider } from '@/utils/chat/provider-setup';
import { t } from '@/utils/i18n';
import { providers } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { settings } from '@/utils/store/settings';
import { formatTokens } from '../format';
import { InUse } from './in-use';
import { useSetting } from './use-setting';

/** Whether this browser brings a model of its own. */
export function useBuiltInModel(): boolean {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => void hasBuiltInModel().then(setIsThere), []);
  return isThere;
}

/** It has no address and no key: to connect it is to choose it. */
export const connectBuiltIn = ({ id, models: [model] }: Provider): Promise<void> =>
  saveProvider({ providerId: id, baseUrl: '', modelId: model?.id ?? '' }, '');

export const aboutBuiltIn = ({ models: [model] }: Provider): string =>
  t('settings.browserModelAbout', { window: formatTokens(model?.window ?? 0) });

/** The browser's own model as a card; nothing where there is none. */
export function BuiltInModel() {
  const isThere = useBuiltInModel();
  const [active] = useSetting(settings.activeProvider);
  const provider = providers.find(({ wire }) => wire === 'chrome');
  if (!isThere || !provider) return null;
  return (
    <section className="provider-list" aria-label={provider.name}>
      <div className="provider provider-row">
        <Cpu className="icon" aria-hidden="true" />
        <div className="grow">
          <p className="provider-name">{provider.name}</p>
          <p className="meta">{aboutBuiltIn(provider)}</p>
        </div>
        {active === provider.id ? (
          <InUse />
        ) : (
          <button
            type="button"
            className="button button-line button-small"
            onClick={() => void connectBuiltIn(provider)}
          >
            {t('settings.use')}
          </button>
        )}
      </div>
    </section>
  );
}
