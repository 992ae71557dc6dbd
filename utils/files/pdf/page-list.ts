/** Page numbers in ascending order as a reader writes them: `3, 7–9`. */
export function pageList(numbers: number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < numbers.length; ) {
    const from = numbers[index] ?? 0;
    let to = from;
    while (numbers[index + 1] === to + 1) {
      to++;
      index++;
    }
    parts.push(to === from ? String(from) : `${from}–${to}`);
    index++;
  }
  return parts.join(', ');
}

/** The numbers that a list of pages names, in ascending order; what is no list names none. */
export function pagesIn(list: string): number[] {
  const numbers = new Set<number>();
  for (const part of list.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,7})(?:[–-](\d{1,7}))?\s*$/.exec(part) ?? [];
    for (let number = Number(first); number <= Number(last); number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}
