import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type Dialect, defaultText, type StreamEvent } from './dialects/dialect.ts';
import type { Behaviour, ReceivedRequest } from './model-server.ts';

const breakdown = 'The engine broke down mid-stream.';

/** Answers with a stream: server-sent events, or what the dialect has instead. */
export async function streamAnswer(
  dialect: Dialect,
  request: ReceivedRequest,
  behaviour: Behaviour,
  response: ServerResponse,
) {
  const writer = new EventWriter(response, behaviour, dialect.frame ?? serverSent);
  const stop = stopOf(behaviour);
  response.writeHead(200, {
    'content-type': dialect.contentType ?? 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...behaviour.headers,
  });
  response.flushHeaders();
  if (behaviour.firstTokenDelay) await setTimeout(behaviour.firstTokenDelay);

  let { pause } = behaviour;
  let count = 0;
  for (const event of eventsOf(dialect, request, behaviour)) {
    if (writer.closed) return;
    const inAnswer = event.kind === 'text' || event.kind === 'tool' || event.kind === 'finish';
    if (
      stop &&
      (count >= (stop.events ?? Infinity) || (inAnswer && request.sent >= (stop.characters ?? Infinity)))
    )
      return await end(stop.how, dialect, request, writer, response);
    if (behaviour.finishReason === null && event.kind === 'finish')
      return await end('end', dialect, request, writer, response);
    if (pause && request.sent >= pause.afterCharacters) {
      const { until } = pause;
      pause = undefined;
      await until;
    }
    await writer.event(event);
    count += 1;
    request.sent += event.characters ?? 0;
    if (behaviour.chunkDelay && (event.kind === 'text' || event.kind === 'thinking'))
      await setTimeout(behaviour.chunkDelay);
    if (behaviour.duplicateFinish && event.repeats) await writer.event(event);
  }
  await writer.flush();
  response.end();
}

/** The events of an undisturbed answer. */
export function eventsOf(dialect: Dialect, request: ReceivedRequest, behaviour: Behaviour): StreamEvent[] {
  const size = behaviour.chunkCharacters ?? 16;
  const text = Array.from(behaviour.text ?? defaultText);
  // No event goes over the place where the stream is to stop.
  const stopAt = Math.min(text.length, stopOf(behaviour)?.characters ?? Infinity);
  return dialect.events(request, behaviour, {
    thinking: pieces(Array.from(behaviour.thinking ?? ''), size),
    text: [...pieces(text.slice(0, stopAt), size), ...pieces(text.slice(stopAt), size)],
  });
}

interface Stop {
  how: 'cut' | 'end' | 'error' | 'stall';
  characters?: number | undefined;
  events?: number | undefined;
}

function stopOf(behaviour: Behaviour): Stop | undefined {
  const stops: Stop[] = [
    { how: 'cut', characters: behaviour.cutAfterCharacters, events: behaviour.cutAfterEvents },
    { how: 'end', characters: behaviour.endAfterCharacters, events: behaviour.endAfterEvents },
    { how: 'error', characters: behaviour.errorAfterCharacters },
    { how: 'stall', characters: behaviour.stallAfterCharacters },
  ];
  return stops.find(({ characters, events }) => characters !== undefined || events !== undefined);
}

async function end(
  how: Stop['how'],
  dialect: Dialect,
  request: ReceivedRequest,
  writer: EventWriter,
  response: ServerResponse,
) {
  if (how === 'error') await writer.event(dialect.error(breakdown));
  await writer.flush();
  if (how === 'stall') return;
  if (how === 'cut') {
    // Without the pause the end of the connection may overtake what was just written.
    await setTimeout(30);
    request.closedByServer = true;
    response.destroy();
  } else response.end();
}

/** Answers with one JSON object, as a request that asks for no stream expects. */
export function wholeAnswer(
  dialect: Dialect,
  request: ReceivedRequest,
  behaviour: Behaviour,
  response: ServerResponse,
) {
  request.sent = Array.from(behaviour.text ?? defaultText).length;
  response
    .writeHead(200, { 'content-type': 'application/json', ...behaviour.headers })
    .end(JSON.stringify(dialect.whole(request, behaviour)));
}

function serverSent({ name, data }: StreamEvent): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${name ? `event: ${name}\n` : ''}data: ${text}\n\n`;
}

/** Writes events as bytes, optionally in pieces that respect neither characters nor lines. */
class EventWriter {
  readonly #response: ServerResponse;
  readonly #size: number | undefined;
  readonly #most: number;
  readonly #frame: (event: StreamEvent) => string;
  #rest: Buffer = Buffer.alloc(0);
  #written = 0;

  constructor(
    response: ServerResponse,
    { writeBytes, cutAfterBytes }: Behaviour,
    frame: (event: StreamEvent) => string,
  ) {
    this.#response = response;
    this.#frame = frame;
    this.#size = writeBytes;
    this.#most = cutAfterBytes ?? Infinity;
  }

  get closed() {
    return this.#response.destroyed;
  }

  async event(event: StreamEvent) {
    const bytes = Buffer.from(this.#frame(event), 'utf8');
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

  async #write(bytes: Buffer): Promise<void> {
    if (this.closed) return;
    const allowed = bytes.subarray(0, Math.max(0, this.#most - this.#written));
    this.#written += allowed.length;
    await new Promise<void>((resolve) => {
      // When the client hangs up, the callback of a pending write may never come; `close` does.
      this.#response.once('close', resolve);
      this.#response.write(allowed, () => {
        this.#response.off('close', resolve);
        resolve();
      });
    });
    if (this.#written < this.#most) return;
    await setTimeout(30);
    this.#response.destroy();
  }
}

function pieces(characters: string[], size: number): string[] {
  const list: string[] = [];
  for (let at = 0; at < characters.length; at += size) list.push(characters.slice(at, at + size).join(''));
  return list;
}
