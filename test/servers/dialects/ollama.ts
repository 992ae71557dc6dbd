import type { Behaviour, ReceivedRequest } from '../model-server.ts';
import { type Dialect, defaultText, type StreamEvent, usageOf } from './dialect.ts';

interface OllamaMessage {
  content?: string;
}

/** `POST /api/chat`, Ollama's own protocol: lines of JSON. */
export const ollamaChat: Dialect = {
  base: '',
  asks: /\/api\/chat$/,
  contentType: 'application/x-ndjson',
  frame: ({ data }) => `${typeof data === 'string' ? data : JSON.stringify(data)}\n`,
  prompt: (body) => ((body.messages ?? []) as OllamaMessage[]).map(({ content }) => content ?? '').join('\n'),
  streams: ({ body }) => body.stream !== false,
  events(request, behaviour, { thinking, text }) {
    const events: StreamEvent[] = [
      ...thinking.map((piece) => ({
        kind: 'thinking' as const,
        data: line(request, { content: '', thinking: piece }),
      })),
      ...text.map((piece) => ({
        kind: 'text' as const,
        data: line(request, { content: piece }),
        characters: Array.from(piece).length,
      })),
    ];
    for (const { id, name, arguments: words } of behaviour.toolCalls ?? []) {
      const call = { id, function: { name, arguments: JSON.parse(words) as object } };
      events.push({ kind: 'tool', data: line(request, { content: '', tool_calls: [call] }) });
    }
    events.push({ kind: 'finish', data: last(request, behaviour), repeats: true });
    return events;
  },
  error: (message) => ({ kind: 'finish', data: { error: message } }),
  whole: (request, behaviour) => ({
    ...last(request, behaviour),
    message: { role: 'assistant', content: behaviour.text ?? defaultText },
  }),
};

const line = (request: ReceivedRequest, message: object) => ({
  model: request.body.model ?? 'test-model',
  created_at: new Date(request.at).toISOString(),
  message: { role: 'assistant', ...message },
  done: false,
});

function last(request: ReceivedRequest, behaviour: Behaviour) {
  const usage = usageOf(request, behaviour);
  return {
    ...line(request, { content: '' }),
    done: true,
    done_reason: behaviour.finishReason ?? 'stop',
    ...(usage && { prompt_eval_count: usage.prompt_tokens, eval_count: usage.completion_tokens }),
    ...(usage?.cached_tokens !== undefined && { prompt_eval_cached_count: usage.cached_tokens }),
  };
}
