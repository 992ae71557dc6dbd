import { cleanGlyph, isGibberish, isWide, lastCharacter, sizeOf } from './characters';
import type { Ground } from './graphics';
import {
  type InterpretOptions,
  interpret,
  type Operators,
  type PdfFont,
  type Show,
  type Sink,
} from './interpret';
import type { Box } from './matrix';
import { contains } from './matrix';
import type { HiddenReason, PageText, Run } from './types';

/** Smaller letters, in points, are not printed to be read. */
const smallestSize = 1;
/** A gap of more than this share of the size is a space: kerning is less, the tightest justified line has more. */
const spaceGap = 0.13;
/** The same between characters that are written without spaces, where justified lines stretch. */
const wideSpaceGap = 0.6;
/** A wider gap, in sizes, ends a run. */
const runGap = 0.9;
const sampleLength = 60;

export interface PageTextOptions extends InterpretOptions {
  number: number;
  width: number;
  height: number;
  links: { box: Box; url: string }[];
}

interface Direction {
  runs: Run[];
  characters: number;
}

/** Collects glyphs into runs, per direction of writing, and counts those that nobody can see. */
class Collector implements Sink {
  readonly directions = new Map<number, Direction>();
  /** Invisible text, which belongs to the page when it lies over a scan. */
  readonly invisible: { run: Run; angle: number; x: number; y: number }[] = [];
  hiddenSize = 0;
  sample = '';

  private readonly page: PageTextOptions;
  private show!: Show;
  private ground!: Ground;
  private bold = false;
  private mono = false;
  /** Why everything in this style is hidden, or that places must be looked at one by one. */
  private reason: HiddenReason | 'by place' | undefined;
  private readonly styles = new Map<string, { bold: boolean; mono: boolean }>();
  private angle = 0;
  private cosine = 1;
  private sine = 0;
  private run?: Run;
  private runReason?: HiddenReason;
  private runAngle = 0;
  /** Where the next glyph stands when it follows without a gap. */
  private next = 0;

  constructor(page: PageTextOptions) {
    this.page = page;
  }

  begin(show: Show, ground: Ground): void {
    this.show = show;
    this.ground = ground;
    let style = this.styles.get(show.font);
    if (!style) {
      const font = this.page.fontOf(show.font);
      style = { bold: isBold(font), mono: isMono(font) };
      this.styles.set(show.font, style);
    }
    this.bold = style.bold;
    this.mono = style.mono;
    this.reason = this.reasonOf(show);
    const degrees = Math.round((Math.atan2(show.direction.y, show.direction.x) * 180) / Math.PI);
    // A scan that is a little askew still has lines.
    const upright = Math.round(degrees / 90) * 90;
    this.angle = (Math.abs(degrees - upright) <= 10 ? upright : degrees + 360) % 360;
    this.cosine = Math.cos((this.angle * Math.PI) / 180);
    this.sine = Math.sin((this.angle * Math.PI) / 180);
  }

  glyph(unicode: string, x: number, y: number, width: number, advance: number): void {
    const text = cleanGlyph(unicode);
    // Coordinates along the line and across it.
    const along = x * this.cosine + y * this.sine;
    const across = y * this.cosine - x * this.sine;
    const { size } = this.show;
    if (text.trim() === '') {
      // A space that is written is a space however narrow it is.
      if (text && this.run && this.isSameLine(across) && !this.run.text.endsWith(' ')) this.run.text += ' ';
      if (this.run && this.isSameLine(across)) this.next = along + advance;
      return;
    }
    const centre = { x: x + (this.cosine * width) / 2, y: y + (this.sine * width) / 2 };
    const reason = this.reasonAt(centre.x, centre.y);
    const { links } = this.page;
    const link =
      links.length === 0
        ? undefined
        : links.find(({ box }) => contains(box, centre.x, centre.y - (this.angle ? 0 : size / 4)))?.url;
    const gap = along - this.next;
    const { run } = this;
    if (
      run &&
      this.runReason === reason &&
      this.runAngle === this.angle &&
      run.link === link &&
      run.size === size &&
      run.bold === this.bold &&
      this.isSameLine(across) &&
      gap > -0.25 * size &&
      gap < runGap * size
    ) {
      const threshold = isWide(text) && isWide(lastCharacter(run.text.trimEnd())) ? wideSpaceGap : spaceGap;
      if (gap > threshold * size && !run.text.endsWith(' ')) run.text += ' ';
      run.text += text;
      run.x1 = along + width;
    } else {
      this.flush();
      this.run = {
        text,
        x0: along,
        x1: along + width,
        y: across,
        size,
        bold: this.bold,
        mono: this.mono,
        ...(link ? { link } : {}),
      };
      this.runReason = reason;
      this.runAngle = this.angle;
      if (reason === 'invisible') this.invisible.push({ run: this.run, angle: this.angle, ...centre });
    }
    this.next = along + advance;
  }

