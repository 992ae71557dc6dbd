import { describe, expect, it } from 'vitest';
import { type Bench, endOf, textOf } from './bench';

const stream = { 'content-type': 'text/event-stream' };

/** Servers that mean harm, or are broken beyond what a vendor would send. */
export function describeHostility({ ask }: Bench): void {
  describe('a hostile server', () => {
    it('cannot fill the memory with one line', async () => {
      const bodyText = `data: ${'x'.repeat(2_000_000)}`;
      const end = endOf(await ask({ bodyText, headers: stream }));
      expect(end).toMatchObject({ reason: 'error', trouble: { code: 'answer-too-large' } });
    });

    it('cannot reach prototypes', async () => {
      const bodyText =
        'data: {"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}\n\n';
      const parts = await ask({ bodyText, headers: stream });
      expect(textOf(parts)).toBe('');
      expect(endOf(parts).trouble).toBeDefined();
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    it('cannot bring us down with depth', async () => {
      const bodyText = `data: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n\n`;
      const parts = await ask({ bodyText, headers: stream });
      expect(endOf(parts).trouble).toBeDefined();
    });

    it('that sends something else than a stream is no success', async () => {
      for (const bodyText of ['', 'null', '[]', '{}', 'data: nonsense\n\n', 'data: {}\n\n', '\u0000\u0001']) {
        const end = endOf(await ask({ bodyText, headers: stream }));
        expect({ bodyText, ok: end.reason === 'stop' }).toEqual({ bodyText, ok: false });
        expect(end.trouble).toBeDefined();
      }
    });
  });
}
