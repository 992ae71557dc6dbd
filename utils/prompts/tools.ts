import type { Tool } from '../models/types';

/**
 * Every tool a model is offered, always in this order and in every request, whatever is switched on: vendors put
 * the list before the documents, so a change would read them all again. There is none yet.
 */
export const tools: Tool[] = [];
