import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  commonPrefix,
  isAllowedOrigin,
  type OllamaMessage,
  textOf,
  tokensOf,
  truncate,
} from './ollama-cutting.ts';

/** A model on the server. `info` is what `/api/show` says of its shape. */
export interface OllamaModel {
  contextLength: number;
  info?: Record<string, unknown>;
  capabilities?: string[];
}

export interface OllamaServerOptions {
  models?: Record<string, OllamaModel>;
  /** The window where a request names none: 4,096 on computers with less than 24 GiB of video memory. */
  defaultWindow?: number;
  /** OLLAMA_ORIGINS: more origins that it answers, with `*`. */
  origins?: string[];
  /** Versions 0.30.x leave what the cache held out of `prompt_eval_count`. */
  countsCached?: boolean;
  /** An old version, which knows neither `truncate` nor `shift`. */
  isOld?: boolean;
  /** Answers 403 to every request that comes from an extension or says its own address: no header helps. */
  refusesAll?: boolean;
}

/** One request as it came in, and what the model got to read of it. */
export interface OllamaRequest {
  method: string;
  path: string;
  origin: string | undefined;
  status: number;
  body: Record<string, unknown>;
  /** What the model read, after everything that was cut. */
  read: string;
  /** Tokens that were sent, and those that were read. */
  sent: number;
  kept: number;
  window: number;
}

export interface OllamaServer {
  origin: string;
  /** Everything that came in, refused requests included. */
  requests: OllamaRequest[];
  /** Questions to a model, by either door. */
  questions(): OllamaRequest[];
  /** Windows that a model was loaded with, in order: a load for each change. */
  loads: { model: string; window: number }[];
  /** What the model answers, from what it read. */
  answers(answer: (read: string) => string): void;
  close(): Promise<void>;
}

const defaultModels = { 'qwen4:8b': { contextLength: 262_144 } };

/**
 * A server that treats requests as Ollama does (commit fb307609): without being told otherwise it cuts what is longer
 * than its window, answers 200 and says nothing.
 */
export async function startOllamaServer(options: OllamaServerOptions = {}): Promise<OllamaServer> {
  const models: Record<string, OllamaModel> = options.models ?? defaultModels;
  const requests: OllamaRequest[] = [];
  const loads: { model: string; window: number }[] = [];
  /** Of each loaded model, its window and the tokens in its cache. */
  const loaded = new Map<string, { window: number; cache: string[] }>();
  let answerTo = (read: string): string => (read ? 'I have read it.' : '');

  const server = createServer(async (incoming, response) => {
    const path = new URL(incoming.url ?? '/', 'http://localhost').pathname;
    const { origin } = incoming.headers;
    const request: OllamaRequest = {
      method: incoming.method ?? '',
      path,
      origin,
      status: 200,
      body: {},
      read: '',
      sent: 0,
      kept: 0,
      window: 0,
    };
    requests.push(request);
    const refuses = options.refusesAll || (origin && !isAllowedOrigin(origin, options.origins ?? []));
    if (refuses) {
      request.status = 403;
      return void response.writeHead(403).end();
    }
    if (origin) response.setHeader('access-control-allow-origin', origin);
    if (incoming.method === 'OPTIONS') return void response.writeHead(204, corsHeaders).end();
    request.body = await bodyOf(incoming).catch(() => ({}));
    const name = String(request.body.model ?? '');
    const model = Object.hasOwn(models, name) ? models[name] : undefined;
    const fail = (status: number, message: string) => {
      request.status = status;
      send(response, status, path.startsWith('/v1') ? { error: { message } } : { error: message });
    };

    if (path === '/') return void response.end('Ollama is running');
    if (path === '/api/tags')
      return send(response, 200, { models: Object.keys(models).map((id) => ({ name: id, model: id })) });
    if (path === '/v1/models')
      return send(response, 200, { object: 'list', data: Object.keys(models).map((id) => ({ id })) });
    const isNative = path === '/api/chat';
    if (!isNative && path !== '/v1/chat/completions' && path !== '/api/show')
      return fail(404, '404 page not found');
    if (!model) return fail(404, `model '${name}' not found`);
    if (path === '/api/show') {
      return send(response, 200, {
        details: { family: 'qwen4' },
        model_info: {
          'general.architecture': 'qwen4',
          'qwen4.context_length': model.contextLength,
          ...model.info,
        },
        capabilities: model.capabilities ?? ['completion', 'tools'],
      });
    }

    // The OpenAI door has no way to set a window, and knows none of the fields below.
    const asked = isNative ? request.body : {};
    const wanted = (asked.options as { num_ctx?: unknown } | undefined)?.num_ctx;
    const window = Math.min(
      typeof wanted === 'number' ? wanted : (options.defaultWindow ?? 4_096),
      model.contextLength,
    );
    if (loaded.get(name)?.window !== window) {
      loaded.set(name, { window, cache: [] });
      loads.push({ model: name, window });
    }
    const messages = (request.body.messages ?? []) as OllamaMessage[];
    const whole = tokensOf(messages.map(textOf).join('\n'));
    request.window = window;
    request.sent = whole.length;
    const mayCut = options.isOld || asked.truncate !== false;
    const mayShift = options.isOld || asked.shift !== false;
    if (!mayCut && whole.length > window) {
      // Nothing is cut any more, and llama-server itself refuses.
      return fail(
        400,
        `request (${whole.length} tokens) exceeds the available context size (${window} tokens), try increasing it`,
      );
    }
    const kept = truncate(messages, window, mayShift);
    if (!kept) return fail(400, longerThanWindow);
    request.kept = kept.length;
    request.read = kept.join('');
    const state = loaded.get(name);
    const cached = commonPrefix(state?.cache ?? [], kept);
    if (state) state.cache = kept;
    const words = tokensOf(answerTo(request.read));
    const room = mayShift ? Number.POSITIVE_INFINITY : window - kept.length;
    const said = words.slice(0, room);
    const counts = {
      prompt: (options.countsCached ?? true) ? kept.length : kept.length - cached,
      answer: said.length,
      reason: said.length < words.length ? 'length' : 'stop',
    };
    (isNative ? answerNatively : answerAsOpenAI)(response, name, said, counts);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    loads,
    questions: () => requests.filter(({ path }) => /\/chat(?:\/completions)?$/.test(path)),
    answers(answer) {
      answerTo = answer;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const corsHeaders = {
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
};

/** What Ollama says when it may not slide its window (`shift: false`) and a prompt is still too long. */
const longerThanWindow =
  'the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length';

async function bodyOf(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Record<string, unknown>;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

interface Counts {
  prompt: number;
  answer: number;
  reason: string;
}

function answerNatively(response: ServerResponse, model: string, said: string[], counts: Counts): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const line = (more: object) => response.write(`${JSON.stringify({ model, done: false, ...more })}\n`);
  for (const content of said) line({ message: { role: 'assistant', content } });
  line({
    message: { role: 'assistant', content: '' },
    done: true,
    done_reason: counts.reason,
    prompt_eval_count: counts.prompt,
    eval_count: counts.answer,
  });
  response.end();
}

function answerAsOpenAI(response: ServerResponse, model: string, said: string[], counts: Counts): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (more: object) =>
    response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', model, ...more })}\n\n`,
    );
  for (const content of said) event({ choices: [{ index: 0, delta: { role: 'assistant', content } }] });
  event({ choices: [{ index: 0, delta: {}, finish_reason: counts.reason }] });
  const usage = {
    prompt_tokens: counts.prompt,
    completion_tokens: counts.answer,
    total_tokens: counts.prompt + counts.answer,
  };
  event({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}
