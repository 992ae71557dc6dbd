import { signOf } from '../office/symbols';
import { levelOfName, roleOfName, type StyleRole } from '../word/styles';
import { codePageOf, decodeBytes } from './code-pages';

interface Style {
  level?: number;
  role?: StyleRole;
}

interface Font {
  name: string;
  codePage?: number;
  isSymbol: boolean;
}

/** Longer names of fonts and styles say nothing more. */
const longestName = 100;

/** What the head of an RTF file says: fonts with their encodings, and styles with their names. */
export class Definitions {
  defaultFont = -1;
  private codePage = 1252;
  private readonly fonts = new Map<number, Font>();
  private readonly styles = new Map<number, Style>();
  private font: Font | undefined;
  private style = { id: 0, name: '', level: undefined as number | undefined };

  styleOf(id: number): Style {
    return this.styles.get(id) ?? {};
  }

  /** A group of the table of styles has begun. */
  newStyle(): void {
    this.style = { id: 0, name: '', level: undefined };
  }

  /** Words that hold for the whole file. */
  file(word: string, value: number | undefined): void {
    if (word === 'ansicpg' && value) this.codePage = value;
    else if (word === 'mac') this.codePage = 10000;
    else if (word === 'deff') this.defaultFont = value ?? -1;
  }

  fontWord(word: string, value: number | undefined): void {
    if (word === 'f') {
      this.font = { name: '', isSymbol: false };
      this.fonts.set(value ?? -1, this.font);
    } else if (this.font && word === 'fcharset') {
      this.font.codePage = codePageOf(value ?? 0);
      this.font.isSymbol = value === 2;
    } else if (this.font && word === 'cpg' && value) this.font.codePage = value;
  }

  fontText(text: string): void {
    if (this.font && this.font.name.length < longestName) this.font.name += text.replace(/;.*$/s, '');
  }

  styleWord(word: string, value: number | undefined): void {
    if (word === 's') this.style.id = value ?? 0;
    else if (word === 'outlinelevel') this.style.level = value;
  }

  /** `heading 1;` ends the definition of a style; it may come in pieces. */
  styleText(text: string): void {
    const { style } = this;
    if (style.name.length > longestName) return;
    style.name += text.replace(/;.*$/s, '');
    const name = style.name.trim();
    const level = style.level !== undefined && style.level < 9 ? style.level + 1 : levelOfName(name);
    const role = roleOfName(name);
    this.styles.set(style.id, { ...(level === undefined ? {} : { level }), ...(role ? { role } : {}) });
  }

  /** A character that was written by its number; those of private use are the signs of their font. */
  character(code: number, font: number): string {
    const name = this.fonts.get(font === -1 ? this.defaultFont : font)?.name ?? '';
    return code >= 0xf000 && code <= 0xf0ff ? signOf(code, name) : String.fromCharCode(code);
  }

  /** Bytes of text in a font. */
  decode(bytes: readonly number[], font: number): string {
    const found = this.fonts.get(font === -1 ? this.defaultFont : font);
    if (found?.isSymbol && /^(?:symbol|wingdings)/i.test(found.name))
      return bytes.map((byte) => (byte === 32 ? ' ' : signOf(byte, found.name))).join('');
    return decodeBytes(bytes, found?.codePage ?? this.codePage);
  }
}
