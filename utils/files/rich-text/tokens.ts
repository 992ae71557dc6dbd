/** What the bytes of an RTF file say, one piece after the other. */
export interface RtfHandler {
  open(): void;
  close(): void;
  /** `\word` with its number; a symbol like `\~` is a word of one sign. */
  word(name: string, value: number | undefined): void;
  /** A byte of text, from `\'e9` or as it is. */
  byte(value: number): void;
}

/** Reads all pieces of a file. Linear; nothing in it is looked at twice. */
export function readTokens(bytes: Uint8Array, handler: RtfHandler): void {
  let at = 0;
  const letter = (code: number | undefined) =>
    code !== undefined && ((code >= 97 && code <= 122) || (code >= 65 && code <= 90));
  const digit = (code: number | undefined) => code !== undefined && code >= 48 && code <= 57;
  while (at < bytes.length) {
    const code = bytes[at++] as number;
    if (code === 123) handler.open();
    else if (code === 125) handler.close();
    else if (code === 10 || code === 13 || code === 0) continue;
    else if (code !== 92) handler.byte(code);
    else {
      const first = bytes[at];
      if (first === undefined) return;
      if (!letter(first)) {
        at++;
        if (first === 39) {
          const digits = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
          // Without its two digits it says nothing.
          if (!/^[\da-f]{2}$/i.test(digits)) continue;
          at += 2;
          handler.byte(Number.parseInt(digits, 16));
        } else handler.word(first === 10 || first === 13 ? 'par' : String.fromCharCode(first), undefined);
        continue;
      }
      const start = at;
      while (letter(bytes[at]) && at - start < longestWord) at++;
      const name = String.fromCharCode(...bytes.subarray(start, at));
      let value: number | undefined;
      const numberStart = at;
      if (bytes[at] === 45) at++;
      while (digit(bytes[at]) && at - numberStart < 12) at++;
      if (digit(bytes[at - 1]) && at > numberStart)
        value = Number(String.fromCharCode(...bytes.subarray(numberStart, at)));
      else at = numberStart;
      if (bytes[at] === 32) at++;
      // What follows are bytes of a picture, and not text.
      if (name === 'bin') at += Math.max(0, value ?? 0);
      else handler.word(name, value);
    }
  }
}

/** Control words have at most 32 letters. */
const longestWord = 32;
