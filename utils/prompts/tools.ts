import type { Tool } from '../models/types';

/**
 * Every tool a model is offered, always in this order and in every request, whatever is switched on: vendors put
 * the list before the documents, so a change would read them all again. There is none yet.
 */
export const tools: Tool[] = [];

/** What a model hears that asks for a tool nobody offered: it must not wait for a result that will not come. */
export const noSuchTool = (name: string): string =>
  `There is no tool named ${JSON.stringify(name)}. Nothing was run. Answer without tools.`;
