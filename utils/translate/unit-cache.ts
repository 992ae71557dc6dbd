/** Under which name a translation is kept: the hash of all that it was made of. */

import { sourceId } from '../source';
import type { GlossaryUse } from './types';

/** What makes a translation another one besides its text: changed when what we ask for changes. */
const method = 2;

export interface MadeWith {
  /** Provider and model. */
  model: string;
  /** BCP 47. */
  lang: string;
  glossary: Pick<GlossaryUse, 'version'>;
}

/** `text` is marked, `plain` the same without marks. */
export const cacheKey = (text: string, plain: string, { model, lang, glossary }: MadeWith): Promise<string> =>
  sourceId(JSON.stringify([method, lang, model, glossary.version(plain), text]));
