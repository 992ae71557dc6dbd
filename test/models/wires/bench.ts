import { expect, it } from 'vitest';
import type { Connection, Part, Request, Wire } from '@/utils/models/types';
import type { Behaviour, ModelServer } from '../../servers/model-server';
import type { WireAdapter } from './adapters';

/** What the cases of one wire share. */
export interface Bench {
  adapter: WireAdapter;
  server(): ModelServer;
  wire(): Wire;
  connection(details?: Partial<Connection>): Connection;
  /** Asks the wire itself, without `streamAnswer` around it. */
  ask(behaviour?: Behaviour, request?: Request, signal?: AbortSignal): Promise<Part[]>;
  /** Asks as the panel does. */
  answer(behaviour: Behaviour, request?: Request, details?: Partial<Connection>): Promise<Part[]>;
}

export const textOf = (parts: Part[]) =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
export const thinkingOf = (parts: Part[]) =>
  parts.map((part) => (part.type === 'thinking-delta' ? part.text : '')).join('');
export const usageOf = (parts: Part[]) => parts.find((part) => part.type === 'usage')?.usage;

/** The last part, after checking that it is the only end. */
export function endOf(parts: Part[]) {
  expect(parts.filter(({ type }) => type === 'end')).toHaveLength(1);
  const end = parts.at(-1);
  if (end?.type !== 'end') throw new Error('The stream goes on behind its end');
  return end;
}

export const cutOff = { type: 'end', reason: 'cut-off', trouble: { code: 'stream-cut' } };

/** A test that is there only where the protocol has a way to say it: what cannot be said is not skipped, it is no case. */
export const where = (possible: boolean): ((name: string, run: () => Promise<void> | void) => void) =>
  possible ? (name, run) => void it(name, run) : () => {};
