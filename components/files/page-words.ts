/** `3, 7–9`: numbers of pages as a reader writes them. */
export function pagesInWords(pages: readonly number[] = []): string {
  const parts: string[] = [];
  for (let index = 0; index < pages.length; index++) {
    const from = pages[index] ?? 0;
    let to = from;
    while (pages[index + 1] === to + 1) {
      to++;
      index++;
    }
    parts.push(to === from ? String(from) : `${from}–${to}`);
  }
  return parts.join(', ');
}
