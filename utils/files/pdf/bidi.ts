import { isRightToLeft } from './characters';

type Direction = 'left' | 'right';

const leftToRight = /[\p{L}\p{N}]/u;
const closing = /[)\]}»›]/;
const opening = /[([{«‹]/;
const mirrored: Record<string, string> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '«': '»',
  '»': '«',
  '‹': '›',
  '›': '‹',
};

/** Whether most letters of a line are written from the right to the left. */
export function readsFromRight(text: string): boolean {
  if (!isRightToLeft(text)) return false;
  const right = text.match(/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return right * 2 >= letters;
}

/**
 * A line of glyphs from the left to the right, in the order in which it is read and stored. Numbers and words of
 * other scripts keep their direction (a plain case of the Unicode bidirectional algorithm, run backwards).
 */
export function inReadingOrder(line: string): string {
  if (!isRightToLeft(line)) return line;
  const base: Direction = readsFromRight(line) ? 'right' : 'left';
  const characters = line.match(/.\p{Mn}*/gsu) ?? [];
  const directions = resolve(characters, base);
  const runs: { direction: Direction; characters: string[] }[] = [];
  for (const [index, character] of characters.entries()) {
    const direction = directions[index] ?? base;
    const last = runs.at(-1);
    if (last?.direction === direction) last.characters.push(character);
    else runs.push({ direction, characters: [character] });
  }
  if (base === 'right') runs.reverse();
  return runs
    .map((run) =>
      (run.direction === 'right' ? unmirrored(run.characters.reverse()) : run.characters).join(''),
    )
    .join('');
}

/** Characters without a direction take that of their neighbours when both agree, else the line's. */
function resolve(characters: string[], base: Direction): Direction[] {
  const own = characters.map((character): Direction | undefined => {
    if (isRightToLeft(character)) return 'right';
    return leftToRight.test(character) ? 'left' : undefined;
  });
  const result: Direction[] = [];
  let before: Direction = base;
  for (let index = 0; index < own.length; ) {
    const direction = own[index];
    if (direction) {
      result.push(direction);
      before = direction;
      index++;
      continue;
    }
    let end = index;
    while (end < own.length && !own[end]) end++;
    const after = own[end] ?? base;
    for (; index < end; index++) result.push(before === after ? before : base);
  }
  return result;
}

/** Some files name the bracket that is seen, others the one that is meant: the first of a pair opens it. */
function unmirrored(characters: string[]): string[] {
  const first = characters.find((character) => opening.test(character) || closing.test(character));
  if (!first || opening.test(first)) return characters;
  return characters.map((character) => mirrored[character] ?? character);
}
