/** Ollama's own protocol, `POST /api/chat`: the only one of its doors at which the window can be chosen. */

import { AppError } from '../../errors';
import { refusalOf, toModelError } from '../errors';
import { keepWindow, windowFor } from '../local-window';
import type { Connection, Message, Part, Request, ToolCallPart, Usage, Wire } from '../types';
import { guardedFetch } from './guarded-fetch';
import { readLines } from './lines';
import { endOf } from './parts';
import { baseOf } from './sdk';
import { ThinkTags } from './think-tags';

/** The model stays loaded so long after an answer; its cache of the conversation goes with it. */
const keepAlive = '30m';

/** Beginnings of requests that a model has read since this page opened; see `usageOf`. */
const beginnings = new Set<string>();

const placeOf = ({ baseUrl, model }: Connection) => `${baseUrl} ${model.id}`;

type End = Extract<Part, { type: 'end' }>;

interface ChatLine {
  message?: {
    content?: string;
    thinking?: string;
    tool_calls?: { id?: string; function?: { name?: string; arguments?: unknown } }[];
  };
  done?: boolean;
  done_reason?: string;
  prompt_eval_count?: number;
  prompt_eval_cached_count?: number;
  eval_count?: number;
  error?: unknown;
}

/**
 * The wire of Ollama. `truncate: false` and `shift: false` forbid both of its ways to cut (models.md, A3): what does
 * not fit is refused, and an answer that fills the window ends with `length`.
 */
