/** Links that stand in a question, each of which can be read as a source. */

/** An address up to a blank, a quotation mark or the punctuation of Chinese and Japanese, in which none can stand. */
const address = /https?:\/\/[^\s<>"'`“”‘’「」『』《》【】（），。；：！？、\u3000]+/gi;

/** More links at once than this are a list to be kept as it is. */
const most = 20;

/** The addresses in a text, each once, in their order. */
export function linksIn(text: string): string[] {
  const links = new Set<string>();
  for (const [found] of text.matchAll(address)) {
    const link = withoutWords(found);
    if (URL.parse(link)?.hostname) links.add(link);
  }
  return links.size > most ? [] : [...links];
}

/** Whether there is nothing in the text but these links. */
export const isOnlyLinks = (text: string, links: readonly string[]): boolean =>
  links
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, link) => rest.replaceAll(link, ''), text)
    .trim() === '';

/** Without what the sentence around it has put behind the address. */
function withoutWords(found: string): string {
  // Chinese words are written right behind an address; inside of one they begin a part of it.
  const words =
    /(?<![/=_\-#.%\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  const end = found.search(words);
  let link = (end < 0 ? found : found.slice(0, end)).replace(/[.,;:!?…]+$/, '');
  // A bracket that was opened before the address closes behind it.
  for (const [open, close] of ['()', '[]'])
    while (link.endsWith(close ?? '') && link.split(open ?? '').length < link.split(close ?? '').length)
      link = link.slice(0, -1).replace(/[.,;:!?…]+$/, '');
  return link;
}
