import type { Behaviour, ReceivedRequest } from '../model-server.ts';
import { type Dialect, defaultText, type StreamEvent, stringsIn, usageOf } from './dialect.ts';

/** `POST /v1beta/models/{model}:streamGenerateContent?alt=sse`: whole objects, thinking marked part by part. */
export const gemini: Dialect = {
  base: '/v1beta',
  asks: /:(?:streamG|g)enerateContent$/,
  prompt: ({ systemInstruction, contents }) =>
    [...stringsIn(systemInstruction), ...stringsIn(contents)].join('\n'),
  streams: ({ path }) => path.includes(':streamGenerateContent'),
  events(request, behaviour, { thinking, text }) {
    const said = (kind: StreamEvent['kind'], part: object, characters?: number): StreamEvent => ({
      kind,
      data: chunk(request, [part]),
      ...(characters && { characters }),
    });
    const calls = (behaviour.toolCalls ?? []).map(({ name, arguments: words }) => ({
      functionCall: { name, args: JSON.parse(words) as object },
      thoughtSignature: 'signed',
    }));
    const finish = reasons[behaviour.finishReason ?? 'stop'] ?? behaviour.finishReason ?? 'STOP';
    return [
      ...thinking.map((piece) => said('thinking', { text: piece, thought: true })),
      ...text.map((piece) => said('text', { text: piece }, Array.from(piece).length)),
      ...calls.map((call) => said('tool', call)),
      { kind: 'finish', data: chunk(request, [{ text: '' }], behaviour, finish), repeats: true },
    ];
  },
  error: (message) => ({ kind: 'finish', data: { error: { code: 500, message, status: 'INTERNAL' } } }),
  whole: (request, behaviour) => chunk(request, [{ text: behaviour.text ?? defaultText }], behaviour, 'STOP'),
};

const reasons: Record<string, string | undefined> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
};

function chunk(request: ReceivedRequest, parts: object[], behaviour?: Behaviour, finishReason?: string) {
  const usage = behaviour && usageOf(request, behaviour);
  const thinking = usage?.thinking_tokens;
  return {
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...(finishReason && { finishReason }) }],
    ...(usage && {
      usageMetadata: {
        promptTokenCount: usage.prompt_tokens,
        candidatesTokenCount: usage.completion_tokens - (thinking ?? 0),
        totalTokenCount: usage.prompt_tokens + usage.completion_tokens,
        ...(usage.cached_tokens !== undefined && { cachedContentTokenCount: usage.cached_tokens }),
        ...(thinking !== undefined && { thoughtsTokenCount: thinking }),
      },
    }),
    modelVersion: 'test-model',
    responseId: 'gemini-test',
  };
}
