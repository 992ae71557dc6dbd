import type { Behaviour, ReceivedRequest } from '../model-server.ts';
import { type Dialect, defaultText, type StreamEvent, usageOf } from './dialect.ts';

interface ChatMessage {
  content: string | null | { type: string; text?: string }[];
}

/** `POST /v1/chat/completions`, as OpenAI made it and most others took it over. */
export const openaiChat: Dialect = {
  base: '/v1',
  asks: /\/chat\/completions$/,
  prompt: (body) =>
    ((body.messages ?? []) as ChatMessage[])
      .flatMap(({ content }) =>
        typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? ''),
      )
      .join('\n'),
  streams: ({ body }) => Boolean(body.stream),
  events(request, behaviour, { thinking, text }) {
    const field = behaviour.thinkingField ?? 'reasoning_content';
    const events: StreamEvent[] = [
      { kind: 'start', data: chunk(request, { role: 'assistant', content: '' }) },
      ...thinking.map((piece) => ({ kind: 'thinking' as const, data: chunk(request, { [field]: piece }) })),
      ...text.map((piece) => ({
        kind: 'text' as const,
        data: chunk(request, { content: piece }),
        characters: Array.from(piece).length,
      })),
    ];
    for (const [index, call] of (behaviour.toolCalls ?? []).entries()) {
      const { id, name, arguments: words } = call;
      const half = Math.ceil(words.length / 2);
      const start = { index, id, type: 'function', function: { name, arguments: words.slice(0, half) } };
      const rest = { index, function: { arguments: words.slice(half) } };
      events.push({ kind: 'tool', data: chunk(request, { tool_calls: [start] }) });
      events.push({ kind: 'tool', data: chunk(request, { tool_calls: [rest] }) });
    }
    const finish = behaviour.finishReason ?? (behaviour.toolCalls ? 'tool_calls' : 'stop');
    events.push({ kind: 'finish', data: chunk(request, {}, finish), repeats: true });
    const usage = reported(request, behaviour);
    if (usage && request.body.stream_options?.include_usage)
      events.push({ kind: 'finish', data: { ...frame(request), choices: [], usage } });
    events.push({ kind: 'finish', data: '[DONE]' });
    return events;
  },
  error: (message) => ({ kind: 'finish', data: { error: { message, type: 'server_error', code: 502 } } }),
  whole(request, behaviour) {
    const message = {
      role: 'assistant',
      content: behaviour.text ?? defaultText,
      ...(behaviour.thinking && { reasoning_content: behaviour.thinking }),
    };
    return {
      ...frame(request),
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: behaviour.finishReason ?? 'stop' }],
      usage: reported(request, behaviour),
    };
  },
};

function reported(request: ReceivedRequest, behaviour: Behaviour) {
  const usage = usageOf(request, behaviour);
  if (!usage) return undefined;
  const { cached_tokens, written_tokens, thinking_tokens, ...counted } = usage;
  return {
    ...counted,
    total_tokens: counted.prompt_tokens + counted.completion_tokens,
    ...((cached_tokens !== undefined || written_tokens !== undefined) && {
      prompt_tokens_details: {
        ...(cached_tokens !== undefined && { cached_tokens }),
        ...(written_tokens !== undefined && { cache_creation_input_tokens: written_tokens }),
      },
    }),
    ...(thinking_tokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: thinking_tokens },
    }),
  };
}

const frame = (request: ReceivedRequest) => ({
  id: 'chatcmpl-test',
  object: 'chat.completion.chunk',
  created: Math.floor(request.at / 1000),
  model: request.body.model ?? 'test-model',
});

const chunk = (request: ReceivedRequest, delta: object, finishReason: string | null = null) => ({
  ...frame(request),
  choices: [{ index: 0, delta, finish_reason: finishReason }],
});
