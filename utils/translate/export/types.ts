import type { CutSource } from '../source-units';

/** What a source is written into a file from. */
export interface ReadingExport {
  cut: CutSource;
  title: string;
  url?: string;
  /** BCP 47 tag of the source, where it is known. */
  sourceLang?: string;
  /** BCP 47 tag of the translation. */
  lang: string;
  layout: 'translation' | 'both';
  translationOf: (unit: number) => string | undefined;
  /** What the file says in the language of the interface. */
  words: {
    /** One line: from which language into which, by what, and when. */
    about: string;
    page: (page: number) => string;
  };
}
