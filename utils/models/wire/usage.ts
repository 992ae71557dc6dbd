import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { Usage } from '../types';

type Count = number | null | undefined;

/** The names under which vendors report what the AI SDK makes zero of when it is missing. */
interface RawUsage {
  /** Moonshot, beside the place that the OpenAI dialect has for it. */
  cached_tokens?: Count;
  /** DeepSeek. */
  prompt_cache_hit_tokens?: Count;
  /** OpenAI chat; the second is Alibaba's, the third OpenRouter's. */
  prompt_tokens_details?: {
    cached_tokens?: Count;
    cache_creation_input_tokens?: Count;
    cache_write_tokens?: Count;
  } | null;
  completion_tokens_details?: { reasoning_tokens?: Count } | null;
  /** OpenAI Responses. */
  input_tokens_details?: { cached_tokens?: Count; cache_write_tokens?: Count } | null;
  output_tokens_details?: { reasoning_tokens?: Count; thinking_tokens?: Count } | null;
  /** Anthropic. */
  cache_read_input_tokens?: Count;
  cache_creation_input_tokens?: Count;
  /** Gemini. */
  cachedContentTokenCount?: Count;
  thoughtsTokenCount?: Count;
}

/**
 * Usage in one shape: `input` has cached and written tokens in it, for every vendor. Undefined where a server said
 * nothing: saying nothing about its cache is not saying “none”. `found` is usage that was somewhere unusual.
 */
export function toUsage(usage: LanguageModelV4Usage | undefined, found?: unknown): Usage | undefined {
  if (!usage) return found ? fromRaw(found as ChatUsage) : undefined;
  const raw = (usage.raw ?? {}) as RawUsage;
  // A request without a single token does not exist: zero means that nobody counted.
  const input = usage.inputTokens.total || undefined;
  const output = usage.outputTokens.total ?? undefined;
  if (input === undefined && !output) return found ? fromRaw(found as ChatUsage) : undefined;
  const prompt = raw.prompt_tokens_details;
  return {
    input,
    output,
    cached: first(
      prompt?.cached_tokens,
      raw.cached_tokens,
      raw.prompt_cache_hit_tokens,
      raw.input_tokens_details?.cached_tokens,
      raw.cache_read_input_tokens,
      raw.cachedContentTokenCount,
    ),
    written: first(
      prompt?.cache_creation_input_tokens,
      prompt?.cache_write_tokens,
      raw.input_tokens_details?.cache_write_tokens,
      raw.cache_creation_input_tokens,
    ),
    thinking: first(
      raw.completion_tokens_details?.reasoning_tokens,
      raw.output_tokens_details?.reasoning_tokens,
      raw.output_tokens_details?.thinking_tokens,
      raw.thoughtsTokenCount,
    ),
  };
}

interface ChatUsage extends RawUsage {
  prompt_tokens?: Count;
  completion_tokens?: Count;
}

/** Usage of the chat dialect that the AI SDK did not hand on: older servers of Moonshot put it into the choice. */
function fromRaw(raw: ChatUsage): Usage | undefined {
  const total = (count: Count) => count ?? undefined;
  const none = { noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
  return toUsage({
    inputTokens: { ...none, total: total(raw.prompt_tokens) },
    outputTokens: { total: total(raw.completion_tokens), text: undefined, reasoning: undefined },
    raw: raw as LanguageModelV4Usage['raw'],
  });
}

const first = (...counts: Count[]): number | undefined => counts.find((count) => count != null) ?? undefined;
