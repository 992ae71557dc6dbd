/** The models that a provider says it has, with what it says about them over what our data say. */

import '../wire/zod-jitless';
import { z } from 'zod/v4-mini';
import { AppError } from '../../errors';
import type { Connection, ListedModel, ListingId, Model, Price } from '../types';
import { baseOf } from '../wire/sdk';
import { type AskOptions, askJson } from './ask';
import { modelInfo } from './ollama-info';

type Listed = Pick<Model, 'id'> & Partial<Model>;

/** Models in a list beyond this are not read: no vendor has so many. */
const mostModels = 2_000;

const count = z.catch(z.optional(z.number().check(z.positive())), undefined);
const text = z.string().check(z.minLength(1), z.maxLength(200));
const list = <T extends z.ZodMiniType>(entry: T) => z.array(z.catch(z.nullable(entry), null));

const openaiEntry = z.object({
  id: text,
  name: z.catch(z.optional(text), undefined),
  // One meaning, many names: OpenRouter and Moonshot, Groq, vLLM, Mistral.
  context_length: count,
  context_window: count,
  max_model_len: count,
  max_context_length: count,
  max_completion_tokens: count,
  architecture: z.catch(
    z.optional(z.object({ input_modalities: z.optional(z.array(z.string())) })),
    undefined,
  ),
  capabilities: z.catch(z.optional(z.object({ vision: z.optional(z.boolean()) })), undefined),
  supports_image_in: z.catch(z.optional(z.boolean()), undefined),
  supported_parameters: z.catch(z.optional(z.array(z.string())), undefined),
  top_provider: z.catch(z.optional(z.object({ max_completion_tokens: count })), undefined),
  pricing: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
});

