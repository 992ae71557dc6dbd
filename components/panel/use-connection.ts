import { useCallback, useEffect, useState } from 'react';
import { activeConnection } from '@/utils/chat/connection';
import { t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import type { Connection } from '@/utils/models/types';
import { type ProviderSetting, settings } from '@/utils/store/settings';
import type { ModelChoice } from '../composer/model-picker';

/** The connection that answers, and the choices beside it, kept up to date with settings. */
export function useConnection(openSettings: () => void): { connection?: Connection; models: ModelChoice[] } {
  const [connection, setConnection] = useState<Connection>();
  const [entries, setEntries] = useState<ProviderSetting[]>([]);
  const load = useCallback(async () => {
    const [active, providers] = await Promise.all([activeConnection(), settings.providers.read()]);
    setConnection(active);
    setEntries(providers);
  }, []);
  useEffect(() => {
    load();
    const stops = [settings.providers.watch(load), settings.activeProvider.watch(load)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [load]);

  const connected = entries.flatMap((entry) => {
    const provider = findProvider(entry.providerId);
    return provider ? [{ id: provider.id, label: entry.modelId || provider.name }] : [];
  });
  const models: ModelChoice[] = [...connected, { id: 'excerpts', label: t('excerpts.name') }].map(
    (choice) => ({
      ...choice,
      active: connection?.provider.id === choice.id,
      choose: () => void settings.activeProvider.write(choice.id),
    }),
  );
  models.push({ id: 'settings', label: t('composer.setUp'), active: false, choose: openSettings });
  return { connection, models };
}
