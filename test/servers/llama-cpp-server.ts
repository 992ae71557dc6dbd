import { type JsonServer, startJsonServer } from './json-server.ts';
import { type OllamaMessage, textOf, tokensOf } from './ollama-cutting.ts';

/** A message in the template of the model. */
export const rendered = (message: OllamaMessage): string =>
  `<|im_start|>${message.role}\n${textOf(message)}<|im_end|>\n`;

/** A server as that of llama.cpp: one model with a fixed window, which refuses what is longer and says by how much. */
export const startLlamaCppServer = (window: number, { renders = true } = {}): Promise<JsonServer> =>
  startJsonServer({
    '/v1/models': { body: { object: 'list', data: [{ id: 'qwen4-8b-q4.gguf', object: 'model' }] } },
    '/props': {
      body: { default_generation_settings: { n_ctx: window }, modalities: { vision: false }, total_slots: 1 },
    },
    '/tokenize': ({ content }) => ({ body: { tokens: tokensOf(String(content)).map((_, index) => index) } }),
    ...(renders && {
      '/apply-template': ({ messages }: Record<string, unknown>) => ({
        body: { prompt: (messages as OllamaMessage[]).map(rendered).join('') },
      }),
    }),
    '/v1/chat/completions': ({ messages }) => {
      const needed = tokensOf((messages as OllamaMessage[]).map(textOf).join('\n')).length;
      if (needed > window) {
        return {
          status: 400,
          body: {
            error: {
              code: 400,
              message: `request (${needed} tokens) exceeds the available context size (${window} tokens), try increasing it`,
              type: 'exceed_context_size_error',
              n_prompt_tokens: needed,
              n_ctx: window,
            },
          },
        };
      }
      const events = [
        { choices: [{ index: 0, delta: { role: 'assistant', content: 'Read.' } }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        { choices: [], usage: { prompt_tokens: needed, completion_tokens: 2, total_tokens: needed + 2 } },
      ];
      const lines = events.map((event) => `data: ${JSON.stringify({ id: 'c1', ...event })}\n\n`);
      return { headers: { 'content-type': 'text/event-stream' }, body: `${lines.join('')}data: [DONE]\n\n` };
    },
  });
