/** What has to be known and asked before a page is translated. Nothing is sent here. */

import type { PageSigns } from '../browser/translator-port';
import type { Connection } from '../models/types';
import type { Agreed, Engine, PageRunDeps, RunGlossary } from './page-run-types';
import type { RunQuestion } from './run-types';

export interface RunWish {
  tabId: number;
  /** BCP 47. */
  lang: string;
  yes: ReadonlySet<Agreed>;
  /** Another model than the one in use. */
  connection?: Connection;
  /** The page has said what it is. */
  onPage: (signs: PageSigns) => void;
}

/**
 * Looks at the page, at the model and at what the user wants left alone, and reads the page whole. Undefined when
 * something newer has begun meanwhile.
 * @throws AppError what stands in the way; too-long with the numbers
 */
export async function prepareRun(
  { tabId, lang, yes, connection: chosen, onPage }: RunWish,
  deps: PageRunDeps,
  signal: AbortSignal,
): Promise<{ question: RunQuestion } | { engine: Engine; glossary: RunGlossary } | undefined> {
  const signs = await deps.look(tabId);
  if (signal.aborted) return undefined;
  onPage(signs);
  const connection = chosen ?? (await deps.connect());
  // What answers without a model finds sentences; it does not translate.
  if (connection.provider.wire === 'excerpts') return { question: { kind: 'no-model' } };
  const site = yes.has('never') ? undefined : await deps.neverTranslatedSite(signs.url);
  if (site) return { question: { kind: 'never', site } };
  if (signs.hasOther && !yes.has('other-translator')) return { question: { kind: 'other-translator' } };
  await deps.check(connection);
  const document = await deps.readDocument(tabId, signs.url, signal);
  if (signal.aborted) return undefined;
  const glossary = await deps.openGlossary({ url: signs.url, lang });
  const options = { ...document, lang, connection, glossary, everything: yes.has('never-language') };
  try {
    const inSections = yes.has('too-long');
    if (!inSections) await deps.checkFits(options);
    const engine = signal.aborted ? undefined : await deps.createEngine({ ...options, inSections });
    if (engine && !signal.aborted) return { engine, glossary };
  } catch (error) {
    glossary.close();
    throw error;
  }
  glossary.close();
  return undefined;
}
