/** How Ollama cuts, and whom it answers (its source at commit fb307609). */

export interface OllamaMessage {
  role?: string;
  content?: string | { text?: string }[];
}

/** The text of a message of either protocol. */
export const textOf = ({ content = '' }: OllamaMessage): string =>
  typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');

/** Tokens of a made-up vocabulary: up to five characters of a word with the space before it, or two Han characters. */
export const tokensOf = (text: string): string[] =>
  text.match(/\s*(?:\p{Script=Han}{1,2}|(?:(?!\p{Script=Han})\S){1,5})|\s+/gu) ?? [];

/** Tokens at the beginning that sliding keeps, where a request does not say. */
const numKeep = 4;

/**
 * What is left of messages in a window of so many tokens. First whole messages go, from the front, but system
 * messages and the last one stay; then the prompt itself is cut to about half of the window, from its end. Undefined:
 * the window may not slide, and the prompt is refused.
 */
export function truncate(messages: OllamaMessage[], window: number, mayShift: boolean): string[] | undefined {
  let kept = [...messages];
  const prompt = () => tokensOf(kept.map(textOf).join('\n'));
  for (;;) {
    const first = kept.findIndex(({ role }, index) => role !== 'system' && index < kept.length - 1);
    if (first < 0 || prompt().length <= window) break;
    kept = kept.filter((_, index) => index !== first);
  }
  const tokens = prompt();
  if (tokens.length <= window) return tokens;
  if (!mayShift) return undefined;
  return tokens.slice(-(window - Math.max(Math.floor((window - numKeep) / 2), 1)));
}

/** Tokens with which both prompts begin. */
export function commonPrefix(one: string[], other: string[]): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

const always =
  /^(?:https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?|(?:app|file|tauri|vscode-\w+):\/\/.*)$/;

/** Whether Ollama answers a request from there. Extensions are not among those that it knows by itself. */
export const isAllowedOrigin = (origin: string, more: string[]): boolean =>
  always.test(origin) ||
  more.some((pattern) => {
    const [start = '', end = ''] = pattern.split('*');
    return origin.startsWith(start) && origin.endsWith(end);
  });
