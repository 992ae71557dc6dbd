import { describe, expect, it } from 'vitest';
import { aRequest, partsOf } from '../../fixtures/models';
import { type Behaviour, refusals } from '../../servers/model-server';
import { type Bench, endOf, textOf } from './bench';

/** Servers that say no, in whatever words. */
export function describeRefusals({ adapter, ask, answer, server, connection, wire }: Bench): void {
  const { badKey, rateLimit, serverError, modelNotFound, contextLength } = adapter.refusals;
  const cases: [string, Behaviour | undefined, object][] = [
    ['a wrong key', badKey, { code: 'key-refused' }],
    ['a limit of requests', rateLimit?.(20), { code: 'rate-limited', facts: { seconds: 20, status: 429 } }],
    ['an error of the server', serverError, { code: 'server-error', facts: { status: 500 } }],
    ['a missing model', modelNotFound, { code: 'model-not-found', facts: { model: 'Large 1' } }],
    [
      'a request that is too long',
      contextLength(140_000, 131_072),
      { code: 'too-long', facts: { needed: 140_000, limit: 131_072 } },
    ],
    ['no money', { status: 402, bodyText: '' }, { code: 'quota-used-up', facts: { status: 402 } }],
    ['a web page', refusals.html(200), { code: 'wrong-address', facts: { found: 'web page' } }],
    ['the error page of a proxy', refusals.html(502), { code: 'server-error', facts: { status: 502 } }],
  ];

  describe('a refusal', () => {
    it.each(cases.filter(([, behaviour]) => behaviour))(
      'is understood: %s',
      async (_, behaviour, trouble) => {
        const parts = await ask(behaviour);
        expect(parts).toHaveLength(1);
        expect(endOf(parts)).toMatchObject({ reason: 'error', trouble });
        expect(server().requests).toHaveLength(1);
      },
    );

    it('is understood when nobody answers', async () => {
      const gone = await adapter.start();
      await gone.close();
      const { signal } = new AbortController();
      const parts = await partsOf(wire()(aRequest(), connection({ baseUrl: gone.baseUrl }), { signal }));
      expect(endOf(parts)).toMatchObject({ reason: 'error', trouble: { code: 'unreachable' } });
    });

    it('that passes is waited for, visibly, and answered by the same question', async () => {
      server().next(adapter.refusals.serverError, { status: 503, bodyText: '' });
      const parts = await answer({ text: 'Six.' });
      expect(parts.filter(({ type }) => type === 'waiting')).toMatchObject([
        { code: 'server-error', attempt: 1, seconds: 2 },
        { code: 'server-error', attempt: 2, seconds: 4 },
      ]);
      expect(textOf(parts)).toBe('Six.');
      const texts = server().requests.map(({ text }) => text);
      expect(new Set(texts).size).toBe(1);
      expect(texts).toHaveLength(3);
    });

    it.each([refusals.html(200), { status: 400, bodyText: '{"error":{"message":"No."}}' }])(
      'that does not pass is not tried again',
      async (behaviour) => {
        await answer(behaviour);
        expect(server().requests).toHaveLength(1);
      },
    );

    it.each([301, 307])('with a redirect (%i) does not take the key along', async (status) => {
      const elsewhere = await adapter.start();
      try {
        const location = `${elsewhere.baseUrl}/anything`;
        const parts = await ask({ status, headers: { location }, bodyText: '' });
        expect(endOf(parts)).toMatchObject({
          trouble: { code: 'wrong-address', facts: { found: 'redirect' } },
        });
        expect([...elsewhere.requests, ...elsewhere.others]).toEqual([]);
      } finally {
        await elsewhere.close();
      }
    });
  });
}
