import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dialect, StreamEvent } from './dialects/dialect.ts';
import { openaiChat } from './dialects/openai-chat.ts';
import { eventsOf, streamAnswer, wholeAnswer } from './stream.ts';

export { anthropicRefusals, googleRefusals, ollamaRefusals, refusals } from './refusals.ts';

/** What the server does with one request. Everything is optional; an empty behaviour answers "Hello." at once. */
export interface Behaviour {
  text?: string;
  /** Thinking sent before the text, where the dialect has a place for it. */
  thinking?: string;
  /** The name that a server of the chat dialect has for thinking. */
  thinkingField?: 'reasoning_content' | 'reasoning';
  /** Tools that the model asks for after the text; arguments are JSON. */
  toolCalls?: { id: string; name: string; arguments: string }[];
  /** Milliseconds between the response's headers and its first event. */
  firstTokenDelay?: number;
  /** Milliseconds between two events. */
  chunkDelay?: number;
  /** Characters (code points) of text per event; 16 when not said. */
  chunkCharacters?: number;
  /** Writes the stream in pieces of so many bytes, so that characters and lines are cut anywhere. */
  writeBytes?: number;
  /** Sent only when the request has `stream_options.include_usage`, as OpenAI does. */
  usage?: ReportedUsage | 'none';
  /** null ends the stream before anything that says it is over. In the words of the chat dialect, or a vendor's own. */
  finishReason?: 'stop' | 'length' | 'content_filter' | (string & {}) | null;
  /** Says twice that the answer is over. */
  duplicateFinish?: boolean;
  /** Destroys the connection after so many characters of text. */
  cutAfterCharacters?: number;
  /** Ends the response properly after so many characters, without finish reason and `[DONE]`. */
  endAfterCharacters?: number;
  /** Sends an error event after so many characters and ends. */
  errorAfterCharacters?: number;
  /** Waits after so many characters until the promise settles, then goes on: what a test does meanwhile takes its time. */
  pause?: { afterCharacters: number; until: Promise<unknown> };
  /** Falls silent after so many characters, with the connection open. */
  stallAfterCharacters?: number;
  /** Destroys the connection, or ends it properly, after so many events. */
  cutAfterEvents?: number;
  endAfterEvents?: number;
  /** Destroys the connection after so many bytes of the stream. */
  cutAfterBytes?: number;
  /** With `status` or `bodyText` the answer is this body instead of a stream. */
  status?: number;
  headers?: Record<string, string>;
  bodyText?: string;
  /** Never answers; the connection stays open until either side closes it. */
  hold?: boolean;
}

export interface ReportedUsage {
  prompt_tokens: number;
  completion_tokens: number;
  /** Of the prompt, read from the cache and written to it. */
  cached_tokens?: number;
  written_tokens?: number;
  /** Of the completion. */
  thinking_tokens?: number;
}

/** The part of a chat-completions request that tests look at; the rest is there too, as `unknown`. */
export interface ChatBody {
  model?: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  messages?: { role: string; content: string | null | { type: string; text?: string }[] }[];
  [field: string]: unknown;
}

export type Ending = 'answered' | 'closed-by-client' | 'closed-by-server';

/** One request as it came in. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON, or an empty object when the body is none. */
  body: ChatBody;
  /** The body as it came. */
  text: string;
  /** Everything in the messages, joined: what the model can read. */
  prompt: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Characters (code points) of answer text written so far. */
  sent: number;
  closedByClient: boolean;
  closedByServer: boolean;
  /** Settles when the exchange is over, with who ended it. */
  ended: Promise<Ending>;
}

export type BehaviourSource = Behaviour | ((request: ReceivedRequest) => Behaviour);

export interface ModelServerOptions {
  /** Ids that `GET /v1/models` lists. */
  models?: string[];
  /** The protocol that the server speaks; OpenAI chat when not said. */
  dialect?: Dialect;
  /** Allows web pages to call the server. An extension with host permission needs no such thing. */
  cors?: boolean;
}

