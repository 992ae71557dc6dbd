import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Behaviour, ReceivedRequest } from './model-server.ts';

const defaultText = 'Hello.';

/** Answers with server-sent events, as `"stream": true` asks. */
export async function streamAnswer(request: ReceivedRequest, behaviour: Behaviour, response: ServerResponse) {
  const writer = new EventWriter(response, behaviour.writeBytes);
  const { cutAfterCharacters, endAfterCharacters, errorAfterCharacters, finishReason = 'stop' } = behaviour;
  const text = Array.from(behaviour.text ?? defaultText);
  const stopAt = Math.min(
    text.length,
    cutAfterCharacters ?? Infinity,
    endAfterCharacters ?? Infinity,
    errorAfterCharacters ?? Infinity,
  );

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...behaviour.headers,
  });
  response.flushHeaders();
  if (behaviour.firstTokenDelay) await setTimeout(behaviour.firstTokenDelay);

  await writer.event(chunk(request, { role: 'assistant', content: '' }));
  const size = behaviour.chunkCharacters ?? 16;
  for (const piece of pieces(Array.from(behaviour.thinking ?? ''), size)) {
    await writer.event(chunk(request, { reasoning_content: piece }));
    if (behaviour.chunkDelay) await setTimeout(behaviour.chunkDelay);
  }
  for (const piece of pieces(text.slice(0, stopAt), size)) {
    if (writer.closed) return;
    await writer.event(chunk(request, { content: piece }));
    request.sent += Array.from(piece).length;
    if (behaviour.chunkDelay) await setTimeout(behaviour.chunkDelay);
  }

  if (cutAfterCharacters !== undefined) {
    await writer.flush();
    // Without the pause the end of the connection may overtake what was just written.
    await setTimeout(30);
    request.closedByServer = true;
    response.destroy();
    return;
  }
  if (errorAfterCharacters !== undefined)
    await writer.event({
      error: { message: 'The engine broke down mid-stream.', type: 'server_error', code: 502 },
    });
  else if (endAfterCharacters === undefined && finishReason !== null) {
    await writer.event(chunk(request, {}, finishReason));
    const usage = usageOf(request, behaviour);
    if (usage && request.body.stream_options?.include_usage)
      await writer.event({ ...frame(request), choices: [], usage });
    await writer.line('data: [DONE]');
  }
  await writer.flush();
  response.end();
}

/** Answers with one JSON object, as a request without `"stream": true` expects. */
export function wholeAnswer(request: ReceivedRequest, behaviour: Behaviour, response: ServerResponse) {
  const content = behaviour.text ?? defaultText;
  const message = {
    role: 'assistant',
    content,
    ...(behaviour.thinking && { reasoning_content: behaviour.thinking }),
  };
  request.sent = Array.from(content).length;
  response.writeHead(200, { 'content-type': 'application/json', ...behaviour.headers }).end(
    JSON.stringify({
      ...frame(request),
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: behaviour.finishReason ?? 'stop' }],
      usage: usageOf(request, behaviour),
    }),
  );
}

/** Writes events as bytes, optionally in pieces that respect neither characters nor lines. */
class EventWriter {
  readonly #response: ServerResponse;
  readonly #size: number | undefined;
  #rest: Buffer = Buffer.alloc(0);

  constructor(response: ServerResponse, size?: number) {
    this.#response = response;
    this.#size = size;
  }

  get closed() {
    return this.#response.destroyed;
  }

  event(data: object) {
    return this.line(`data: ${JSON.stringify(data)}`);
  }

  async line(line: string) {
    const bytes = Buffer.from(`${line}\n\n`, 'utf8');
    if (!this.#size) return this.#write(bytes);
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#rest.length >= this.#size) await this.#take(this.#size);
  }

  async flush() {
    if (this.#rest.length > 0) await this.#take(this.#rest.length);
  }

  async #take(size: number) {
    const piece = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    await this.#write(piece);
    // A turn of the event loop between two writes keeps them apart on the wire.
    await setImmediate();
  }

  #write(bytes: Buffer): Promise<void> {
    if (this.closed) return Promise.resolve();
    return new Promise((resolve) => {
      // When the client hangs up, the callback of a pending write may never come; `close` does.
      this.#response.once('close', resolve);
      this.#response.write(bytes, () => {
        this.#response.off('close', resolve);
        resolve();
      });
    });
  }
}

function frame(request: ReceivedRequest) {
  return {
    id: 'chatcmpl-test',
    object: 'chat.completion.chunk',
    created: Math.floor(request.at / 1000),
    model: request.body.model ?? 'test-model',
  };
}

function chunk(request: ReceivedRequest, delta: object, finishReason: string | null = null) {
  return { ...frame(request), choices: [{ index: 0, delta, finish_reason: finishReason }] };
}

function usageOf(request: ReceivedRequest, { usage, text = defaultText }: Behaviour) {
  if (usage === 'none') return undefined;
  const counted = usage ?? {
    prompt_tokens: Math.ceil(request.prompt.length / 4),
    completion_tokens: Math.ceil(text.length / 4),
  };
  return {
    prompt_tokens: counted.prompt_tokens,
    completion_tokens: counted.completion_tokens,
    total_tokens: counted.prompt_tokens + counted.completion_tokens,
    ...(counted.cached_tokens !== undefined && {
      prompt_tokens_details: { cached_tokens: counted.cached_tokens },
    }),
  };
}

function* pieces(characters: string[], size: number): Generator<string> {
  for (let start = 0; start < characters.length; start += size)
    yield characters.slice(start, start + size).join('');
}
