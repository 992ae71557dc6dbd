import { useEffect, useState, useSyncExternalStore } from 'react';
import { textsOf } from '@/utils/store/translation-runs';
import { type Glossary, openGlossary, placeOf } from '@/utils/translate/glossary';
import type { RunTexts, TranslationRun } from '@/utils/translate/run-types';
import type { Term } from '@/utils/translate/types';

const nothing: readonly Term[] = [];
const noTerms = () => nothing;
const noListener = () => () => {};

/** The glossary of a page and its terms, in whichever window they change; undefined while it is being opened. */
export function useGlossary(url: string, lang: string): { glossary?: Glossary; terms: readonly Term[] } {
  const [glossary, setGlossary] = useState<Glossary>();
  useEffect(() => {
    let isHere = true;
    let opened: Glossary | undefined;
    void openGlossary({ place: placeOf(url, lang) }).then((made) => {
      opened = made;
      if (isHere) setGlossary(made);
      else made.close();
    });
    return () => {
      isHere = false;
      opened?.close();
      setGlossary(undefined);
    };
  }, [url, lang]);
  const terms = useSyncExternalStore(glossary?.subscribe ?? noListener, glossary?.get ?? noTerms);
  return glossary ? { glossary, terms } : { terms };
}

/** Milliseconds between two times that a run is asked for its texts: they are the whole page. */
const askInterval = 1_500;

/** The texts of a run and their translations as they come; undefined without a run. */
export function useRunTexts(run: TranslationRun | undefined): RunTexts | undefined {
  const [texts, setTexts] = useState<RunTexts>();
  const { id, state, stage, inconsistent } = run ?? {};
  // A run is asked again when there is more of it, and when something was translated anew.
  const [asked, setAsked] = useState(0);
  const progress = JSON.stringify([id, stage, state?.done, state?.status, inconsistent]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the run is further than before
  useEffect(() => {
    if (!id) return setTexts(undefined);
    const wait = Math.max(0, asked + askInterval - Date.now());
    const timer = setTimeout(async () => {
      setAsked(Date.now());
      const found = await textsOf(id);
      if (found) setTexts(found);
    }, wait);
    return () => clearTimeout(timer);
  }, [progress]);
  return texts;
}