export interface ModelServer {
  origin: string;
  /** The base address a user would enter: the origin plus, for most dialects, `/v1`. */
  baseUrl: string;
  /** Questions to the model (for OpenAI chat `POST …/chat/completions`), in the order of arrival. */
  requests: ReceivedRequest[];
  /** Everything else that was asked: the list of models, wrong paths. */
  others: ReceivedRequest[];
  /** Queues behaviours, one per coming call. */
  next(...behaviours: BehaviourSource[]): void;
  /** The behaviour when the queue is empty. */
  always(behaviour: BehaviourSource): void;
  /** The events of which an undisturbed answer to this request consists. */
  events(request: ReceivedRequest, behaviour: Behaviour): StreamEvent[];
  /** Answers `GET /v1/models` so instead of with the list. */
  listing(behaviour: Behaviour): void;
  /** Waits for the call with this index (from 0). */
  request(index: number, timeout?: number): Promise<ReceivedRequest>;
  /** Forgets the requests, the queue and both standing behaviours. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a model that speaks a vendor's protocol on a free port of 127.0.0.1. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const dialect = options.dialect ?? openaiChat;
  const requests: ReceivedRequest[] = [];
  const others: ReceivedRequest[] = [];
  const queue: BehaviourSource[] = [];
  const arrivals = new EventTarget();
  let standing: BehaviourSource = {};
  let listing: Behaviour | undefined;

  const server = createServer(async (incoming, response) => {
    try {
      if (options.cors) allowPages(incoming, response);
      if (options.cors && incoming.method === 'OPTIONS') return void response.writeHead(204).end();
      const request = await receive(dialect, incoming, response);
      const path = request.path.split('?')[0] ?? '';
      if (request.method === 'POST' && path.startsWith(dialect.base) && dialect.asks.test(path)) {
        requests.push(request);
        const source = queue.shift() ?? standing;
        const behaviour = typeof source === 'function' ? source(request) : source;
        arrivals.dispatchEvent(new Event('request'));
        return await answer(dialect, request, behaviour, response);
      }
      others.push(request);
      if (request.method === 'GET' && path === `${dialect.base}/models`)
        return await answer(dialect, request, listing ?? modelList(options.models), response);
      response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><h1>404 Not Found</h1>');
    } catch (error) {
      // The client hung up while sending; a bug in a test's own behaviour function shows up here, too.
      if (!incoming.socket.destroyed) console.error(error);
      response.destroy();
    }
  });
  // A held request may outlast Node's default limits.
  server.requestTimeout = 0;
  server.on('connection', (socket) => socket.setNoDelay(true));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    baseUrl: origin + dialect.base,
    requests,
    others,
    next: (...behaviours) => void queue.push(...behaviours),
    always(behaviour) {
      standing = behaviour;
    },
    events: (request, behaviour) => eventsOf(dialect, request, behaviour),
    listing(behaviour) {
      listing = behaviour;
    },
    async request(index, timeout = 20_000) {
      const signal = AbortSignal.timeout(timeout);
      while (!requests[index]) {
        if (signal.aborted)
          throw new Error(`The model server got ${requests.length} calls; call ${index} did not come.`);
        await new Promise<void>((resolve) => {
          arrivals.addEventListener('request', () => resolve(), { once: true });
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return requests[index];
    },
    reset() {
      requests.length = others.length = queue.length = 0;
      standing = {};
      listing = undefined;
    },
    async close() {
      for (const request of [...requests, ...others]) request.closedByServer = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  dialect: Dialect,
  request: ReceivedRequest,
  behaviour: Behaviour,
  response: ServerResponse,
) {
  if (behaviour.hold) return;
  if (behaviour.status !== undefined || behaviour.bodyText !== undefined) {
    const headers = { 'content-type': 'application/json', ...behaviour.headers };
    response.writeHead(behaviour.status ?? 200, headers).end(behaviour.bodyText ?? '');
  } else if (dialect.streams(request)) await streamAnswer(dialect, request, behaviour, response);
  else wholeAnswer(dialect, request, behaviour, response);
}

async function receive(
  dialect: Dialect,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<ReceivedRequest> {
  const at = Date.now();
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString('utf8');
  const body = parse(text);
  let end: (ending: Ending) => void = () => {};
  const request: ReceivedRequest = {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body,
    text,
    prompt: dialect.prompt(body),
    at,
    sent: 0,
    closedByClient: false,
    closedByServer: false,
    ended: new Promise((resolve) => {
      end = resolve;
    }),
  };
  response.on('close', () => {
    // A response whose end was written but not delivered was cut by the client as well.
    request.closedByClient = !response.writableFinished && !request.closedByServer;
    if (request.closedByServer) end('closed-by-server');
    else end(request.closedByClient ? 'closed-by-client' : 'answered');
  });
  return request;
}

function parse(text: string): ChatBody {
  try {
    return JSON.parse(text) as ChatBody;
  } catch {
    return {};
  }
}

function modelList(ids = ['test-model']): Behaviour {
  const data = ids.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'test' }));
  return { bodyText: JSON.stringify({ object: 'list', data }) };
}

function allowPages(incoming: IncomingMessage, response: ServerResponse) {
  response.setHeader('access-control-allow-origin', incoming.headers.origin ?? '*');
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
}
