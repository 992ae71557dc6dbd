import type { Connection, Model, Quirks, Wire, WireId } from '@/utils/models/types';
import { anthropicMessages } from '../../servers/dialects/anthropic';
import type { Dialect } from '../../servers/dialects/dialect';
import { gemini } from '../../servers/dialects/gemini';
import { ollamaChat } from '../../servers/dialects/ollama';
import { openaiResponses } from '../../servers/dialects/openai-responses';
import {
  anthropicRefusals,
  type Behaviour,
  googleRefusals,
  type ModelServer,
  ollamaRefusals,
  refusals,
  startModelServer,
} from '../../servers/model-server';

/** What the contract suite has to know of a wire. A new one is an object like those below and a test of one line. */
export interface WireAdapter {
  wire: WireId;
  load(): Promise<Wire>;
  start(): Promise<ModelServer>;
  /** How the vendor says no. */
  refusals: {
    badKey?: Behaviour;
    rateLimit?: (seconds: number) => Behaviour;
    serverError: Behaviour;
    modelNotFound: Behaviour;
    contextLength: (needed: number, limit: number) => Behaviour;
  };
  /** The header that carries the key; absent when there is none. */
  keyHeader?: string;
  quirks?: Quirks;
  model?: Partial<Model>;
  /** What the protocol has no way to say, or its models no way to do. */
  lacks?: ('thinking' | 'tools' | 'images' | 'filter' | 'usage' | 'cached' | 'thinking-count' | 'error')[];
}

/** A connection to a test server, with a model that can do everything. */
export function connectTo(server: ModelServer, { wire, quirks, model, keyHeader }: WireAdapter): Connection {
  return {
    provider: {
      id: 'example',
      name: 'Example AI',
      wire,
      baseUrl: '',
      needsKey: keyHeader !== undefined,
      asOf: '2026-11-10',
      models: [],
      ...(quirks && { quirks }),
    },
    baseUrl: server.baseUrl,
    ...(keyHeader && { key: 'secret-key' }),
    model: {
      id: 'large-1',
      name: 'Large 1',
      window: 1_000_000,
      vision: true,
      tools: true,
      thinking: 'optional',
      ...model,
    },
  };
}

const speaking = (dialect?: Dialect) => () => startModelServer(dialect ? { dialect } : {});

/** A wire of a vendor that speaks the OpenAI chat dialect. */
const chat = (wire: WireId, load: () => Promise<Wire>, more: Partial<WireAdapter> = {}): WireAdapter => ({
  wire,
  load,
  start: speaking(),
  refusals,
  keyHeader: 'authorization',
  ...more,
});

export const openaiCompatibleAdapter = chat(
  'openai-compatible',
  async () => (await import('@/utils/models/wire/openai-compatible')).openaiCompatible,
);

export const moonshotAdapter = chat(
  'moonshot',
  async () => (await import('@/utils/models/wire/moonshot')).moonshot,
  { model: { id: 'kimi-k3.1-pro', thinking: 'always' }, quirks: { continuesPartial: true } },
);

export const deepseekAdapter = chat(
  'deepseek',
  async () => (await import('@/utils/models/wire/deepseek')).deepseek,
  { model: { id: 'deepseek-flash' } },
);

export const alibabaAdapter = chat(
  'alibaba',
  async () => (await import('@/utils/models/wire/alibaba')).alibaba,
  { model: { id: 'qwen3.8-flash' } },
);

export const openrouterAdapter = chat(
  'openrouter',
  async () => (await import('@/utils/models/wire/openrouter')).openrouter,
  { model: { id: 'anthropic/claude-haiku-5-5' } },
);

export const openaiAdapter: WireAdapter = {
  wire: 'openai',
  load: async () => (await import('@/utils/models/wire/openai')).openai,
  start: speaking(openaiResponses),
  refusals,
  keyHeader: 'authorization',
  quirks: { cacheMark: true },
  model: { id: 'gpt-6.1-terra' },
};

export const anthropicAdapter: WireAdapter = {
  wire: 'anthropic',
  load: async () => (await import('@/utils/models/wire/anthropic')).anthropic,
  start: speaking(anthropicMessages),
  refusals: anthropicRefusals,
  keyHeader: 'x-api-key',
  model: { id: 'claude-sonnet-5-5', thinking: 'always' },
};

export const googleAdapter: WireAdapter = {
  wire: 'google',
  load: async () => (await import('@/utils/models/wire/google')).google,
  start: speaking(gemini),
  refusals: googleRefusals,
  keyHeader: 'x-goog-api-key',
  model: { id: 'gemini-3.8-flash' },
};

export const ollamaAdapter: WireAdapter = {
  wire: 'ollama',
  load: async () => (await import('@/utils/models/wire/ollama')).ollama,
  start: speaking(ollamaChat),
  refusals: ollamaRefusals,
  model: { id: 'qwen3:30b' },
  lacks: ['filter', 'thinking-count'],
};

/** Every wire to a vendor through the AI SDK. */
export const sdkAdapters = [
  openaiCompatibleAdapter,
  moonshotAdapter,
  deepseekAdapter,
  alibabaAdapter,
  openrouterAdapter,
  openaiAdapter,
  anthropicAdapter,
  googleAdapter,
];
