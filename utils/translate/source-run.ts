import type { MeasuredSource } from '../context/compose';
import { createPageRun } from './page-run';
import type { PageRun, PageRunDeps } from './page-run-types';
import { createReadingTexts, type ReadingTexts } from './reading-texts';
import { type CutSource, cutInSteps } from './source-units';
import type { Display } from './types';

/**
 * Any source, translated where it is read and not in a page: the same run as that of a page, with the passages of the
 * source in the place of the page.
 */

export interface SourceReading {
  entry: MeasuredSource;
  cut: CutSource;
  texts: ReadingTexts;
  run: PageRun;
  /** These passages are on the screen: they come first, what is below them next. */
  look(passages: { first: number; last: number }): void;
}

export type SourceRunDeps = Omit<PageRunDeps, 'look' | 'connectPage' | 'readDocument'>;

export interface SourceReadingOptions {
  entry: MeasuredSource;
  /** BCP 47 tag of the language of the translation. */
  lang: string;
  display?: Display;
  /** The chat that has the same source as its first. */
  chatId?: string;
  onOver?: () => void;
}

/** Milliseconds of work between two pauses in which the screen is drawn. */
const slice = 12;

/** Cuts a source without keeping anybody waiting, however long it is. */
export async function cutSlowly(source: MeasuredSource['source']): Promise<CutSource> {
  const steps = cutInSteps(source);
  for (;;) {
    for (const end = performance.now() + slice; performance.now() < end; ) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}

export function createSourceReading(
  cut: CutSource,
  { entry, lang, display, chatId, onOver }: SourceReadingOptions,
  deps: SourceRunDeps,
): SourceReading {
  const { source } = entry;
  const texts = createReadingTexts();
  let order: number[] = [];
  let told: ((units: number[]) => void) | undefined;
  const run = createPageRun(
    {
      tabId: 0,
      windowId: 0,
      place: 'panel',
      lang,
      ...(display ? { display } : {}),
      ...(onOver ? { onOver } : {}),
    },
    {
      ...deps,
      look: async () => ({
        hasOther: false,
        hasOurs: false,
        // What has no address has terms of its own all the same.
        url: source.url ?? `source:${source.id}`,
        title: source.title,
        lang: source.lang ?? '',
      }),
      readDocument: async () => ({ document: entry, ...(chatId ? { chatId } : {}) }),
      connectPage: async (_tab, { message }) => {
        told = (units) => message({ type: 'order', units });
        return {
          send(sent) {
            texts.take(sent);
            if (sent.type === 'start') {
              texts.clear();
              message({ type: 'order', units: order });
              message({ type: 'units', units: cut.units, complete: true });
            } else if (sent.type === 'undo') message({ type: 'undone' });
          },
          close() {
            told = undefined;
          },
        };
      },
    },
  );
  return {
    entry,
    cut,
    texts,
    run,
    look({ first, last }) {
      const place = ({ passage }: { passage: number }) =>
        passage >= first && passage <= last ? 0 : passage > last ? 1 : 2;
      order = cut.units
        .toSorted((one, other) => place(one) - place(other) || one.id - other.id)
        .map(({ id }) => id);
      told?.(order);
    },
  };
}
