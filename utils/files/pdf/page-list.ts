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
