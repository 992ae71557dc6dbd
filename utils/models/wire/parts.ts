import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  SharedV4ProviderMetadata,
} from '@ai-sdk/provider';
import { AppError } from '../../errors';
import { toModelError } from '../errors';
import type { Connection, EndReason, Part, WireId } from '../types';
import { writeReplay } from './replay';
import { ThinkTags } from './think-tags';
import { toUsage } from './usage';

/** What a wire saw of a stream beside what the AI SDK makes of it. */
export interface Sighting {
  /** The reason to finish, from the moment it came in; what follows it is only numbers. */
  finish?: string;
  /** Usage in a place where the AI SDK does not look. */
  usage?: unknown;
}

export interface PartsOptions {
  wire: WireId;
  connection: Connection;
  /** The server's models may write their thinking into the text, between tags. */
  thinkTags?: boolean;
  sighting?: Sighting;
}

type End = Extract<Part, { type: 'end' }>;
type ToolCall = Extract<LanguageModelV4StreamPart, { type: 'tool-call' }>;

/**
 * The AI SDK's stream as Parts. Tool calls come whole and only when the stream came to its end, since a call that was
 * cut has arguments that look finished and are not. Throws what the stream throws, unless the answer was complete.
 */
export async function* toParts(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  { wire, connection, thinkTags, sighting = {} }: PartsOptions,
): AsyncGenerator<Part> {
  const tags = thinkTags ? new ThinkTags() : undefined;
  const thoughts = new Thoughts();
  const calls: ToolCall[] = [];
  let begun = false;
  let failure: unknown;
  let end: End | undefined;
  const deltas = function* (parts: Part[]) {
    for (const part of parts) {
      begun ||= part.type === 'text-delta';
      yield part;
    }
  };
  const failed = (error: unknown) => endOf(toModelError(error, connection, { answering: true, begun }));

  try {
    for await (const part of stream) {
      if (part.type === 'text-delta' && part.delta) {
        yield* deltas(tags ? tags.push(part.delta) : [{ type: 'text-delta', text: part.delta }]);
      } else if (part.type === 'reasoning-delta' && part.delta) {
        tags?.settle();
        yield { type: 'thinking-delta', text: part.delta };
      }
      thoughts.take(part);
      if (part.type === 'tool-call' && !part.providerExecuted) calls.push(part);
      else if (part.type === 'error') failure ??= part.error;
      else if (part.type === 'finish') {
        yield* deltas(tags?.flush() ?? []);
        const usage = toUsage(part.usage, sighting.usage);
        if (usage) yield { type: 'usage', usage };
        end =
          failure === undefined ? endFor(part.finishReason, connection, calls.length > 0) : failed(failure);
        break;
      }
    }
  } catch (error) {
    yield* deltas(tags?.flush() ?? []);
    // A connection that drops behind the last word has dropped nothing.
    const complete = sighting.finish
      ? endFor({ unified: 'other', raw: sighting.finish }, connection, false)
      : undefined;
    const usage = complete && toUsage(undefined, sighting.usage);
    if (usage) yield { type: 'usage', usage };
    end = complete && complete.reason !== 'tool-calls' ? complete : failed(error);
  }
  if (!end) {
    yield* deltas(tags?.flush() ?? []);
    end = failed(failure ?? new AppError('stream-cut', { provider: connection.provider.name }));
  }
  if (end.reason === 'tool-calls') {
    for (const [index, call] of calls.entries()) {
      const replay = writeReplay({
        wire,
        thinking: index === 0 ? thoughts.list : [],
        ...(call.providerMetadata && { call: call.providerMetadata }),
      });
      const { toolCallId: id, toolName: name, input } = call;
      yield {
        type: 'tool-call',
        call: { type: 'tool-call', id, name, arguments: input, ...(replay && { replay }) },
      };
    }
  }
  yield end;
}

/** Thinking with the signatures that its vendor put on it. */
class Thoughts {
  readonly list: { text: string; options?: SharedV4ProviderMetadata }[] = [];
  readonly #open = new Map<string, { text: string; options?: SharedV4ProviderMetadata }>();

  take(part: LanguageModelV4StreamPart): void {
    if (part.type !== 'reasoning-start' && part.type !== 'reasoning-delta' && part.type !== 'reasoning-end')
      return;
    if (part.type === 'reasoning-start') {
      const thought = { text: '' };
      this.list.push(thought);
      this.#open.set(part.id, thought);
    }
    const thought = this.#open.get(part.id);
    if (!thought) return;
    if (part.type === 'reasoning-delta') thought.text += part.delta;
    for (const [vendor, values] of Object.entries(part.providerMetadata ?? {})) {
      thought.options = { ...thought.options, [vendor]: { ...thought.options?.[vendor], ...values } };
    }
  }
}

/** An error as the end of a stream: a cut keeps what arrived and can be continued, a filter is no error of anyone. */
export function endOf(error: AppError): End {
  const { code } = error;
  const reason =
    code === 'stream-cut' || code === 'stalled' ? 'cut-off' : code === 'filtered' ? code : 'error';
  return { type: 'end', reason, trouble: error.toTrouble() };
}

/** Reasons that the AI SDK does not know, in the words of the vendors that give them. */
const knownReasons: [RegExp, EndReason][] = [
  [/^(?:stop|end|eos|eos_token|end_turn|stop_sequence|completed?|done)$/i, 'stop'],
  // Anthropic and z.ai when the window is full; Together and older servers.
  [/^(?:length|max_(?:output_)?tokens|model_(?:context_window|length)_?\w*|context_length\w*)$/i, 'length'],
  [/^(?:content_filter|sensitive|safety|refusal|blocked)$/i, 'filtered'],
  [/^(?:tool_calls?|tool_use|function_call)$/i, 'tool-calls'],
];

function endFor({ unified, raw }: LanguageModelV4FinishReason, connection: Connection, called: boolean): End {
  const facts = { provider: connection.provider.name, model: connection.model.name };
  const end = (reason: EndReason): End => ({
    type: 'end',
    // Some servers call tools and say “stop”.
    reason: reason === 'stop' && called ? 'tool-calls' : reason,
  });
  if (unified === 'interrupted') return endOf(new AppError('stream-cut', facts));
  const known = raw ? knownReasons.find(([pattern]) => pattern.test(raw))?.[1] : undefined;
  if (unified === 'other' || unified === 'error') {
    if (known) return end(known);
    if (unified === 'other' && !raw) return end('stop');
    const trouble = new AppError('finish-unknown', { ...facts, message: raw ?? unified }).toTrouble();
    return { type: 'end', reason: 'cut-off', trouble };
  }
  if (unified === 'content-filter') return end('filtered');
  return end(unified === 'length' || known === 'length' ? 'length' : unified);
}
