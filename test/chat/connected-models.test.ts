import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { activeConnection, connectedModels } from '@/utils/chat/connection';
import { panelSurroundings } from '@/utils/chat/surroundings';
import { findProvider } from '@/utils/models/providers';
import { database } from '@/utils/store/database';
import { keyStore } from '@/utils/store/keys';
import { assumedWindow, type ProviderSetting, settings } from '@/utils/store/settings';

beforeEach(async () => {
  fakeBrowser.reset();
  await database.keys.clear();
});

const local: ProviderSetting = { providerId: 'custom', baseUrl: 'http://localhost:1234/v1', modelId: 'mine' };
const named = async () =>
  new Map((await connectedModels()).map((entry) => [`${entry.provider.id}/${entry.model.id}`, entry]));

describe('the connected models', () => {
  it('are none until a provider is set up, and then all that are known of it, with its key', async () => {
    expect(await connectedModels()).toEqual([]);
    const provider = findProvider('deepseek') ?? expect.fail('No DeepSeek');
    await keyStore.write('deepseek', 'sk-1');
    await settings.providers.write([
      { providerId: 'deepseek', baseUrl: provider.baseUrl, modelId: 'deepseek-flash' },
      local,
    ]);
    const models = await named();
    expect([...models.keys()].sort()).toEqual(
      [...provider.models.map(({ id }) => `deepseek/${id}`), 'custom/mine'].sort(),
    );
    expect(models.get('deepseek/deepseek-flash')).toMatchObject({ key: 'sk-1', baseUrl: provider.baseUrl });
    expect(models.get('custom/mine')).toMatchObject({ key: undefined, model: { window: assumedWindow } });
  });

  it('are those the server lists, with our data where it says less and the user’s where they know better', async () => {
    await settings.providers.write([
      {
        ...local,
        window: 9_000,
        listed: {
          at: 5,
          models: [
            { id: 'large', name: 'Large', window: 200_000 },
            { id: 'bare', name: 'Bare' },
          ],
        },
        corrections: {
          large: { window: 50_000, vision: true },
          bare: { price: { currency: 'USD', input: 1, output: 2 } },
        },
      },
    ]);
    const models = await named();
    expect([...models.keys()].sort()).toEqual(['custom/bare', 'custom/large', 'custom/mine']);
    expect(models.get('custom/large')?.model).toMatchObject({ name: 'Large', window: 50_000, vision: true });
    expect(models.get('custom/bare')?.model).toMatchObject({ window: assumedWindow, price: { input: 1 } });
    // The window in the form belongs to the model in the form.
    expect(models.get('custom/mine')?.model.window).toBe(9_000);
  });

  it('know what was learned of their tokens', async () => {
    await settings.providers.write([local]);
    await settings.calibration.write({ 'custom/mine': { han: { factor: 0.7, samples: 2 } } });
    expect((await named()).get('custom/mine')?.model.tokenFactors).toMatchObject({ latin: 1, han: 0.7 });
    await settings.activeProvider.write('custom');
    expect((await activeConnection()).model.tokenFactors?.han).toBe(0.7);
  });

  it('are one of them the model that answers, when the user chooses it', async () => {
    await settings.providers.write([
      { ...local, window: 9_000, listed: { at: 1, models: [{ id: 'large', name: 'L' }] } },
    ]);
    const large = (await named()).get('custom/large') ?? expect.fail('Not listed');
    await panelSurroundings.use(large);
    expect((await activeConnection()).model).toMatchObject({ id: 'large', window: assumedWindow });
    // Going back finds the window that the user gave the first model.
    const mine = (await named()).get('custom/mine');
    expect(mine).toBeUndefined();
    await settings.providers.write(
      (await settings.providers.read()).map((entry) => ({ ...entry, modelId: 'mine' })),
    );
    expect((await activeConnection()).model.window).toBe(9_000);
  });
});

describe('what a broken write left', () => {
  it('costs a list or a correction, and never the provider', async () => {
    await fakeBrowser.storage.local.set({
      providers: [
        {
          ...local,
          listed: {
            at: 'yesterday',
            models: [
              null,
              { id: 3 },
              { id: 'a', name: 'A', window: null },
              { id: 'b', name: 'B', window: 8_000 },
            ],
          },
          corrections: {
            mine: {
              window: 'large',
              vision: true,
              price: { currency: 'GBP', input: 1, output: 1 },
              extra: 1,
            },
            other: 7,
          },
        },
        { ...local, providerId: 'lm-studio', listed: 'none', corrections: [] },
      ],
    });
    expect(await settings.providers.read()).toEqual([
      {
        ...local,
        listed: { at: 0, models: [{ id: 'b', name: 'B', window: 8_000 }] },
        corrections: { mine: { vision: true }, other: {} },
      },
      { ...local, providerId: 'lm-studio' },
    ]);
  });

  it.each([
    null,
    'much',
    { amount: -1, currency: 'USD', period: 'chat' },
    { amount: 1, currency: 'GBP', period: 'chat' },
  ])('is no limit of spending: %j', async (value) => {
    await fakeBrowser.storage.local.set({ spendingCap: value });
    expect(await settings.spendingCap.read()).toBeNull();
  });

  it.each([
    7,
    { 'a/b': { latin: { factor: 'x', samples: 1 } } },
    { 'a/b': { latin: { factor: -1, samples: 1 } } },
  ])('teaches nothing of tokens: %j', async (value) => {
    await fakeBrowser.storage.local.set({ calibration: value });
    expect(await settings.calibration.read()).toEqual({});
  });

  it('forgets the oldest limits that were passed', async () => {
    for (let chat = 0; chat < 105; chat++) await panelSurroundings.passCap(`chat-${chat} 1 USD`, 1);
    await panelSurroundings.passCap('chat-104 1 USD', 2);
    const passed = await settings.capsPassed.read();
    expect(Object.keys(passed).length).toBeLessThanOrEqual(101);
    expect([passed['chat-0 1 USD'], passed['chat-104 1 USD']]).toEqual([undefined, 2]);
  });
});