  private isSameLine(across: number): boolean {
    return this.run !== undefined && Math.abs(this.run.y - across) < 0.08 * this.run.size;
  }

  private reasonOf({ size, state, layerHidden }: Show): HiddenReason | 'by place' | undefined {
    if (size < smallestSize) return 'too small';
    if (layerHidden) return 'hidden layer';
    if (state.mode === 3 || state.mode === 7 || state.fillAlpha === 0) return 'invisible';
    // Outlined letters have another colour too.
    if (state.mode % 4 === 1) return undefined;
    return this.ground.mayHide(state.fill) ? 'by place' : undefined;
  }

  private reasonAt(x: number, y: number): HiddenReason | undefined {
    const { width, height } = this.page;
    if (x < 0 || y < 0 || x > width || y > height) return 'outside the page';
    if (this.reason !== 'by place') return this.reason;
    const { size, state } = this.show;
    return this.ground.hides(state.fill, x, y - size / 4) ? 'colour of the ground' : undefined;
  }

  /** Puts the run under way where it belongs. */
  flush(): void {
    const { run, runReason } = this;
    this.run = undefined;
    if (!run) return;
    if (runReason === undefined) this.keep(run, this.runAngle);
    else if (runReason !== 'invisible') this.hide(run);
  }

  keep(run: Run, angle: number): void {
    const direction = this.directions.get(angle) ?? { runs: [], characters: 0 };
    this.directions.set(angle, direction);
    direction.runs.push(run);
    direction.characters += run.text.length;
  }

  hide(run: Run): void {
    this.hiddenSize += sizeOf(run.text);
    if (this.sample.length < sampleLength)
      this.sample = `${this.sample} ${run.text}`.trim().slice(0, sampleLength);
  }
}

/** The text of one page from its operators. */
export function pageText(operators: Operators, page: PageTextOptions): PageText {
  const collector = new Collector(page);
  const ground = interpret(operators, collector, page);
  collector.flush();
  const seesNothing = collector.directions.size === 0;
  for (const { run, angle, x, y } of collector.invisible) {
    // Text that a scanner's reading put over the picture is the page's text; elsewhere nobody is meant to see it.
    if (seesNothing || ground.hasPictureAt(x, y)) collector.keep(run, angle);
    else collector.hide(run);
  }
  const directions = [...collector.directions.values()].sort((a, b) => b.characters - a.characters);
  const isReadable = !isGibberish(directions.flatMap(({ runs }) => runs.map(({ text }) => text)).join(''));
  return {
    number: page.number,
    width: page.width,
    height: page.height,
    directions: isReadable ? directions.map(({ runs }) => runs) : [],
    hidden: { size: collector.hiddenSize, sample: collector.sample },
    drawn: ground.drawn || !isReadable,
  };
}

const isBold = (font: PdfFont | undefined) =>
  font?.bold === true ||
  font?.black === true ||
  /bold|black|heavy|semibold|demi(?!t)|[-,]bd\b|cmbx|-medi/i.test(font?.name ?? '');

const isMono = (font: PdfFont | undefined) =>
  font?.isMonospace === true ||
  /courier|mono(?!type)|consol|menlo|typewriter|cmtt|inconsolata/i.test(font?.name ?? '');
