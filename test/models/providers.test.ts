import { describe, expect, it } from 'vitest';
import { findProvider, providers, providersForKey } from '@/utils/models/providers';

describe('the data of providers', () => {
  it('has every provider once', () => {
    const ids = providers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['moonshot', 'openai', 'anthropic', 'google', 'ollama', 'custom', 'excerpts']),
    );
    for (const id of ids) expect(findProvider(id)?.id).toBe(id);
  });

  it.each(providers)('is sound for $name', (provider) => {
    const { baseUrl, keyPage, keyShape, asOf, models, localAddresses, needsKey } = provider;
    if (baseUrl) {
      expect(URL.canParse(baseUrl)).toBe(true);
      expect(baseUrl).not.toMatch(/\/$/);
      // Keys and pages go unencrypted to this computer only.
      const isLocal = new URL(baseUrl).hostname === '127.0.0.1';
      expect(baseUrl.startsWith('https://') || isLocal).toBe(true);
    }
    if (keyPage) expect(keyPage).toMatch(/^https:\/\//);
    if (needsKey) expect(keyPage).toBeDefined();
    if (keyShape) expect(() => new RegExp(keyShape)).not.toThrow();
    for (const address of localAddresses ?? []) {
      expect(['127.0.0.1', 'localhost']).toContain(new URL(address).hostname);
    }
    expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
  });

  const priced = providers.flatMap(({ name, models }) =>
    models.flatMap((model) => (model.price ? [{ name, id: model.id, price: model.price }] : [])),
  );
  it.each(priced)('has possible prices for $id of $name', ({ price }) => {
    const { input, output, cacheRead = input, cacheWrite = 0, steps = [] } = price;
    expect(input).toBeGreaterThan(0);
    expect(output).toBeGreaterThanOrEqual(input);
    expect(cacheRead).toBeGreaterThan(0);
    expect(cacheRead).toBeLessThanOrEqual(input);
    expect(cacheWrite).toBeLessThanOrEqual(2 * input);
    for (const [index, step] of steps.entries()) {
      expect(step.above).toBeGreaterThan(steps[index - 1]?.above ?? 0);
      expect(step.input).toBeGreaterThan(input);
      expect(step.cacheRead ?? step.input).toBeLessThanOrEqual(step.input);
    }
  });

  it('has windows above a page and output limits below the window', () => {
    for (const { window, outputLimit = 0 } of providers.flatMap(({ models }) => models)) {
      expect(window).toBeGreaterThan(4_096);
      expect(outputLimit).toBeLessThan(window);
    }
  });
});

describe('a key', () => {
  it.each([
    ['sk-ant-api03-abc', ['anthropic']],
    ['sk-or-v1-0123', ['openrouter']],
    ['sk-proj-abc', ['openai']],
    ['AIzaSyExample', ['google']],
    ['gsk_example', ['groq']],
    ['xai-example', ['xai']],
  ])('%s is known by its shape', (key, ids) => {
    expect(providersForKey(key).map(({ id }) => id)).toEqual(ids);
  });

  it('that two platforms share names both, and nobody is asked whose it is', () => {
    const ids = providersForKey(`sk-${'aB3'.repeat(16)}`).map(({ id }) => id);
    expect(ids).toEqual(['moonshot', 'moonshot-china']);
    expect(providersForKey(`sk-${'0af3'.repeat(8)}`).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['deepseek', 'qwen']),
    );
  });

  it('without a shape that anybody has is nobody’s', () => {
    expect(providersForKey('hello')).toEqual([]);
    expect(providersForKey('')).toEqual([]);
  });
});
