import type { SharedV4ProviderOptions } from '@ai-sdk/provider';
import type { WireId } from '../types';

/**
 * What a vendor wants to see again with a tool call that it made: the thinking that led to it and signatures over
 * both. Gemini and Anthropic sign it, OpenAI encrypts it, Kimi and DeepSeek refuse the call without it. It is kept
 * with the call as a string that only the same wire reads.
 */
export interface Replay {
  wire: WireId;
  thinking: { text: string; options?: SharedV4ProviderOptions }[];
  call?: SharedV4ProviderOptions;
}

export const writeReplay = (replay: Replay): string | undefined =>
  replay.thinking.length > 0 || replay.call ? JSON.stringify(replay) : undefined;

/** Undefined when there is none, or when it is of another vendor and would mean nothing here. */
export function readReplay(text: string | undefined, wire: WireId): Replay | undefined {
  if (!text) return undefined;
  try {
    const replay = JSON.parse(text) as Replay;
    return replay.wire === wire && Array.isArray(replay.thinking) ? replay : undefined;
  } catch {
    return undefined;
  }
}