const kinds: Record<ListingId, (connection: Connection, options: AskOptions) => Promise<Listed[]>> = {
  async openai(connection, options) {
    const shape = z.object({ data: list(openaiEntry) });
    const { data } = await askJson(connection, `${baseOf(connection)}/models`, shape, options);
    return present(data).map((entry) => {
      const seen = entry.architecture?.input_modalities?.includes('image');
      return {
        id: entry.id,
        ...(entry.name && { name: entry.name }),
        window:
          entry.context_length ?? entry.context_window ?? entry.max_model_len ?? entry.max_context_length,
        outputLimit: entry.top_provider?.max_completion_tokens ?? entry.max_completion_tokens,
        vision: seen ?? entry.capabilities?.vision ?? entry.supports_image_in,
        tools: entry.supported_parameters?.includes('tools'),
        ...(entry.supported_parameters?.includes('reasoning') && { thinking: 'optional' as const }),
        price: priceOf(entry.pricing),
      };
    });
  },

  async anthropic(connection, options) {
    const shape = z.object({ data: list(z.object({ id: text, display_name: z.optional(text) })) });
    const address = `${baseOf(connection)}/models?limit=1000`;
    const { data } = await askJson(connection, address, shape, options);
    return present(data).map(({ id, display_name: name }) => ({ id, ...(name && { name }) }));
  },

  async google(connection, options) {
    const entry = z.object({
      name: text,
      displayName: z.optional(text),
      inputTokenLimit: count,
      outputTokenLimit: count,
      supportedGenerationMethods: z.catch(z.optional(z.array(z.string())), undefined),
    });
    const address = `${baseOf(connection)}/models?pageSize=1000`;
    const { models } = await askJson(connection, address, z.object({ models: list(entry) }), options);
    return present(models)
      .filter(({ supportedGenerationMethods: methods }) => methods?.includes('generateContent') ?? true)
      .map(({ name, displayName, inputTokenLimit, outputTokenLimit }) => ({
        id: name.replace(/^models\//, ''),
        ...(displayName && { name: displayName }),
        window: inputTokenLimit,
        outputLimit: outputTokenLimit,
      }));
  },

  async ollama(connection, options) {
    const shape = z.object({ models: list(z.object({ name: text })) });
    const { models } = await askJson(connection, `${baseOf(connection)}/api/tags`, shape, options);
    const shown = present(models).map(({ name }) => showOllama(connection, name, options));
    return (await Promise.all(shown)).filter((model) => model !== undefined);
  },

  async 'lm-studio'(connection, options) {
    const entry = z.object({
      id: text,
      type: z.optional(z.string()),
      max_context_length: count,
      loaded_context_length: count,
      capabilities: z.catch(z.optional(z.array(z.string())), undefined),
    });
    const address = new URL('/api/v0/models', connection.baseUrl).href;
    const { data } = await askJson(connection, address, z.object({ data: list(entry) }), options);
    return present(data)
      .filter(({ type }) => type !== 'embeddings')
      .map(({ id, type, max_context_length: most, loaded_context_length: loaded, capabilities }) => ({
        id,
        // A model that is loaded holds what it was loaded with, whatever it could hold.
        window: loaded ?? most,
        vision: type === 'vlm',
        tools: capabilities?.includes('tool_use'),
      }));
  },

  async 'llama-cpp'(connection, options) {
    const address = `${baseOf(connection)}/models`;
    const { data } = await askJson(
      connection,
      address,
      z.object({ data: list(z.object({ id: text })) }),
      options,
    );
    const shape = z.object({
      default_generation_settings: z.optional(z.object({ n_ctx: count })),
      modalities: z.catch(z.optional(z.object({ vision: z.optional(z.boolean()) })), undefined),
    });
    const props = await askJson(connection, new URL('/props', connection.baseUrl).href, shape, options).catch(
      () => undefined,
    );
    return present(data).map(({ id }) => ({
      id,
      window: props?.default_generation_settings?.n_ctx,
      vision: props?.modalities?.vision,
    }));
  },
};

const showShape = z.object({
  model_info: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
  capabilities: z.catch(z.optional(z.array(z.string())), undefined),
});

/** What Ollama knows of one model; only its name where it will not say. Undefined: it does not answer questions. */
async function showOllama(
  connection: Connection,
  id: string,
  options: AskOptions,
): Promise<Listed | undefined> {
  const address = `${baseOf(connection)}/api/show`;
  const shown = await askJson(connection, address, showShape, { ...options, body: { model: id } }).catch(
    (error: unknown) => {
      // The list of names needs no origin and a question does: this is the first to hear that we are not let in.
      if (error instanceof AppError && error.code === 'origin-refused') throw error;
      return undefined;
    },
  );
  const { model_info: info = {}, capabilities } = shown ?? {};
  const window = modelInfo(info, 'context_length');
  // Models that only turn text into vectors cannot answer.
  if (capabilities?.includes('embedding') && !capabilities.includes('completion')) return undefined;
  return {
    id,
    ...(window && { window }),
    ...(capabilities && {
      vision: capabilities.includes('vision'),
      tools: capabilities.includes('tools'),
      thinking: capabilities.includes('thinking') ? 'optional' : 'never',
    }),
  };
}

/** OpenRouter's prices are dollars for one token, as decimal strings. */
function priceOf(pricing: Record<string, unknown> | undefined): Price | undefined {
  const perMillion = (name: string): number | undefined => {
    const said = pricing?.[name];
    // An empty price, or null, is none: nothing is free that is not said to be.
    const isSaid = typeof said === 'number' || (typeof said === 'string' && said.trim() !== '');
    const value = isSaid ? Number(said) : Number.NaN;
    // Twelve digits: what binary fractions add to a decimal string is no price.
    return Number.isFinite(value) && value >= 0 ? Number((value * 1_000_000).toPrecision(12)) : undefined;
  };
  const input = perMillion('prompt');
  const output = perMillion('completion');
  if (input === undefined || output === undefined) return undefined;
  const cacheRead = perMillion('input_cache_read');
  const cacheWrite = perMillion('input_cache_write');
  return {
    currency: 'USD',
    input,
    output,
    ...(cacheRead && { cacheRead }),
    ...(cacheWrite && { cacheWrite }),
  };
}

const present = <T>(entries: (T | null)[]): T[] =>
  entries.slice(0, mostModels).filter((entry): entry is T & {} => entry !== null);

/**
 * Asks a provider which models it has. What it says of a model stands over our data; a window that nobody knows is
 * left out, so that whoever uses it assumes one.
 * @throws AppError as a question to the model would
 */
export async function listModels(connection: Connection, options: AskOptions = {}): Promise<ListedModel[]> {
  const { listing, models } = connection.provider;
  if (!listing) return models;
  const listed = await kinds[listing](connection, options);
  const once = new Map(listed.map((entry) => [entry.id, entry]));
  return [...once.values()]
    .map((entry) => {
      const known = models.find(({ id }) => id === entry.id);
      const said = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
      return { name: entry.id, ...known, ...said, id: entry.id };
    })
    .sort((one, other) => one.id.localeCompare(other.id, 'en'));
}
