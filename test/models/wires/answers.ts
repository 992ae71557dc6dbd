import { describe, expect, it } from 'vitest';
import type { Request } from '@/utils/models/types';
import { aRequest } from '../../fixtures/models';
import { greyPoint, nasty, searchTool } from '../../fixtures/requests';
import type { Behaviour } from '../../servers/model-server';
import { type Bench, endOf, textOf, thinkingOf, usageOf, where } from './bench';

/** What is sent, and what a healthy server answers. */
export function describeAnswers({ adapter, ask, answer, server, connection }: Bench): void {
  const lacks = new Set(adapter.lacks);

  describe('a question', () => {
    it('arrives to the letter', async () => {
      const text = `${nasty}\n${'x'.repeat(50_000)}`;
      await ask({}, aRequest(text));
      expect(server().requests[0]?.prompt).toContain(text);
      expect(server().requests[0]?.prompt).toContain('You read.');
    });

    where(adapter.keyHeader !== undefined)('carries the key in its header and nowhere else', async () => {
      await ask();
      const { headers, path, text } = server().requests[0] ?? { headers: {}, path: '', text: '' };
      const holders = Object.entries(headers).filter(([, value]) => String(value).includes('secret-key'));
      expect(holders.map(([name]) => name)).toEqual([adapter.keyHeader]);
      expect(path + text).not.toContain('secret-key');
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('referer');
    });

    where(!lacks.has('images'))('takes a picture along to a model that sees', async () => {
      const request = aRequest();
      request.messages.at(-1)?.parts.push(greyPoint);
      await answer({}, request);
      expect(server().requests[0]?.text).toContain(greyPoint.data);
    });

    it('with a picture is not sent to a model that does not see', async () => {
      const request = aRequest();
      request.messages.at(-1)?.parts.push(greyPoint);
      const parts = await answer({}, request, { model: { ...connection().model, vision: false } });
      expect(parts).toHaveLength(1);
      expect(endOf(parts)).toMatchObject({
        reason: 'error',
        trouble: { code: 'no-vision', facts: { images: 1, model: 'Large 1' } },
      });
      expect(server().requests).toEqual([]);
    });
  });

  describe('an answer', () => {
    const full: Behaviour = {
      text: `潮水每天涨落两次。🌕👩🏽‍🚀 naïve – “望舒”𠮷。${nasty}`,
      chunkCharacters: 3,
      ...(!lacks.has('thinking') && { thinking: '想一想…🌘' }),
    };

    it.each([1, 7, 4_096])('gives the same parts in pieces of %i bytes', async (writeBytes) => {
      const whole = await ask(full);
      const pieces = await ask({ ...full, writeBytes });
      expect(pieces).toEqual(whole);
      expect(textOf(pieces)).toBe(full.text);
      expect(endOf(pieces)).toEqual({ type: 'end', reason: 'stop' });
    });

    it('arrives part by part', async () => {
      const parts = await ask({ text: 'The tide turns at six.', chunkCharacters: 4 });
      expect(parts.filter(({ type }) => type === 'text-delta')).toHaveLength(6);
    });

    where(!lacks.has('thinking'))('is kept apart from thinking', async () => {
      const parts = await ask({ thinking: 'Let me see.', text: 'Six.', chunkCharacters: 2 });
      expect(thinkingOf(parts)).toBe('Let me see.');
      expect(textOf(parts)).toBe('Six.');
    });

    where(!lacks.has('usage'))('comes with what it used, cached tokens among the input', async () => {
      const usage = { prompt_tokens: 900, completion_tokens: 50, cached_tokens: 768, thinking_tokens: 40 };
      const used = usageOf(await ask({ usage }));
      expect(used).toMatchObject({ input: 900, output: 50 });
      if (!lacks.has('cached')) expect(used).toMatchObject({ cached: 768 });
      if (!lacks.has('thinking') && !lacks.has('thinking-count'))
        expect(used).toMatchObject({ thinking: 40 });
    });

    it('does without usage', async () => {
      const parts = await ask({ usage: 'none' });
      expect(usageOf(parts)).toBeUndefined();
      expect(textOf(parts)).toBe('Hello.');
      expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
    });

    where(!lacks.has('tools'))('may be a call of a tool, whole and once', async () => {
      const toolCalls = [{ id: 'call_7', name: 'search', arguments: '{"query":"潮汐 tide"}' }];
      const request: Request = { ...aRequest(), tools: [searchTool] };
      const parts = await answer({ text: 'I look it up.', toolCalls, writeBytes: 7 }, request);
      const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part.call] : []));
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({ type: 'tool-call', name: 'search' });
      expect(JSON.parse(calls[0]?.arguments ?? '')).toEqual({ query: '潮汐 tide' });
      expect(endOf(parts)).toEqual({ type: 'end', reason: 'tool-calls' });

      // What the tool said goes back with the call, and with whatever the vendor wants to see again.
      const [call] = calls;
      if (!call) return;
      request.messages.push(
        { role: 'assistant', parts: ['I look it up.', call] },
        { role: 'tool', parts: [{ type: 'tool-result', id: call.id, name: 'search', text: 'At six.' }] },
      );
      expect(textOf(await answer({}, request))).toBe('Hello.');
      expect(server().requests[1]?.prompt + (server().requests[1]?.text ?? '')).toContain('At six.');
    });
  });
}
