import { estimateTokenCount } from 'tokenx';
import type { Behaviour, ReceivedRequest, ReportedUsage } from '../model-server.ts';

/** One server-sent event. A text in place of data is sent as it is. */
export interface StreamEvent {
  kind: 'start' | 'thinking' | 'text' | 'tool' | 'finish';
  data: object | string;
  /** Name of the event, for dialects whose events have names. */
  name?: string;
  /** Characters (code points) of the answer in this event. */
  characters?: number;
  /** The event that a server with `duplicateFinish` sends twice. */
  repeats?: boolean;
}

/** Thinking and answer in the pieces in which they are to be sent. */
export interface Pieces {
  thinking: string[];
  text: string[];
}

/** What a vendor's protocol looks like on the wire. */
export interface Dialect {
  /** What an address ends in that asks a model, and where the base address ends. */
  base: string;
  asks: RegExp;
  /** Everything that the model can read. */
  prompt(body: Record<string, unknown>): string;
  streams(request: ReceivedRequest): boolean;
  events(request: ReceivedRequest, behaviour: Behaviour, pieces: Pieces): StreamEvent[];
  /** An error in the middle of a stream. */
  error(message: string): StreamEvent;
  /** The bytes of an event, where the protocol is not that of server-sent events. */
  frame?(event: StreamEvent): string;
  contentType?: string;
  /** An answer in one piece. */
  whole(request: ReceivedRequest, behaviour: Behaviour): object;
}

export const defaultText = 'Hello.';

/** The usage to report; tokens are counted as tokenx does, which is near what vendors count, when nothing else is said. */
export function usageOf(
  request: ReceivedRequest,
  { usage, text = defaultText }: Behaviour,
): ReportedUsage | undefined {
  if (usage === 'none') return undefined;
  return (
    usage ?? {
      prompt_tokens: Math.max(1, estimateTokenCount(request.prompt)),
      completion_tokens: Math.ceil(text.length / 4),
    }
  );
}

/** Every string anywhere in a value, joined: what a model can read of a request. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
