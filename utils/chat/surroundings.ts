/** The world outside a conversation, as the panel gives it: other models, counters, limits, memory. */

import { type ProviderSetting, settings } from '../store/settings';
import { connectedModels } from './connection';
import type { Surroundings } from './preparation';
import { promptInUse } from './prompt-in-use';
import { spentInChat, spentInMonth } from './spent';

/** Limits that are remembered as passed; more chats than that are not gone on with at once. */
const mostCaps = 100;

/** A count or a figure of memory that does not come is done without (milliseconds). */
const patience = { count: 15_000, memory: 5_000 };

export const panelSurroundings: Surroundings = {
  connected: connectedModels,
  use: async ({ provider, model }) => {
    const change = (entry: ProviderSetting) => {
      if (entry.providerId !== provider.id || entry.modelId === model.id) return entry;
      // The window in the form was that of the model in the form: it stays with it.
      const { window, ...rest } = entry;
      const known = entry.corrections?.[entry.modelId];
      const corrections = window
        ? { ...entry.corrections, [entry.modelId]: { window, ...known } }
        : entry.corrections;
      return { ...rest, modelId: model.id, ...(corrections ? { corrections } : {}) };
    };
    await settings.providers.change((entries) => entries.map(change));
    await settings.activeProvider.write(provider.id);
  },
  countTokens: async (request, connection) => {
    const { countTokens } = await import('../models/endpoints/counting');
    return countTokens(request, connection, { signal: AbortSignal.timeout(patience.count) });
  },
  windowMemory: async (connection, window) => {
    const { estimateWindowMemory } = await import('../models/endpoints/memory');
    return estimateWindowMemory(connection, window, { signal: AbortSignal.timeout(patience.memory) });
  },
  manner: promptInUse,
  followUps: settings.followUps.read,
  whenTooLong: settings.whenTooLong.read,
  cap: settings.spendingCap.read,
  capsPassed: settings.capsPassed.read,
  passCap: async (name, times) => {
    await settings.capsPassed.change(({ [name]: _, ...others }) => {
      const kept = Object.entries(others).slice(-mostCaps);
      return { ...Object.fromEntries(kept), [name]: times };
    });
  },
  currency: settings.currency.read,
  searchMode: settings.searchMode.read,
  searching: async (sources) => (await import('./searching')).panelSearching(sources),
  spent: (period, chatId) => (period === 'chat' ? spentInChat(chatId) : spentInMonth()),
};
