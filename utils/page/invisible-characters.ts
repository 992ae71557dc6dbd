/**
 * Characters that nobody sees and that carry a message all the same: tag characters, variation selectors used as
 * bytes, zero-width characters used as bits, overrides of the direction, control characters. They are replaced by
 * marks that everybody sees, never deleted: what stood on the page can still be counted.
 */

/**
 * All that may be invisible: C0 and C1 controls except white space, the default-ignorable characters of Unicode 17
 * (DerivedCoreProperties.txt) except the soft hyphen, controls of direction and of annotations, lone surrogates.
 */
const suspicious =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: combining characters too, each by itself.
  /[\0-\x08\x0B\x0E-\x1F\x7F-\x84\x86-\x9F\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}\p{Surrogate}]/u;
const runs = new RegExp(`${suspicious.source}+`, 'gu');

const blackFlag = '\u{1F3F4}';
/** The rest of a flag of a region: tags for letters and digits, then the end tag (UTS 51, ED-14a). */
const flagTags = /^[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/u;

const selector = /^[\u180B-\u180D\u180F\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u;
/** Which selectors may follow which characters (StandardizedVariants.txt, emoji-variation-sequences.txt, UTS 37). */
const selectorRules: { selector: RegExp; base: RegExp }[] = [
  { selector: /[\uFE0E\uFE0F]/, base: /[\p{Emoji}\p{S}\p{P}\p{N}]/u },
  {
    selector: /[\uFE00-\uFE02]/,
    base: /[\p{S}\p{P}\p{N}\p{Script=Han}\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}]/u,
  },
  { selector: /[\uFE00-\uFE06]/, base: /\p{Script=Egyptian_Hieroglyphs}/u },
  { selector: /[\u180B-\u180D\u180F]/, base: /\p{Script=Mongolian}/u },
  { selector: /[\u{E0100}-\u{E01EF}]/u, base: /\p{Script=Han}/u },
];

/**
 * Joiners, zero-width spaces, marks, embeddings and isolates of direction, invisible operators: one or two of them are
 * typesetting. Overrides of direction (U+202D, U+202E) turn words round and never are.
 */
const zeroWidth = /[\u061C\u200B-\u200F\u202A-\u202C\u2060-\u2064\u2066-\u2069\uFEFF]|\u034F/u;
const mostTypesetting = 2;

/** Other invisible characters that belong to a script, and the characters beside which they do. */
const scriptRules: { character: RegExp; neighbour: RegExp }[] = [
  { character: /[\u17B4\u17B5]/u, neighbour: /\p{Script=Khmer}/u },
  { character: /\u180E/u, neighbour: /\p{Script=Mongolian}/u },
  { character: /[\u115F\u1160]/u, neighbour: /[\u1100-\u115E\u1161-\u11FF\uA960-\uA97C\uD7B0-\uD7FB]/u },
  { character: /[\u{1BCA0}-\u{1BCA3}]/u, neighbour: /\p{Script=Duployan}/u },
  { character: /[\u{1D173}-\u{1D17A}]/u, neighbour: /[\u{1D100}-\u{1D172}\u{1D17B}-\u{1D1FF}]/u },
];

/** Between these a joiner changes nothing that could be seen. */
const plain = /^(?:[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{N}\p{P}\p{Z}\n]|)$/u;
/** So many zero-width characters of several kinds between plain ones are bits: eight make a letter. */
const leastBits = 8;

/**
 * Replaces invisible characters that carry something by marks such as `⟦U+E0049 ×43⟧`, one for each run, named
 * after its first character. `count` says how many characters (code points) were replaced. What a script or an
 * emoji needs stays: joiners, zero-width spaces, flags, a selector after its base. Takes linear time.
 */
export function markInvisibleCharacters(text: string): { text: string; count: number } {
  if (!suspicious.test(text)) return { text, count: 0 };
  let count = 0;
  const bits = carriesBits(text);
  const marked = text.replace(runs, (run, at: number) => {
    const [before, after] = around(text, at, run.length);
    const answer = markRun([...run], {
      before,
      after,
      bits: bits && plain.test(before) && plain.test(after),
    });
    count += answer.count;
    return answer.text;
  });
  return { text: marked, count };
}

interface Surroundings {
  before: string;
  after: string;
  /** Zero-width characters here are bits, however few stand together. */
  bits: boolean;
}

function markRun(characters: string[], surroundings: Surroundings): { text: string; count: number } {
  let text = '';
  let count = 0;
  let waiting: string[] = [];
  const flush = () => {
    text += markOf(waiting);
    count += waiting.length;
    waiting = [];
  };
  for (let index = 0; index < characters.length; ) {
    const length = keptFrom(characters, index, surroundings);
    if (length > 0) {
      flush();
      text += characters.slice(index, index + length).join('');
      index += length;
    } else {
      // Of a row of zero-width characters that is too long all go, not all but the last two.
      const next = Math.max(index + 1, endOf(characters, index, zeroWidth));
      for (; index < next; index++) waiting.push(characters[index] ?? '');
    }
  }
  flush();
  return { text, count };
}

/** How many characters from `index` on stay as they are. */
function keptFrom(characters: string[], index: number, { before, after, bits }: Surroundings): number {
  const character = characters[index] ?? '';
  if (index === 0 && before === blackFlag) {
    const flag = flagTags.exec(characters.slice(0, 8).join(''));
    if (flag) return [...flag[0]].length;
  }
  if (selector.test(character)) {
    const valid = selectorRules.some((rule) => rule.selector.test(character) && rule.base.test(before));
    return index === 0 && valid ? 1 : 0;
  }
  if (zeroWidth.test(character)) {
    const length = endOf(characters, index, zeroWidth) - index;
    return length <= mostTypesetting && !bits ? length : 0;
  }
  const belongs = scriptRules.some(
    (rule) => rule.character.test(character) && (rule.neighbour.test(before) || rule.neighbour.test(after)),
  );
  return belongs && characters.length === 1 ? 1 : 0;
}

function endOf(characters: string[], start: number, kind: RegExp): number {
  let end = start;
  while (end < characters.length && kind.test(characters[end] ?? '')) end++;
  return end;
}

function markOf(characters: string[]): string {
  const [first] = characters;
  if (first === undefined) return '';
  const name = (first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return characters.length === 1 ? `⟦U+${name}⟧` : `⟦U+${name} ×${characters.length}⟧`;
}

/** The characters before and after a run; empty at the ends of the text. */
function around(text: string, at: number, length: number): [string, string] {
  const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
  const after = String.fromCodePoint(...[text.codePointAt(at + length) ?? []].flat());
  return [before, after];
}

/** True when zero-width characters of at least two kinds are strewn between plain ones, as a hidden message is. */
function carriesBits(text: string): boolean {
  const kinds = new Set<string>();
  let count = 0;
  for (const match of text.matchAll(/[\u200B-\u200D\u2060-\u2064\uFEFF]+/g)) {
    const [before, after] = around(text, match.index, match[0].length);
    if (!plain.test(before) || !plain.test(after)) continue;
    count += match[0].length;
    for (const character of match[0].slice(0, 8)) kinds.add(character);
  }
  return count >= leastBits && kinds.size >= 2;
}
