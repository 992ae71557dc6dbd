/** What happens when a model asks for a tool: it gets an answer, once, so that it does not wait for ever. */

import { AppError } from '../errors';
import type { streamAnswer } from '../models';
import type { Part, Request, ToolCallPart, Usage } from '../models/types';
import { noSuchTool, searchIsOff } from '../prompts/tools';

/**
 * The stream of an answer in which no tool can be run: each call is told so, and the model goes on. One that asks again
 * is not asked again. Where tools can be run see rounds.ts.
 */
export async function* withToolAnswers(
  stream: typeof streamAnswer,
  ...[request, connection, options]: Parameters<typeof streamAnswer>
): AsyncGenerator<Part> {
  let current: Request = request;
  const answerFor = (name: string) =>
    request.tools?.some((tool) => tool.name === name) ? searchIsOff : noSuchTool(name);
  let wrote = false;
  for (let round = 1; ; round++) {
    let text = '';
    const calls: ToolCallPart[] = [];
    let end: Extract<Part, { type: 'end' }> | undefined;
    for await (const part of stream(current, connection, options)) {
      if (part.type === 'end') end = part;
      else yield part;
      if (part.type === 'text-delta') text += part.text;
      if (part.type === 'tool-call') calls.push(part.call);
    }
    wrote ||= text.trim() !== '';
    if (end?.reason !== 'tool-calls') {
      if (end) yield end;
      return;
    }
    if (round > 1 || calls.length === 0) {
      const facts = { provider: connection.provider.name, model: connection.model.name };
      yield wrote
        ? { type: 'end', reason: 'stop' }
        : { type: 'end', reason: 'error', trouble: new AppError('empty-answer', facts).toTrouble() };
      return;
    }
    current = {
      ...current,
      messages: [
        ...current.messages,
        { role: 'assistant', parts: text ? [text, ...calls] : calls },
        {
          role: 'tool',
          parts: calls.map(({ id, name }) => ({ type: 'tool-result', id, name, text: answerFor(name) })),
        },
      ],
    };
  }
}

/** The counts of two requests together. What one of them does not say is what the other says. */
export function addUsage(one: Usage | undefined, other: Usage): Usage {
  if (!one) return other;
  const sum: Usage = { ...one };
  for (const name of ['input', 'cached', 'written', 'output', 'thinking'] as const) {
    if (other[name] !== undefined) sum[name] = (one[name] ?? 0) + other[name];
  }
  return sum;
}
