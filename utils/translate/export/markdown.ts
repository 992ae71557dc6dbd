import { writePassage } from '../source-units';
import type { ReadingExport } from './types';

/** A source and its translation as Markdown. Nothing is left out: what has no translation stands as it is. */
export function readingMarkdown({ cut, title, url, layout, translationOf, words }: ReadingExport): string {
  const parts = [`# ${oneLine(title)}`];
  if (url) parts.push(`<${url}>`);
  parts.push(words.about);
  let page: number | undefined;
  for (const passage of cut.passages) {
    if (passage.page !== undefined && passage.page !== page) parts.push(`*${words.page(passage.page)}*`);
    page = passage.page;
    // The number is kept where it changes nothing of what is read.
    parts.push(`<!-- ¶${passage.number} -->`);
    const original = writePassage(passage, () => undefined);
    const isTranslated = passage.blocks.some(
      ({ unit }) => unit !== undefined && translationOf(unit) !== undefined,
    );
    if (layout === 'both' || !isTranslated) parts.push(original);
    if (isTranslated) parts.push(writePassage(passage, translationOf));
  }
  return `${parts.join('\n\n')}\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
