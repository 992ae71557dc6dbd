import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  activeConnection,
  checkConnection,
  isInsecureAllowed,
  isLocal,
  toConnection,
} from '@/utils/chat/connection';
import { removeProvider, saveProvider } from '@/utils/chat/provider-setup';
import { findProvider } from '@/utils/models/providers';
import type { Connection, Provider } from '@/utils/models/types';
import { keyStore } from '@/utils/store/keys';
import { assumedWindow, settings } from '@/utils/store/settings';
import { connectionTo } from '../fixtures/models';

/** What the browser was asked for, and what it answers. The fake browser has no permissions of its own. */
const permissions = { asked: [] as string[], granted: true };

beforeEach(() => {
  fakeBrowser.reset();
  permissions.asked = [];
  permissions.granted = true;
  Object.assign(fakeBrowser.permissions, {
    contains: async ({ origins = [] }: { origins?: string[] }) => {
      permissions.asked.push(...origins);
      return permissions.granted;
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const provider = (id: string): Provider => findProvider(id) ?? expect.fail(`No provider ${id}`);

describe('isLocal', () => {
  it.each([
    'localhost',
    'models.localhost',
    'printer.local',
    '127.0.0.1',
    '127.8.9.10',
    '[::1]',
    '10.0.0.5',
    '192.168.1.20',
    '172.16.0.1',
    '172.31.255.255',
  ])('is true for %s', (hostname) => {
    expect(isLocal(hostname)).toBe(true);
  });

  it.each([
    'example.org',
    'localhost.example.org',
    'notlocalhost',
    'local',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.1.1',
    '11.0.0.1',
    '128.0.0.1',
    '8.8.8.8',
    '[2001:db8::1]',
    '10.example.org',
    '127.0.0.1.example.org',
    '192.168.example.org',
    '172.16.example.org',
    '',
  ])('is false for %j', (hostname) => {
    expect(isLocal(hostname)).toBe(false);
  });
});

describe('checkConnection', () => {
  const check = (details: Partial<Connection>, allowInsecure = false) =>
    checkConnection(connectionTo(undefined, details), { allowInsecure }).then(
      () => 'fine',
      (error) => error.code,
    );

  it('lets a connection through that can be used, and asks for its origin only', async () => {
    expect(await check({ baseUrl: 'https://api.example.org:8443/v1' })).toBe('fine');
    expect(permissions.asked).toEqual(['https://api.example.org/*']);
  });

  it('has nothing to check for the model that the browser brings', async () => {
    const browsers = findProvider('chrome');
    if (!browsers) throw new Error('There is no provider “chrome”.');
    expect(await check(toConnection(browsers))).toBe('fine');
    expect(permissions.asked).toEqual([]);
  });

  it.each([
    ['no key where one is needed', { key: undefined }, 'no-key'],
    ['no address', { baseUrl: '' }, 'wrong-address'],
    ['something else than an address', { baseUrl: 'api.example.org/v1' }, 'wrong-address'],
    ['an address of a file', { baseUrl: 'file:///etc/passwd' }, 'wrong-address'],
    ['an address that runs code', { baseUrl: 'javascript:alert(1)' }, 'wrong-address'],
    ['a name in the address', { baseUrl: 'https://name@api.example.org/v1' }, 'wrong-address'],
    ['a password in the address', { baseUrl: 'https://:secret@api.example.org/v1' }, 'wrong-address'],
    ['no model', { model: { id: '', name: '', window: 1 } }, 'model-not-found'],
    ['an open line to the internet', { baseUrl: 'http://api.example.org/v1' }, 'insecure-address'],
    ['an open line to a host that looks local', { baseUrl: 'http://10.example.org/v1' }, 'insecure-address'],
  ])('refuses %s', async (_, details, code) => {
    expect(await check(details)).toBe(code);
  });

  it.each([
    ['this computer', 'http://localhost:1234/v1'],
    ['this computer by its number', 'http://127.0.0.1:8080/v1'],
    ['this computer by its newer number', 'http://[::1]:8080/v1'],
    ['the network at home', 'http://192.168.1.20:11434/v1'],
  ])('allows an open line to %s', async (_, baseUrl) => {
    expect(await check({ baseUrl })).toBe('fine');
  });

  it('allows an open line where the user allowed it', async () => {
    expect(await check({ baseUrl: 'http://api.example.org/v1' }, true)).toBe('fine');
  });

  it('says which host the browser has to allow', async () => {
    permissions.granted = false;
    const checking = checkConnection(connectionTo('https://api.example.org:8443/v1'));
    await expect(checking).rejects.toMatchObject({
      code: 'host-permission',
      facts: {
        host: 'api.example.org:8443',
        address: 'https://api.example.org:8443/v1',
        provider: 'Example AI',
      },
    });
  });

  it('knows that a computer without a network reaches only itself', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    expect(await check({})).toBe('offline');
    expect(await check({ baseUrl: 'http://localhost:1234/v1' })).toBe('fine');
  });

  it('asks nothing of the built-in reader', async () => {
    permissions.granted = false;
    expect(await check({ provider: provider('excerpts'), key: undefined, baseUrl: '' })).toBe('fine');
    expect(permissions.asked).toEqual([]);
  });
});

describe('toConnection', () => {
  it('takes what the user set before what the provider says', () => {
    const entry = {
      providerId: 'moonshot',
      baseUrl: ' https://proxy.example.org/v1 ',
      modelId: ' kimi-k2.6 ',
      window: 9_000,
    };
    expect(toConnection(provider('moonshot'), entry, ' sk-1 ')).toMatchObject({
      baseUrl: 'https://proxy.example.org/v1',
      key: 'sk-1',
      model: { id: 'kimi-k2.6', name: 'kimi-k2.6', window: 9_000 },
    });
  });

  it('takes the first model of the provider and its window when nothing is set', () => {
    const connection = toConnection(provider('moonshot'));
    expect(connection.model).toEqual(provider('moonshot').models[0]);
    expect(connection).toMatchObject({ baseUrl: 'https://api.moonshot.ai/v1', key: undefined });
  });

  it('is called by its address when the server has no name of its own', () => {
    const entry = { providerId: 'custom', baseUrl: 'http://localhost:1234/v1', modelId: 'm' };
    expect(toConnection(provider('custom'), entry).provider.name).toBe('localhost:1234');
    expect(toConnection(provider('custom'), { ...entry, baseUrl: 'nonsense' }).provider).toBe(
      provider('custom'),
    );
    expect(toConnection(provider('openai'), { ...entry, providerId: 'openai' }).provider.name).toBe('OpenAI');
  });

  it('assumes a window for a model that nobody knows', () => {
    const entry = { providerId: 'custom', baseUrl: 'http://localhost/v1', modelId: 'my-model' };
    expect(toConnection(provider('custom'), entry).model).toEqual({
      id: 'my-model',
      name: 'my-model',
      window: assumedWindow,
    });
  });
});

describe('the connection that answers', () => {
  const entry = { providerId: 'moonshot', baseUrl: 'https://api.moonshot.ai/v1', modelId: 'kimi-k3' };

  it('is the built-in reader until a provider is set up', async () => {
    expect((await activeConnection()).provider.id).toBe('excerpts');
    await settings.activeProvider.write('moonshot');
    expect((await activeConnection()).provider.id).toBe('excerpts');
  });

  it('is the provider that was set up last, with its key', async () => {
    await saveProvider(entry, ' sk-1 ');
    expect(await activeConnection()).toMatchObject({
      provider: { id: 'moonshot' },
      key: 'sk-1',
      model: { id: 'kimi-k3', window: 1_048_576 },
    });
    await saveProvider({ ...entry, modelId: 'kimi-k2.6' }, 'sk-2');
    expect(await settings.providers.read()).toHaveLength(1);
    expect(await activeConnection()).toMatchObject({ key: 'sk-2', model: { id: 'kimi-k2.6' } });
  });

  it('is the built-in reader again when the provider is removed, and its key is gone', async () => {
    await saveProvider(entry, 'sk-1');
    await saveProvider({ providerId: 'custom', baseUrl: 'http://localhost/v1', modelId: 'm' }, '');
    await removeProvider('moonshot');
    expect((await activeConnection()).provider.id).toBe('custom');
    expect(await keyStore.read('moonshot')).toBeUndefined();
    await removeProvider('custom');
    expect((await activeConnection()).provider.id).toBe('excerpts');
    expect(await settings.providers.read()).toEqual([]);
  });

  it('is the built-in reader when the provider is one that this version does not know', async () => {
    await settings.providers.write([{ ...entry, providerId: 'from-the-future' }]);
    await settings.activeProvider.write('from-the-future');
    expect((await activeConnection()).provider.id).toBe('excerpts');
  });

  it('may use an open line only where the user said so', async () => {
    await saveProvider({ ...entry, allowInsecure: true }, '');
    expect(await isInsecureAllowed('moonshot')).toBe(true);
    expect(await isInsecureAllowed('openai')).toBe(false);
  });
});
