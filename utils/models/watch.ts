import { AppError } from '../errors';
import { factsOf } from './errors';
import type { Connection, Request } from './types';

/** How long a server may be silent, in milliseconds. */
export interface Patience {
  /** Before the first byte and between the first byte and the first word, while a model reads and thinks. */
  beforeWords: number;
  /** Once it is writing. */
  betweenWords: number;
}

/**
 * Once a model writes, a minute without a byte is a dead connection: vendors and llama.cpp send signs of life every
 * 10 to 30 s (safety.md, R8).
 */
const betweenWords = 60_000;
/** A vendor's model that thinks in secret over a long text says nothing for minutes; ten are more than any known. */
const beforeWords = 600_000;
/**
 * A model on this computer is silent while it reads (safety.md, R8: 300 s), the longer the more there is to read.
 * 50 tokens a second is what a slow processor without a graphics card does.
 */
const localBeforeWords = 300_000;
const localReading = 1000 / 50;

/** How long to wait for this server with this request. */
export function patienceFor({ inputTokens = 0 }: Request, { provider, baseUrl }: Connection): Patience {
  const local = provider.localAddresses !== undefined || isLoopback(baseUrl);
  return { beforeWords: local ? localBeforeWords + inputTokens * localReading : beforeWords, betweenWords };
}

const isLoopback = (address: string) =>
  /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/.test(address);

/** Silence is counted in so many steps: a computer that slept for an hour has missed one of them, not all. */
const steps = 12;

/** Watches over one request: whatever arrives is a sign of life, and silence for too long ends it. */
export class Watch {
  readonly #stall = Promise.withResolvers<AppError>();
  #silent = 0;
  #limit: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #patience: Patience;
  readonly #connection: Connection;

  constructor(patience: Patience, connection: Connection) {
    this.#patience = patience;
    this.#connection = connection;
    this.#limit = patience.beforeWords;
    this.#start();
  }

  /** Resolves, with the error to show, when nothing has come for too long. */
  get stalled(): Promise<AppError> {
    return this.#stall.promise;
  }

  readonly beat = (): void => {
    this.#silent = 0;
  };

  /** The first words have come: from here on they keep coming. */
  writing(): void {
    this.beat();
    if (this.#limit === this.#patience.betweenWords) return;
    this.#limit = this.#patience.betweenWords;
    this.#start();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #start(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      this.#silent += 1;
      if (this.#silent < steps) return;
      this.stop();
      const seconds = Math.round(this.#limit / 1000);
      this.#stall.resolve(new AppError('stalled', { ...factsOf(this.#connection), seconds }));
    }, this.#limit / steps);
  }
}
