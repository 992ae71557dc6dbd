import { bocha } from './bocha';
import { brave } from './brave';
import { duckduckgo } from './duckduckgo';
import { exa } from './exa';
import { kagi } from './kagi';
import { searxng } from './searxng';
import { serper } from './serper';
import { tavily } from './tavily';
import type { Engine } from './types';

/** Every engine that is asked by its interface for programs, in the order of the settings. */
export const engines: readonly Engine[] = [searxng, brave, kagi, tavily, exa, serper, bocha, duckduckgo];

export const findEngine = (id: string): Engine | undefined => engines.find((engine) => engine.id === id);

/** The engine that the browser is set to, in a tab. It is no plug-in: it can be any. */
export const browserEngine = 'browser';
