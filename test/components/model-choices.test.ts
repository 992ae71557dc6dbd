import { describe, expect, it } from 'vitest';
import { grouped, type ModelChoice, matching } from '@/components/composer/model-choices';

const choice = (name: string, provider: string | undefined, window: number): ModelChoice => ({
  id: `${provider}/${name}`,
  name,
  provider,
  window,
  active: false,
  choose: () => {},
});
const models = [
  choice('Excerpts', undefined, Number.POSITIVE_INFINITY),
  choice('kimi-k2.6', 'Moonshot AI', 262_144),
  choice('kimi-k3', 'Moonshot AI', 1_048_576),
  choice('qwen3:8b', 'Ollama', 40_960),
  choice('kimi-k2', 'Ollama', 131_072),
];
const names = (list: ModelChoice[]) => list.map(({ name }) => name);

describe('the list of models', () => {
  it('goes by provider in the order of settings, longest window first, and ends with what is built in', () => {
    expect(grouped(models).map(({ provider, models: list }) => [provider, names(list)])).toEqual([
      ['Moonshot AI', ['kimi-k3', 'kimi-k2.6']],
      ['Ollama', ['kimi-k2', 'qwen3:8b']],
      [undefined, ['Excerpts']],
    ]);
  });

  it('keeps models with endless windows as they come', () => {
    const endless = ['b', 'a', 'c'].map((name) => choice(name, 'Local', Number.POSITIVE_INFINITY));
    expect(names(grouped(endless)[0]?.models ?? [])).toEqual(['b', 'a', 'c']);
  });

  it.each([
    ['', ['Excerpts', 'kimi-k2.6', 'kimi-k3', 'qwen3:8b', 'kimi-k2']],
    ['KIMI', ['kimi-k2.6', 'kimi-k3', 'kimi-k2']],
    ['k2 ollama', ['kimi-k2']],
    ['  moon  3 ', ['kimi-k3']],
    ['nothing', []],
  ])('finds %j', (search, found) => {
    expect(names(matching(models, search))).toEqual(found);
  });
});
