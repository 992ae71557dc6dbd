import type { Part } from '../types';

type Delta = Extract<Part, { type: 'text-delta' | 'thinking-delta' }>;

const opening = /^\s*<think(?:ing)?>/;
const closing = /<\/think(?:ing)?>\s*/;
/** What may still become an opening tag, and the longest end of a text that may still become a closing one. */
const perhapsOpening = /^\s*(?:<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?)?$/;
const perhapsClosing = /<(?:\/(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?)?$|<\/think(?:ing)?>\s*$/;

/**
 * Tells thinking from the answer where a local server does not: models write it into the text, between `<think>` and
 * `</think>`, before anything else. Tags anywhere else in an answer are part of the answer. No character is lost but
 * the tags and the white space behind them.
 */
export class ThinkTags {
  #state: 'before' | 'opened' | 'thinking' | 'after' | 'answer' = 'before';
  #held = '';

  /** Takes the next piece of text; gives what is certain by now. */
  push(text: string): Delta[] {
    if (this.#state === 'answer') return text ? [{ type: 'text-delta', text }] : [];
    this.#held += text;
    if (this.#state === 'before') {
      const tag = opening.exec(this.#held);
      if (tag) {
        this.#state = 'opened';
        this.#held = this.#held.slice(tag[0].length);
      } else if (perhapsOpening.test(this.#held)) return [];
      else return this.#answer();
    }
    if (this.#state === 'opened') {
      this.#held = this.#held.trimStart();
      if (!this.#held) return [];
      this.#state = 'thinking';
    }
    return this.#state === 'thinking' ? this.#think() : this.#trim();
  }

  /** The server has said by itself what is thinking: the text has no tags. */
  settle(): void {
    if (this.#state === 'before' && !this.#held) this.#state = 'answer';
  }

  /** Gives what was held back when the stream is over. */
  flush(): Delta[] {
    const text = this.#held;
    this.#held = '';
    if (!text) return [];
    if (this.#state === 'thinking') return [{ type: 'thinking-delta', text }];
    return this.#state === 'before' ? [{ type: 'text-delta', text }] : [];
  }

  #think(): Delta[] {
    const tag = closing.exec(this.#held);
    const end = tag ? tag.index : (perhapsClosing.exec(this.#held)?.index ?? this.#held.length);
    const thought = this.#held.slice(0, end);
    const deltas: Delta[] = thought ? [{ type: 'thinking-delta', text: thought }] : [];
    this.#held = this.#held.slice(end + (tag ? tag[0].length : 0));
    if (!tag) return deltas;
    this.#state = 'after';
    return [...deltas, ...this.#trim()];
  }

  /** White space behind the closing tag may come in several pieces. */
  #trim(): Delta[] {
    this.#held = this.#held.trimStart();
    return this.#held ? this.#answer() : [];
  }

  #answer(): Delta[] {
    this.#state = 'answer';
    const text = this.#held;
    this.#held = '';
    return [{ type: 'text-delta', text }];
  }
}
