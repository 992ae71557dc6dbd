/** What we say to the model when a question is about some of the documents in the request only. */

/**
 * The first line of such a question. The documents that it is not about stay where they are, byte for byte: vendors
 * then have them from their caches. The caller stores the line, so that the same bytes are sent in later turns.
 * `numbers` are those of the documents that it is about, in their order; none when it is about no document at all.
 */
export function scopeLine(numbers: readonly number[]): string {
  if (numbers.length === 0) return 'About none of the documents above: answer without them.';
  const name = numbers.length === 1 ? 'document' : 'documents';
  return `About ${name} ${namesOf(numbers)} only. Leave the others aside.`;
}

/** “1, 3 and 7 to 19”: runs of three and more are named by their ends, so that 200 of them stay one short line. */
function namesOf(numbers: readonly number[]): string {
  const names = runsOf(numbers).map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  const last = names.pop() ?? '';
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last;
}

/** Ascending numbers as runs of three and more, and single ones. */
export function runsOf(numbers: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (let start = 0; start < numbers.length; ) {
    let end = start;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end++;
    const [first, last] = [numbers[start] ?? 0, numbers[end] ?? 0];
    if (end - start >= 2) runs.push([first, last]);
    else for (const one of numbers.slice(start, end + 1)) runs.push([one, one]);
    start = end + 1;
  }
  return runs;
}
