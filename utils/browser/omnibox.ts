import { browser } from 'wxt/browser';

/** What a page is called in the list under the address bar. Chrome takes XML there and puts the input for `%s`. */
export function suggestion(sentence: string): string {
  if (import.meta.env.FIREFOX) return sentence;
  const plain = sentence.replaceAll('%s', '%\u200bs').replace(/[\p{Cc}\p{Noncharacter_Code_Point}]/gu, ' ');
  return plain.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** Sets what the first line under the address bar says while something is typed behind the keyword. */
export function suggest(sentence: string): void {
  browser.omnibox.setDefaultSuggestion({ description: suggestion(sentence) });
}
