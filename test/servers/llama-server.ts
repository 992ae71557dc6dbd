import { type ModelServer, refusals, startModelServer } from './model-server.ts';

/** A token is four characters here. */
const count = (text: string) => Math.ceil(text.length / 4);

/** A server that behaves as llama.cpp's: refuses what is too long, with both numbers, and counts for whoever asks. */
export async function startLlamaServer({
  window = 8_192,
  template = true,
  name = 'qwen3-30b.gguf',
}: {
  window?: number;
  /** Older ones cannot render a conversation for others. */
  template?: boolean;
  name?: string;
} = {}): Promise<ModelServer> {
  const server = await startModelServer({
    before({ method, path, body }) {
      const json = (value: object) => ({ bodyText: JSON.stringify(value) });
      switch (`${method} ${path}`) {
        case 'GET /v1/models':
          return json({ object: 'list', data: [{ id: name, object: 'model', owned_by: 'llamacpp' }] });
        case 'GET /props':
          return json({ default_generation_settings: { n_ctx: window }, modalities: { vision: true } });
        case 'POST /tokenize':
          return json({ tokens: Array.from({ length: count(String(body.content)) }, (_, index) => index) });
        case 'POST /apply-template':
          return template
            ? json({ prompt: render(body.messages ?? []) })
            : { status: 404, bodyText: '{"error":{"code":404,"message":"File Not Found"}}' };
        default:
          return undefined;
      }
    },
  });
  server.always(({ body }) => {
    const tokens = count(render(body.messages ?? []));
    return tokens < window
      ? { usage: { prompt_tokens: tokens, completion_tokens: 2 } }
      : refusals.contextLengthLlama(tokens, window);
  });
  return server;
}

const render = (messages: { role: string; content: unknown }[]) =>
  messages.map(({ role, content }) => `<|im_start|>${role}\n${String(content)}<|im_end|>\n`).join('');
