import { describe, expect, it } from 'vitest';
import { streamAnswer } from '@/utils/models';
import type { Part } from '@/utils/models/types';
import { aRequest, partsOf } from '../../fixtures/models';
import type { Behaviour } from '../../servers/model-server';
import { type Bench, cutOff, endOf, textOf, thinkingOf, where } from './bench';

/** How an answer can end, and that a missing end is never taken for one. */
export function describeEnds({ adapter, ask, answer, server, connection, wire }: Bench): void {
  const lacks = new Set(adapter.lacks);

  describe('an end', () => {
    it('at the output limit is said to be one', async () => {
      const parts = await ask({ text: 'So far', finishReason: 'length' });
      expect(textOf(parts)).toBe('So far');
      expect(endOf(parts)).toEqual({ type: 'end', reason: 'length' });
    });

    where(!lacks.has('filter'))('by a filter is said to be one', async () => {
      const parts = await ask({ text: 'So far', finishReason: 'content_filter' });
      expect(endOf(parts)).toMatchObject({ type: 'end', reason: 'filtered' });
    });

    it('that is said twice is one', async () => {
      const parts = await ask({ text: 'Six.', duplicateFinish: true });
      expect(textOf(parts)).toBe('Six.');
      expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
    });

    it('without a word is an error', async () => {
      expect(endOf(await answer({ text: '' }))).toMatchObject({
        reason: 'error',
        trouble: { code: 'empty-answer' },
      });
    });

    where(!lacks.has('thinking'))('with nothing but thinking is an error', async () => {
      const parts = await answer({ text: '', thinking: 'Hm.' });
      expect(thinkingOf(parts)).toBe('Hm.');
      expect(endOf(parts)).toMatchObject({ reason: 'error', trouble: { code: 'thinking-only' } });
    });

    const shapes: [string, Behaviour][] = [['text', { text: 'The tide turns at six.', chunkCharacters: 4 }]];
    if (!lacks.has('thinking')) shapes.push(['thinking', { thinking: 'Let me see.', text: 'Six.' }]);
    if (!lacks.has('tools')) {
      const call = { id: 'call_1', name: 'search', arguments: '{"query":"tide"}' };
      shapes.push(['a call of a tool', { text: '', toolCalls: [call] }]);
    }

    it.each(shapes)('is missed wherever a stream of %s is cut, and never elsewhere', async (_, behaviour) => {
      await ask(behaviour);
      const [request] = server().requests;
      if (!request) throw new Error('Nothing was asked');
      const events = server().events(request, behaviour);
      const last = events.findIndex(({ repeats }) => repeats);
      expect(last).toBeGreaterThan(0);
      for (let count = 0; count <= events.length; count++) {
        const parts = await ask({ ...behaviour, endAfterEvents: count });
        const end = endOf(parts);
        expect({ count, reason: end.reason === 'cut-off' }).toEqual({ count, reason: count <= last });
        if (count > last) continue;
        expect(end).toMatchObject(cutOff);
        expect(parts.filter(({ type }) => type === 'tool-call')).toEqual([]);
      }
    });

    it('is missed when the connection breaks', async () => {
      const text = 'The tide turns.';
      for (const cutAfterCharacters of [0, 8]) {
        const parts = await ask({ text, cutAfterCharacters, chunkCharacters: 4 });
        expect(textOf(parts)).toBe(text.slice(0, cutAfterCharacters));
        expect(endOf(parts)).toMatchObject(cutOff);
      }
    });

    where(!lacks.has('error'))('by an error in the stream says what the server said', async () => {
      const parts = await ask({ text: 'The tide turns.', errorAfterCharacters: 8 });
      expect(textOf(parts)).toBe('The tide');
      expect(endOf(parts)).toMatchObject({
        reason: 'error',
        trouble: { code: 'stream-error', facts: { message: 'The engine broke down mid-stream.' } },
      });
    });

    it('by the user closes the connection', async () => {
      const controller = new AbortController();
      server().next({ text: 'word '.repeat(400), chunkCharacters: 5, chunkDelay: 5 });
      const parts: Part[] = [];
      for await (const part of wire()(aRequest(), connection(), { signal: controller.signal })) {
        parts.push(part);
        if (textOf(parts).length > 20) controller.abort();
      }
      expect(endOf(parts)).toEqual({ type: 'end', reason: 'aborted' });
      expect(await server().requests[0]?.ended).toBe('closed-by-client');
      expect(server().requests[0]?.sent).toBeLessThan(2_000);
    });

    it('by the user before the first word closes the connection', async () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      const parts = await ask({ hold: true }, aRequest(), controller.signal);
      expect(parts).toEqual([{ type: 'end', reason: 'aborted' }]);
      expect(await server().requests[0]?.ended).toBe('closed-by-client');
    });

    it('by the user before anything is sent sends nothing', async () => {
      const parts = await ask({}, aRequest(), AbortSignal.abort());
      expect(parts).toEqual([{ type: 'end', reason: 'aborted' }]);
      expect(server().requests).toEqual([]);
    });

    it('is made when the server falls silent', async () => {
      server().next({ text: 'The tide turns.', stallAfterCharacters: 8, chunkCharacters: 4 });
      const { signal } = new AbortController();
      const patience = { beforeWords: 5_000, betweenWords: 240 };
      const options = { signal, patience, loadWire: async () => wire() };
      const parts = await partsOf(streamAnswer(aRequest(), connection(), options));
      expect(textOf(parts)).toBe('The tide');
      expect(endOf(parts)).toMatchObject({ reason: 'cut-off', trouble: { code: 'stalled' } });
      expect(await server().requests[0]?.ended).toBe('closed-by-client');
      expect(server().requests).toHaveLength(1);
    });
  });
}
