import type { MeasuredSource } from '../context/compose';
import { openGlossary, placeOf } from './glossary';
import { targetLanguage } from './languages';
import { locate } from './locate';
import { selectionAsked } from './selection';

/** How words of a page are asked to be translated as a turn of the chat about it: as in the bubble. */
export async function askTranslation(
  words: string,
  document: MeasuredSource,
): Promise<{ question: string; instructions: string }> {
  const lang = await targetLanguage();
  const glossary = await openGlossary({ place: placeOf(document.source.url ?? '', lang) });
  const paragraphs = locate(document.source, { text: words, before: '', after: '' });
  return selectionAsked({ document, selection: { text: words, paragraphs }, lang, glossary });
}
