import type { Behaviour, ReceivedRequest } from '../model-server.ts';
import { type Dialect, defaultText, type StreamEvent, stringsIn, usageOf } from './dialect.ts';

/** `POST /v1/messages`: blocks that open and close, pings, cached tokens counted beside the rest. */
export const anthropicMessages: Dialect = {
  base: '/v1',
  asks: /\/messages$/,
  prompt: ({ system, messages }) => [...stringsIn(system), ...stringsIn(messages)].join('\n'),
  streams: ({ body }) => Boolean(body.stream),
  events(request, behaviour, { thinking, text }) {
    const events: StreamEvent[] = [];
    let index = -1;
    const add = (kind: StreamEvent['kind'], type: string, data: object, more: Partial<StreamEvent> = {}) =>
      events.push({ kind, name: type, data: { type, ...data }, ...more });
    const block = (
      kind: StreamEvent['kind'],
      opened: object,
      deltas: object[],
      size?: (at: number) => number,
    ) => {
      index += 1;
      const outside = kind === 'text' ? 'start' : kind;
      add(outside, 'content_block_start', { index, content_block: opened });
      for (const [at, delta] of deltas.entries())
        add(kind, 'content_block_delta', { index, delta }, size ? { characters: size(at) } : {});
      add(kind === 'text' ? 'finish' : kind, 'content_block_stop', { index });
    };

    const { input, output } = reported(request, behaviour);
    const message = {
      id: 'msg_test',
      type: 'message',
      role: 'assistant',
      content: [],
      model: request.body.model,
    };
    add('start', 'message_start', {
      message: { ...message, stop_reason: null, stop_sequence: null, usage: { ...input, output_tokens: 1 } },
    });
    add('start', 'ping', {});
    if (thinking.length > 0) {
      const deltas = thinking.map((piece) => ({ type: 'thinking_delta', thinking: piece }));
      const signature = { type: 'signature_delta', signature: 'signed' };
      block('thinking', { type: 'thinking', thinking: '', signature: '' }, [...deltas, signature]);
    }
    if (text.length > 0) {
      const deltas = text.map((piece) => ({ type: 'text_delta', text: piece }));
      block('text', { type: 'text', text: '' }, deltas, (at) => Array.from(text[at] ?? '').length);
    }
    for (const { id, name, arguments: words } of behaviour.toolCalls ?? []) {
      const half = Math.ceil(words.length / 2);
      const deltas = [words.slice(0, half), words.slice(half)].map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      }));
      block('tool', { type: 'tool_use', id, name, input: {} }, deltas);
    }
    const finish = behaviour.finishReason ?? (behaviour.toolCalls ? 'tool_calls' : 'stop');
    add('finish', 'message_delta', {
      delta: { stop_reason: reasons[finish] ?? finish, stop_sequence: null },
      usage: output,
    });
    add('finish', 'message_stop', {}, { repeats: true });
    return events;
  },
  error: (message) => ({
    kind: 'finish',
    name: 'error',
    data: { type: 'error', error: { type: 'api_error', message } },
  }),
  whole(request, behaviour) {
    const { input, output } = reported(request, behaviour);
    return {
      id: 'msg_test',
      type: 'message',
      role: 'assistant',
      model: request.body.model,
      content: [{ type: 'text', text: behaviour.text ?? defaultText }],
      stop_reason: 'end_turn',
      usage: { ...input, ...output },
    };
  },
};

const reasons: Record<string, string | undefined> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  tool_calls: 'tool_use',
};

function reported(request: ReceivedRequest, behaviour: Behaviour) {
  const usage = usageOf(request, behaviour);
  const { cached_tokens: cached, written_tokens: written } = usage ?? {};
  return {
    input: {
      input_tokens: (usage?.prompt_tokens ?? 0) - (cached ?? 0) - (written ?? 0),
      ...(cached !== undefined && { cache_read_input_tokens: cached }),
      ...(written !== undefined && { cache_creation_input_tokens: written }),
    },
    output: {
      output_tokens: usage?.completion_tokens ?? 0,
      ...(usage?.thinking_tokens !== undefined && {
        output_tokens_details: { thinking_tokens: usage.thinking_tokens },
      }),
    },
  };
}
