import { ollamaChat } from './dialects/ollama.ts';
import { type Behaviour, type ModelServer, type ReceivedRequest, startModelServer } from './model-server.ts';

/** The window when nobody asks for one, on a computer with less than 24 GiB of video memory. */
export const usualWindow = 4_096;
/** Tokens at the front that a cut leaves (`num_keep`). */
const kept = 4;
/** Ollama's sentence for a prompt that may be cut in neither way. */
const tooLong =
  'the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length';

export interface OllamaModel {
  name: string;
  /** `model_info` and `capabilities` of `/api/show`. */
  info?: Record<string, unknown>;
  capabilities?: string[];
}

export interface OllamaServer extends ModelServer {
  /** What the model read of each question, after whatever was cut. */
  read: string[];
}

interface Options {
  num_ctx?: number;
  truncate?: boolean;
  shift?: boolean;
}

/** A token is four characters here. */
const tokensOf = (text: string): string[] => text.match(/[\s\S]{1,4}/g) ?? [];

/**
 * What the model gets to read. Cuts in the two stages of the real server: `chatPrompt` drops messages from the front
 * except the system's and the last; then the runner keeps `num_keep` tokens and the end of the rest, half a window.
 */
export function readAsOllama(
  messages: { role: string; content?: unknown }[],
  { num_ctx: window = usualWindow, truncate = true, shift = true }: Options,
): { text: string; tokens: number } | { refusal: string } {
  const render = (list: typeof messages) =>
    list.map(({ role, content }) => `<|${role}|>${String(content ?? '')}`).join('');
  const left = [...messages];
  const first = () => left.findIndex(({ role }, index) => role !== 'system' && index < left.length - 1);
  while (truncate && tokensOf(render(left)).length > window && first() >= 0) left.splice(first(), 1);
  const tokens = tokensOf(render(left));
  const whole = { text: tokens.join(''), tokens: tokens.length };
  if (tokens.length < window) return whole;
  if (!truncate) {
    return {
      refusal: `request (${tokens.length} tokens) exceeds the available context size (${window} tokens), try increasing it`,
    };
  }
  if (!shift) return { refusal: tooLong };
  const limit = window - Math.max(Math.floor((window - kept) / 2), 1);
  const cut = [...tokens.slice(0, kept), ...tokens.slice(tokens.length - (limit - kept))];
  return { text: cut.join(''), tokens: cut.length };
}

/**
 * A server that behaves as Ollama does: cuts in silence what is too long unless told not to, and refuses foreign
 * origins with an empty 403. `compatible` is its OpenAI door, which knows neither window nor the switches.
 */
export async function startOllamaServer({
  models = [],
  allows = () => false,
  compatible = false,
}: {
  models?: OllamaModel[];
  allows?: (origin: string) => boolean;
  compatible?: boolean;
} = {}): Promise<OllamaServer> {
  const read: string[] = [];
  const server: ModelServer = await startModelServer({
    ...(!compatible && { dialect: ollamaChat }),
    before(request) {
      const { origin } = request.headers;
      if (origin && origin !== server.origin && !allows(origin)) return { status: 403, bodyText: '' };
      return other(request, models);
    },
  });
  server.always(({ body }) => {
    const { options = {}, truncate, shift } = body as { options?: Options } & Options;
    const asked = compatible ? {} : { ...options, truncate, shift };
    const result = readAsOllama(body.messages ?? [], asked);
    if ('refusal' in result) return { status: 400, bodyText: JSON.stringify({ error: result.refusal }) };
    read.push(result.text);
    return { usage: { prompt_tokens: result.tokens, completion_tokens: 2 } };
  });
  return Object.assign(server, { read });
}

function other({ method, path, body }: ReceivedRequest, models: OllamaModel[]): Behaviour | undefined {
  if (method === 'GET' && path === '/api/tags') return { bodyText: JSON.stringify({ models }) };
  if (method !== 'POST' || path !== '/api/show') return undefined;
  const found = models.find(({ name }) => name === body.model);
  if (!found) return { status: 404, bodyText: `{"error":"model '${body.model}' not found"}` };
  const { info: model_info, capabilities } = found;
  return { bodyText: JSON.stringify({ model_info, capabilities }) };
}
