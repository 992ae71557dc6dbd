/** A run in a tab with the world around it: the page, the model in use, what was translated before, who listens. */

import { connectPage, lookAtPage } from '../browser/translator-port';
import { activeConnection, checkConnection, connectedModels, isInsecureAllowed } from '../chat/connection';
import { overCap } from '../chat/spending-cap';
import { panelSurroundings } from '../chat/surroundings';
import { inDollars, type Money } from '../context/money';
import { AppError } from '../errors';
import { sayAlso, t } from '../i18n';
import { settings } from '../store/settings';
import { noChat } from '../store/spending';
import { serveRun } from '../store/translation-runs';
import { translationStore } from '../store/translations';
import { loadModels } from './ask';
import { neverTranslatedSite, targetLanguage } from './languages';
import { createPageRun } from './page-run';
import type { EngineOptions, PageRun, PageRunDeps, PageRunOptions } from './page-run-types';
import { readPageDocument } from './page-source';
import { checkFits } from './price';
import { createTranslation } from './run';
import { openRunGlossary } from './run-glossary';
import { createSectionedRun } from './sectioned-run';
import { createSectionFinder, sectionsOf } from './sections';
import { createSoon } from './soon';
import { mainLanguageOf } from './unit-language';

/** Dollars above which a run asks before it begins: below, the question costs more than the page. */
const askedAbove = 0.05;

/** Milliseconds between two messages about how a run is: translations come in many small pieces. */
const tellInterval = 100;

/**
 * Opens a run for a tab, tells every window of it and takes their commands. Nothing begins before `start`. The language
 * is that of the settings when none is given.
 */
export async function openPageRun(
  options: Omit<PageRunOptions, 'lang'> & { lang?: string },
): Promise<PageRun> {
  await sayAlso('runs');
  const lang = options.lang ?? (await targetLanguage());
  const never = await settings.neverTranslateLanguages.read();
  const run = createPageRun({ ...options, lang }, depsWith(never));
  const served = serveRun(run.get(), { command: run.command, texts: run.texts });
  const telling = createSoon(() => served.publish(run.get()), tellInterval);
  run.subscribe(telling.ask);
  return {
    ...run,
    end() {
      telling.cancel();
      run.end();
      served.close();
    },
  };
}

/** What a run is given of the world; `never` are the languages that are left as they are. */
export const depsWith = (never: readonly string[]): PageRunDeps => ({
  look: lookAtPage,
  connectPage,
  readDocument: readPageDocument,
  connect: activeConnection,
  check: async (connection) =>
    checkConnection(connection, { allowInsecure: await isInsecureAllowed(connection.provider.id) }),
  connected: connectedModels,
  openGlossary: openRunGlossary,
  checkFits: checkFitsOrSections,
  async createEngine({ inSections, ...options }: EngineOptions) {
    void loadModels();
    const rest = { ...options, never, cache: translationStore };
    const sections = inSections && (await sectionsOf(options.document, options.connection.model));
    if (!sections) return createTranslation(rest);
    // A section is no document of a chat.
    const { chatId: _, ...own } = rest;
    const engines = sections.map((document) => createTranslation({ ...own, document }));
    return createSectionedRun(engines, createSectionFinder(sections));
  },
  neverTranslatedSite,
  mainLanguage: (units) => mainLanguageOf(units),
  async mustAsk(price, total = price) {
    if (price.amount > 0 && inDollars(total) > askedAbove) return true;
    return (await capOver(price)) !== undefined;
  },
  agreed: async (price) => void (await capOver(price, new Set(['spending']))),
  labels: () => ({ again: t('translation.againHere'), busy: t('translation.busyHere') }),
});

/** @throws AppError too-long, with the numbers and in how many sections it can be read */
async function checkFitsOrSections(options: EngineOptions): Promise<void> {
  try {
    await checkFits(options);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'too-long') throw error;
    const sections = await sectionsOf(options.document, options.connection.model);
    throw new AppError('too-long', { ...error.facts, ...(sections && { sections: sections.length }) }, error);
  }
}

/** The limit of spending that the user set, where this passes it; with their consent it is remembered. */
const capOver = (price: Money, agreed?: ReadonlySet<'spending' | 'memory'>) =>
  overCap(price, noChat, panelSurroundings, agreed, Date.now);
