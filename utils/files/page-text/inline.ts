/** Words inside a paragraph, with the white space that a browser would show. */

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Collects the words of one block. White space is collapsed; what was broken between Han or Kana is put together. */
export class Line {
  private pieces: string[] = [];
  private last = '';
  private hasWords = false;
  /** White space that waits for a word behind it: '' none, ' ' a space, '\n' a space that is a line end in the file. */
  private waiting = '';

  /** Words as the markup has them. */
  words(text: string): void {
    const parts = text.split(/[ \t\r\n\f]+/);
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.space(text);
      if (part !== '') this.put(part);
    }
  }

  /** Text that stays as it is. */
  exactly(text: string): void {
    if (text !== '') this.put(text);
  }

  break(): void {
    this.waiting = '';
    this.pieces.push('\n');
    this.last = '\n';
  }

  get isEmpty(): boolean {
    return !this.hasWords;
  }

  /** Whether a break came last, with nothing behind it. */
  get endsWithBreak(): boolean {
    return this.last === '\n';
  }

  /** The words, and an empty line from now on. */
  take(): string {
    const text = this.pieces.join('');
    this.pieces = [];
    this.last = '';
    this.waiting = '';
    this.hasWords = false;
    // Spaces at the ends of lines are not seen.
    return text.includes('\n')
      ? text
          .split('\n')
          .map((line) => line.trim())
          .join('\n')
          .replace(/^\n+|\n+$/g, '')
      : text.trim();
  }

  private space(text: string): void {
    if (this.last === '' || this.last === '\n') return;
    if (this.waiting === '') this.waiting = text.includes('\n') ? '\n' : ' ';
  }

  private put(part: string): void {
    if (this.waiting) {
      const isInside = this.waiting === '\n' && wide.test(this.last) && wide.test(part[0] ?? '');
      if (!isInside) this.pieces.push(' ');
      this.waiting = '';
    }
    this.pieces.push(part);
    this.hasWords = true;
    this.last = part.at(-1) ?? '';
  }
}
