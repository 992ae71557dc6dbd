import type { Behaviour, ReceivedRequest } from '../model-server.ts';
import { type Dialect, defaultText, type StreamEvent, stringsIn, usageOf } from './dialect.ts';

/** `POST /v1/responses`: events with names and numbers, items that open and close, everything said twice. */
export const openaiResponses: Dialect = {
  base: '/v1',
  asks: /\/responses$/,
  prompt: ({ input }) => stringsIn(input).join('\n'),
  streams: ({ body }) => Boolean(body.stream),
  events(request, behaviour, { thinking, text }) {
    const events: StreamEvent[] = [];
    let item = -1;
    const add = (kind: StreamEvent['kind'], type: string, data: object, more: Partial<StreamEvent> = {}) =>
      events.push({
        kind,
        name: type,
        data: { type, sequence_number: events.length, ...data },
        ...more,
      });
    const output: object[] = [];
    const open = (kind: StreamEvent['kind'], opened: object) =>
      add(kind, 'response.output_item.added', { output_index: ++item, item: opened });
    const close = (kind: StreamEvent['kind'], closed: object) => {
      output.push(closed);
      add(kind, 'response.output_item.done', { output_index: item, item: closed });
    };

    add('start', 'response.created', { response: frame(request, 'in_progress') });
    add('start', 'response.in_progress', { response: frame(request, 'in_progress') });
    if (thinking.length > 0 || behaviour.toolCalls) {
      const reasoning = { id: 'rs_1', type: 'reasoning', summary: [] as object[] };
      const sealed = request.body.include ? { encrypted_content: 'sealed' } : {};
      open('thinking', reasoning);
      const at = { item_id: 'rs_1', output_index: item, summary_index: 0 };
      if (thinking.length > 0) {
        const part = (text: string) => ({ ...at, part: { type: 'summary_text', text } });
        add('thinking', 'response.reasoning_summary_part.added', part(''));
        for (const delta of thinking)
          add('thinking', 'response.reasoning_summary_text.delta', { ...at, delta });
        add('thinking', 'response.reasoning_summary_part.done', part(thinking.join('')));
        reasoning.summary.push({ type: 'summary_text', text: thinking.join('') });
      }
      close('thinking', { ...reasoning, ...sealed });
    }
    if (text.length > 0) {
      const message = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
      open('start', message);
      const at = { item_id: 'msg_1', output_index: item, content_index: 0 };
      const part = { type: 'output_text', text: '', annotations: [] };
      add('start', 'response.content_part.added', { ...at, part });
      for (const delta of text)
        add('text', 'response.output_text.delta', { ...at, delta }, { characters: Array.from(delta).length });
      const whole = { type: 'output_text', text: text.join(''), annotations: [] };
      add('finish', 'response.output_text.done', { ...at, text: whole.text });
      add('finish', 'response.content_part.done', { ...at, part: whole });
      close('finish', { ...message, status: 'completed', content: [whole] });
    }
    for (const call of behaviour.toolCalls ?? []) {
      const opened = { id: `fc_${call.id}`, type: 'function_call', call_id: call.id, name: call.name };
      open('tool', { ...opened, arguments: '', status: 'in_progress' });
      const at = { item_id: opened.id, output_index: item };
      add('tool', 'response.function_call_arguments.delta', { ...at, delta: call.arguments });
      add('tool', 'response.function_call_arguments.done', { ...at, arguments: call.arguments });
      close('tool', { ...opened, arguments: call.arguments, status: 'completed' });
    }
    const incomplete = reasons[behaviour.finishReason ?? 'stop'];
    const type = incomplete ? 'response.incomplete' : 'response.completed';
    const response = {
      ...frame(request, incomplete ? 'incomplete' : 'completed'),
      output,
      incomplete_details: incomplete ? { reason: incomplete } : null,
      usage: reported(request, behaviour),
    };
    add('finish', type, { response }, { repeats: true });
    return events;
  },
  error: (message) => ({
    kind: 'finish',
    name: 'error',
    data: { type: 'error', sequence_number: 99, code: 'server_error', message, param: null },
  }),
  whole: (request, behaviour) => ({
    ...frame(request, 'completed'),
    output: [
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: behaviour.text ?? defaultText, annotations: [] }],
      },
    ],
    usage: reported(request, behaviour),
  }),
};

const reasons: Record<string, string | undefined> = {
  length: 'max_output_tokens',
  content_filter: 'content_filter',
};

function reported(request: ReceivedRequest, behaviour: Behaviour) {
  const usage = usageOf(request, behaviour);
  if (!usage) return null;
  return {
    input_tokens: usage.prompt_tokens,
    ...((usage.cached_tokens !== undefined || usage.written_tokens !== undefined) && {
      input_tokens_details: {
        cached_tokens: usage.cached_tokens,
        cache_write_tokens: usage.written_tokens,
      },
    }),
    output_tokens: usage.completion_tokens,
    ...(usage.thinking_tokens !== undefined && {
      output_tokens_details: { reasoning_tokens: usage.thinking_tokens },
    }),
    total_tokens: usage.prompt_tokens + usage.completion_tokens,
  };
}

const frame = (request: ReceivedRequest, status: string) => ({
  id: 'resp_test',
  object: 'response',
  created_at: Math.floor(request.at / 1000),
  status,
  model: request.body.model ?? 'test-model',
  store: request.body.store ?? true,
});
