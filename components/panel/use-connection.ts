import { useCallback, useEffect, useState } from 'react';
import { activeConnection, connectedModels } from '@/utils/chat/connection';
import { panelSurroundings } from '@/utils/chat/surroundings';
import { t } from '@/utils/i18n';
import type { Connection } from '@/utils/models/types';
import { settings } from '@/utils/store/settings';
import type { ModelChoice } from '../composer/model-choices';

/** The connection that answers, and the choices beside it, kept up to date with settings. */
export function useConnection(): { connection?: Connection; models: ModelChoice[] } {
  const [connection, setConnection] = useState<Connection>();
  const [connected, setConnected] = useState<Connection[]>([]);
  const load = useCallback(async () => {
    const [active, all] = await Promise.all([activeConnection(), connectedModels()]);
    setConnection(active);
    setConnected(all);
  }, []);
  useEffect(() => {
    load();
    const stops = [
      settings.providers.watch(load),
      settings.activeProvider.watch(load),
      settings.calibration.watch(load),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [load]);

  const isActive = ({ provider, model }: Connection) =>
    connection?.provider.id === provider.id && connection.model.id === model.id;
  const models: ModelChoice[] = connected.map((entry) => ({
    id: `${entry.provider.id}/${entry.model.id}`,
    name: entry.model.name,
    provider: entry.provider.name,
    window: entry.model.window,
    price: entry.model.price,
    active: isActive(entry),
    choose: () => void panelSurroundings.use(entry),
  }));
  models.push({
    id: 'excerpts',
    name: t('excerpts.name'),
    window: Number.POSITIVE_INFINITY,
    active: connection?.provider.wire === 'excerpts',
    choose: () => void settings.activeProvider.write('excerpts'),
  });
  return { connection, models };
}
