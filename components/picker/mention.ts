/** `@` in a question: where it stands and what was typed after it. */

export interface Mention {
  /** Where the `@` stands, in UTF-16 units. */
  from: number;
  /** Where what was typed after it ends: at the caret. */
  to: number;
  query: string;
}

/**
 * An `@` at the beginning, after a space, or after a letter or mark of a script that has no spaces, and what follows
 * it up to the caret. In an address such as `ann@example.org` it is none.
 */
const shape =
  /(?:^|[\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Ps}\p{Pi}，。、；：？！])[@＠]([^\s@＠]{0,60})$/u;

/** Characters before the caret that are looked at: the longest mention with what stands before it. */
const looked = 70;

/** The mention in which the caret stands, where nothing is selected. */
export function mentionAt(text: string, caret: number): Mention | undefined {
  const found = shape.exec(text.slice(Math.max(0, caret - looked), caret));
  const query = found?.[1];
  return query === undefined ? undefined : { from: caret - query.length - 1, to: caret, query };
}

/** The text without the mention, and without the space that would be doubled then. */
export function withoutMention(text: string, { from, to }: Mention): { text: string; caret: number } {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const isDoubled = /(^|\s)$/.test(before) && /^\s/.test(after);
  return { text: before + (isDoubled ? after.slice(1) : after), caret: from };
}
