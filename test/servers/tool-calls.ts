import type { ReceivedRequest } from './model-server.ts';

/** Calls of the tools of the product, for the behaviours of a model server, in whichever dialect it speaks. */

let count = 0;

export const searchCall = (queries: string[], why = 'The documents do not say.', id = `call_${++count}`) => ({
  id,
  name: 'web_search',
  arguments: JSON.stringify({ queries, why }),
});

export const readCall = (url: string, id = `call_${++count}`) => ({
  id,
  name: 'read_url',
  arguments: JSON.stringify({ url }),
});

/** What the model is told about its calls in a request, oldest first, in any dialect. */
export function toolResults({ body }: Pick<ReceivedRequest, 'body'>): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const entry = value as Record<string, unknown>;
    // OpenAI chat and Ollama; Responses; Anthropic; Gemini.
    if (entry.role === 'tool') found.push(textOf(entry.content));
    else if (entry.type === 'function_call_output') found.push(textOf(entry.output));
    else if (entry.type === 'tool_result') found.push(textOf(entry.content));
    else if (entry.functionResponse) found.push(textOf(entry.functionResponse));
    else for (const inside of Object.values(entry)) visit(inside);
  };
  visit(body.messages ?? body.input ?? body.contents);
  return found;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const { type, role, name, ...rest } = value as Record<string, unknown>;
  return Object.values(Array.isArray(value) ? value : rest)
    .map(textOf)
    .join('');
}
