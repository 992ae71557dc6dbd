import { signOf } from '../office/symbols';

interface Field {
  instruction: string;
  /** Its result is being read, which is what is shown. */
  hasResult: boolean;
  link?: string;
  /** What it shows whatever it says: a box that is ticked. */
  sign?: string;
}

/** Fields that are open: a table of contents goes on over many paragraphs, and fields stand in fields. */
export class Fields {
  private readonly open: Field[] = [];
  /** How many of them are still telling what they are. */
  private telling = 0;
  private readonly held: string[] = [];

  /** False for what is an instruction, which nobody sees. */
  get isShown(): boolean {
    return this.telling === 0;
  }

  /** Where a link field around this place leads. */
  get link(): string | undefined {
    return this.open.at(-1)?.link;
  }

  begin(sign?: string): void {
    this.open.push({
      instruction: '',
      hasResult: false,
      ...(this.link ? { link: this.link } : {}),
      ...(sign ? { sign } : {}),
    });
    this.telling++;
  }

  instruction(text: string): void {
    const field = this.open.at(-1);
    if (field && !field.hasResult && field.instruction.length < 10_000) field.instruction += text;
  }

  separate(): void {
    const field = this.open.at(-1);
    if (!field || field.hasResult) return;
    field.hasResult = true;
    field.link = linkOf(field.instruction) ?? field.link;
    this.tell();
  }

  /** Ends the innermost field; what it shows without having a result. */
  end(): string {
    const field = this.open.pop();
    if (!field || field.hasResult) return '';
    this.tell();
    return this.isShown ? (field.sign ?? shownBy(field.instruction)) : '';
  }

  /** Words that stand in instructions, until it is certain that these end. */
  hold(text: string): void {
    this.held.push(text);
  }

  /** At the end of a part: words that a field held which never ended. They are shown after all. */
  rest(): string {
    return this.held.splice(0).join('');
  }

  private tell(): void {
    this.telling--;
    if (this.isShown) this.held.length = 0;
  }
}

/** The address in `HYPERLINK "https://…" \o "words"`. */
export function linkOf(instruction: string): string | undefined {
  const target = /^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]+))(.*)$/is.exec(instruction);
  return target ? (target[1] ?? target[2]) : undefined;
}

/** Signs and buttons are fields that have no result. */
function shownBy(instruction: string): string {
  const sign = /^\s*SYMBOL\s+(0x[\da-f]{1,6}|\d{1,7})(?:.*?\\f\s+"?([^"\\]+?)"?\s*(?:\\|$))?/i.exec(
    instruction,
  );
  if (sign) return signOf(Number(sign[1]), sign[2]?.trim() ?? '');
  const button = /^\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*?)\s*$/is.exec(instruction);
  return button?.[1] ?? '';
}
