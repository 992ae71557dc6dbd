import { type ErrorCode, errorCodes, type Trouble } from '../errors';
import type { ToolCallPart } from '../models/types';
import { entries, number, object, oneOf, optional, text } from './shape';

/** A trouble that was kept, of which this version knows the code. */
export const trouble = object<Trouble>({
  code: oneOf(Object.fromEntries(errorCodes.map((code) => [code, true])) as Record<ErrorCode, true>),
  facts: entries<string | number>((value, place) =>
    typeof value === 'number' ? number(value, place) : text(value, place),
  ),
});

/** A tool that a model asked for. */
export const toolCall = object<ToolCallPart>({
  type: oneOf({ 'tool-call': true }),
  id: text,
  name: text,
  arguments: text,
  replay: optional(text),
});
