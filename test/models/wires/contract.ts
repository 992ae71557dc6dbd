/**
 * What every wire has to do with whatever a server sends. Run for each wire by a test of one line:
 * `describeWire(adapter)`.
 */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { streamAnswer } from '@/utils/models';
import type { Connection, Wire } from '@/utils/models/types';
import { aRequest, partsOf } from '../../fixtures/models';
import type { ModelServer } from '../../servers/model-server';
import { connectTo, type WireAdapter } from './adapters';
import { describeAnswers } from './answers';
import type { Bench } from './bench';
import { describeEnds } from './ends';
import { describeHostility } from './hostility';
import { describeRefusals } from './refusals';

export function describeWire(adapter: WireAdapter): void {
  let server: ModelServer;
  let wire: Wire;
  beforeAll(async () => {
    [server, wire] = await Promise.all([adapter.start(), adapter.load()]);
  });
  beforeEach(() => server.reset());
  afterAll(() => server.close());
  const never = new AbortController().signal;
  const connection = (details: Partial<Connection> = {}) => ({ ...connectTo(server, adapter), ...details });
  const bench: Bench = {
    adapter,
    server: () => server,
    wire: () => wire,
    connection,
    ask(behaviour = {}, request = aRequest(), signal = never) {
      server.next(behaviour);
      return partsOf(wire(request, connection(), { signal }));
    },
    answer(behaviour, request = aRequest(), details = {}) {
      server.next(behaviour);
      return partsOf(
        streamAnswer(request, connection(details), {
          signal: never,
          loadWire: async () => wire,
          wait: async () => {},
        }),
      );
    },
  };
  describeAnswers(bench);
  describeEnds(bench);
  describeRefusals(bench);
  describeHostility(bench);
}
