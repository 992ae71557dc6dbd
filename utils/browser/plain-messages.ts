/**
 * What the service worker has in the place of `intl-messageformat`, a third of it otherwise: a few messages with names
 * and numbers in them, and no forms that depend on a count. wxt.config.ts puts it there.
 */
export class IntlMessageFormat {
  readonly #message: string;
  readonly #locale: string;

  constructor(message: string, locale: string) {
    this.#message = message;
    this.#locale = locale;
  }

  /** Fills in `{name}` and `{name, number}`; an apostrophe that quotes nothing stands for itself. */
  format(values: Record<string, string | number>): string {
    return this.#message.replace(/\{(\w+)(, number)?\}/g, (_, name: string, isNumber?: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`“${name}” is missing in “${this.#message}”`);
      return isNumber ? new Intl.NumberFormat(this.#locale).format(Number(value)) : String(value);
    });
  }
}
