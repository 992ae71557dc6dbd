/** The world outside a conversation, as the panel gives it: other models, counters, limits, memory. */

import { settings } from '../store/settings';
import { spendingStore } from '../store/spending';
import { connectedModels } from './connection';
import type { Surroundings } from './preparation';

export const panelSurroundings: Surroundings = {
  connected: connectedModels,
  use: async ({ provider, model }) => {
    const entries = await settings.providers.read();
    const change = (entry: (typeof entries)[number]) => {
      if (entry.providerId !== provider.id || entry.modelId === model.id) return entry;
      // The window in the form was that of the model in the form: it stays with it.
      const { window, ...rest } = entry;
      const known = entry.corrections?.[entry.modelId];
      const corrections = window
        ? { ...entry.corrections, [entry.modelId]: { window, ...known } }
        : entry.corrections;
      return { ...rest, modelId: model.id, ...(corrections ? { corrections } : {}) };
    };
    await settings.providers.write(entries.map(change));
    await settings.activeProvider.write(provider.id);
  },
  countTokens: async (request, connection) => {
    const { countTokens } = await import('../models/endpoints/counting');
    return countTokens(request, connection);
  },
  windowMemory: async (connection, window) => {
    const { estimateWindowMemory } = await import('../models/endpoints/memory');
    return estimateWindowMemory(connection, window);
  },
  whenTooLong: settings.whenTooLong.read,
  cap: settings.spendingCap.read,
  currency: settings.currency.read,
  spent: async (period, chatId) => {
    const entries = await (period === 'chat' ? spendingStore.ofChat(chatId) : spendingStore.ofMonth());
    return entries.map(({ cost }) => cost);
  },
};
