/** Finding settings by their words. */

/** Width, case and composition do not count: `ＡＰＩ` is `api`. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The words of a query; all of them have to be there. */
export const termsOf = (query: string): string[] => fold(query).split(/\s+/).filter(Boolean);

/** Whether each word of a query stands in one of these texts. An empty query finds everything. */
export function matches(query: string, texts: string[]): boolean {
  const all = fold(texts.join('\n'));
  return termsOf(query).every((term) => all.includes(term));
}

/** Where the words of a query stand in a text that is shown. */
export function placesIn(text: string, terms: string[]): [start: number, end: number][] {
  const folded = fold(text);
  // Folding that changes the length would mark the wrong letters.
  if (folded.length !== text.length) return [];
  return terms.flatMap((term) => {
    const found: [number, number][] = [];
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      found.push([at, at + term.length]);
    return found;
  });
}

/** The name under which the marks are registered with the browser, as the style sheet has it. */
const markName = 'settings-search';

/** Marks the words of a query in what is shown inside these elements, without a change to the document. */
export function markWords(inside: Iterable<Element>, query: string): void {
  const highlights = globalThis.CSS?.highlights;
  if (!highlights) return;
  const terms = termsOf(query);
  if (terms.length === 0) {
    highlights.delete(markName);
    return;
  }
  const ranges: Range[] = [];
  for (const element of inside) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [start, end] of placesIn(node.textContent ?? '', terms)) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
  }
  highlights.set(markName, new Highlight(...ranges));
}
