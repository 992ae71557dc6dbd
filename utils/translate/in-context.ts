/** The translation of what a bubble holds: the engine, with the glossary of the page. */

import type { TranslateOptions } from './bubble';
import { openGlossary, placeOf } from './glossary';
import { type SelectionUpdate, translateSelection } from './selection';

export async function* translateInContext({
  selected,
  paragraphs,
  ...options
}: TranslateOptions): AsyncGenerator<SelectionUpdate> {
  const place = placeOf(options.document.source.url ?? '', options.lang);
  const glossary = await openGlossary({ place });
  const selection = { text: selected.text, paragraphs };
  for await (const update of translateSelection({ ...options, selection, glossary })) {
    // What words were called here they are called in what is translated next.
    if (update.state === 'done')
      glossary.learn(update.terms.map(({ source, target, reason }) => ({ source, target, note: reason })));
    yield update;
  }
}