export const ollama: Wire = async function* (request, connection, { signal, fetch = globalThis.fetch }) {
  const window = windowFor(request, connection);
  const beginning = beginningOf(request, connection);
  const isKnown = beginnings.has(beginning);
  let answering = false;
  let begun = false;
  try {
    const response = await guardedFetch(fetch, connection)(`${baseOf(connection)}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...originHeader(connection) },
      body: JSON.stringify(bodyOf(request, connection, window)),
      signal,
    });
    if (!response.ok || !response.body) {
      const body = await response.text().catch(() => '');
      throw refusal(response, body, connection, request);
    }
    // Not before: one that there was no memory for would be asked for again and again.
    if (request.cacheKey) keepWindow(connection, request.cacheKey, window);
    answering = true;
    const tags = new ThinkTags();
    const calls: ToolCallPart[] = [];
    for await (const line of readLines<ChatLine>(response.body)) {
      if (line.error !== undefined)
        throw line.error instanceof Error ? line.error : new Error(String(line.error));
      // From here on its cache has the beginning. What was refused was not read.
      beginnings.add(beginning);
      const { content, thinking, tool_calls } = line.message ?? {};
      if (thinking) {
        tags.settle();
        yield { type: 'thinking-delta', text: thinking };
      }
      if (content) {
        for (const part of tags.push(content)) {
          begun ||= part.type === 'text-delta';
          yield part;
        }
      }
      for (const call of tool_calls ?? []) calls.push(toCall(call, calls.length));
      if (!line.done) continue;
      yield* tags.flush();
      const usage = usageOf(line, request, isKnown);
      if (usage) yield { type: 'usage', usage };
      const end = endFor(line.done_reason, connection, calls.length > 0);
      if (end.reason === 'tool-calls') for (const call of calls) yield { type: 'tool-call', call };
      yield end;
      return;
    }
    yield* tags.flush();
    yield endOf(new AppError('stream-cut', { provider: connection.provider.name }));
  } catch (error) {
    if (signal.aborted) yield { type: 'end', reason: 'aborted' };
    else yield endOf(toModelError(error, connection, { answering, begun, needed: request.inputTokens }));
  }
};

/**
 * Chromium lets an extension's own page say where a request comes from, and Ollama answers only to places it knows,
 * itself among them. The request stays ours: no web page can do this, and none gains by it. Where the browser drops
 * the header, the refusal says what to do.
 */
export function originHeader({ baseUrl }: Pick<Connection, 'baseUrl'>): Record<string, string> {
  return URL.canParse(baseUrl) ? { Origin: new URL(baseUrl).origin } : {};
}

function refusal(
  { status, headers }: Response,
  body: string,
  connection: Connection,
  request: Request,
): AppError {
  // Ollama refuses foreign origins without a word.
  if (status === 403 && !body.trim()) {
    const { host, origin } = new URL(connection.baseUrl);
    return new AppError('origin-refused', { host, address: origin, provider: connection.provider.name });
  }
  const context = { needed: request.inputTokens };
  return refusalOf({ status, headers: Object.fromEntries(headers), body }, connection, context);
}

function bodyOf(request: Request, { model }: Connection, window: number): object {
  const { tools = [] } = request;
  return {
    model: model.id,
    messages: request.messages.flatMap(toMessages),
    stream: true,
    truncate: false,
    shift: false,
    keep_alive: keepAlive,
    options: { num_ctx: window },
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: 'function',
        function: { name, description, parameters },
      })),
    }),
  };
}

function toMessages({ role, parts }: Message): object[] {
  const content = parts.filter((part) => typeof part === 'string').join('');
  const images = parts.flatMap((part) =>
    typeof part !== 'string' && part.type === 'image' ? [part.data] : [],
  );
  const calls = parts.flatMap((part) =>
    typeof part !== 'string' && part.type === 'tool-call'
      ? [{ id: part.id, function: { name: part.name, arguments: parse(part.arguments) } }]
      : [],
  );
  const results = parts.flatMap((part) =>
    typeof part !== 'string' && part.type === 'tool-result'
      ? [{ role, content: part.text, tool_name: part.name, tool_call_id: part.id }]
      : [],
  );
  if (results.length > 0) return results;
  return [
    {
      role,
      content,
      ...(images.length > 0 && { images }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
  ];
}

function toCall(
  { id, function: called = {} }: NonNullable<NonNullable<ChatLine['message']>['tool_calls']>[number],
  index: number,
): ToolCallPart {
  const { name = '', arguments: values } = called;
  const words = typeof values === 'string' ? values : JSON.stringify(values ?? {});
  return { type: 'tool-call', id: id ?? `call_${index + 1}`, name, arguments: words };
}

/** What stands for the beginning of a request: where it goes, and its first text, mostly the documents. */
function beginningOf({ messages }: Request, connection: Connection): string {
  const text = messages.find(({ role }) => role === 'user')?.parts.find((part) => typeof part === 'string');
  const words = typeof text === 'string' ? `${text.length} ${text.slice(0, 200)} ${text.slice(-200)}` : '';
  return `${placeOf(connection)} ${words}`;
}

/** A count below this share of the estimate is not of the whole request. */
const whole = 0.75;

/**
 * `prompt_eval_count` is the whole prompt, cached tokens included (`promptEvalCount` in Ollama's llm/llama_server.go).
 * Some versions left out what their cache held (ollama#3427, #16414, repaired by #16428). For a text that was sent
 * before, a small count without one of the cache is therefore no news about what was read, and none is reported.
 */
function usageOf(line: ChatLine, { inputTokens = 0 }: Request, isKnown: boolean): Usage | undefined {
  const { prompt_eval_count: input, prompt_eval_cached_count: cached, eval_count: output } = line;
  const isPartial = input !== undefined && cached === undefined && isKnown && input < inputTokens * whole;
  if (!input || isPartial) return output === undefined ? undefined : { output };
  return { input, output, ...(cached !== undefined && { cached }) };
}

/** Old versions give no reason; `load` and `unload` answer requests without a question. */
function endFor(reason: string | undefined, { provider, model }: Connection, called: boolean): End {
  if (called) return { type: 'end', reason: 'tool-calls' };
  if (reason === 'length') return { type: 'end', reason };
  if (!reason || /^(?:stop|load|unload)$/.test(reason)) return { type: 'end', reason: 'stop' };
  const facts = { provider: provider.name, model: model.name, message: reason };
  return { type: 'end', reason: 'cut-off', trouble: new AppError('finish-unknown', facts).toTrouble() };
}

function parse(words: string): unknown {
  try {
    return JSON.parse(words || '{}');
  } catch {
    return {};
  }
}
