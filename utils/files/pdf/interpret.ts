import { type GraphicsState, Ground, initialState } from './graphics';
import { asMatrix, identity, type Matrix, multiply } from './matrix';

/** A glyph as pdf.js hands it over; a number among glyphs moves the text by thousandths of the size. */
interface PdfGlyph {
  unicode?: string;
  width?: number;
  /** Width, and the origin's place for vertical writing, in thousandths of the size. */
  vmetric?: [number, number, number];
  isSpace?: boolean;
}

export interface PdfFont {
  name?: string;
  bold?: boolean;
  black?: boolean;
  isMonospace?: boolean;
  vertical?: boolean;
  defaultVMetrics?: [number, number, number];
  fontMatrix?: number[];
}

export interface Operators {
  fnArray: ArrayLike<number>;
  argsArray: ArrayLike<unknown>;
}

/** Glyphs of one operator, which lie on one line in one style. Places are in the page's points, y downwards. */
export interface Show {
  font: string;
  size: number;
  vertical: boolean;
  /** The direction of writing, a unit vector. */
  direction: { x: number; y: number };
  /** How the text is drawn; undefined when it can be seen. */
  state: GraphicsState;
  layerHidden: boolean;
}

export interface Sink {
  begin(show: Show, ground: Ground): void;
  /** `advance` is the way to the next glyph's place, spacing included; `width` the glyph's own, both along the line. */
  glyph(text: string, x: number, y: number, width: number, advance: number): void;
}

/** pdf.js's numbers of the operators that matter for text. */
export type OperatorNumbers = Record<string, number>;

export interface InterpretOptions {
  numbers: OperatorNumbers;
  fontOf: (name: string) => PdfFont | undefined;
  /** Whether a layer (optional content) is shown. */
  isLayerShown: (layer: unknown) => boolean;
  /** From the PDF's coordinates to points of the upright page, y downwards. */
  view: Matrix;
}

const standardFontMatrix = [0.001, 0, 0, 0.001, 0, 0];
/** Deeper nesting of saved states than this is a fault of the file. */
const deepestState = 1_000;

/**
 * Goes through the operators of a page and tells `sink` each glyph with its place, and what was painted before it
 * (ISO 32000-1, chapters 8 and 9). pdf.js's own text extraction says neither colours nor weights, and drops what
 * is outside the page without a word.
 */
export function interpret({ fnArray, argsArray }: Operators, sink: Sink, options: InterpretOptions): Ground {
  const { numbers, view } = options;
  const ground = new Ground();
  const saved: GraphicsState[] = [];
  const layers: boolean[] = [];
  let state = initialState(view);
  let text = identity;
  let line = identity;
  /** A placed thing that nothing was painted in: a picture, as pictures are not decoded. */
  let placed: Matrix | undefined;

  const moveLine = (x: number, y: number) => {
    line = multiply(line, [1, 0, 0, 1, x, y]);
    text = line;
  };
  const save = () => {
    if (saved.length < deepestState) saved.push({ ...state });
  };
  const restore = () => {
    if (placed) ground.picture(placed);
    placed = undefined;
    state = saved.pop() ?? state;
  };
  const actions: Record<string, (args: readonly unknown[]) => void> = {
    save,
    restore,
    transform: (args) => {
      state.matrix = multiply(state.matrix, asMatrix(args));
      placed = state.matrix;
    },
    paintFormXObjectBegin: ([matrix]) => {
      placed = undefined;
      save();
      state.matrix = multiply(state.matrix, asMatrix(matrix));
    },
    paintFormXObjectEnd: restore,
    beginAnnotation: ([, , transform, matrix]) => {
      save();
      state = initialState(multiply(multiply(view, asMatrix(transform)), asMatrix(matrix)));
    },
    endAnnotation: restore,
    beginText: () => {
      text = identity;
      line = identity;
    },
    setCharSpacing: ([value]) => {
      state.characterSpacing = numberOf(value);
    },
    setWordSpacing: ([value]) => {
      state.wordSpacing = numberOf(value);
    },
    setHScale: ([value]) => {
      state.stretch = numberOf(value) / 100;
    },
    setLeading: ([value]) => {
      state.leading = -numberOf(value);
    },
    setFont: ([name, size]) => {
      state.font = String(name);
      state.size = numberOf(size);
    },
    setTextRenderingMode: ([value]) => {
      state.mode = numberOf(value);
    },
    setTextRise: ([value]) => {
      state.rise = numberOf(value);
    },
    moveText: ([x, y]) => moveLine(numberOf(x), numberOf(y)),
    setLeadingMoveText: ([x, y]) => {
      state.leading = numberOf(y);
      moveLine(numberOf(x), numberOf(y));
    },
    setTextMatrix: (args) => {
      // pdf.js hands the matrix over as one argument or as six.
      text = asMatrix(args.length === 1 ? args[0] : args);
      line = text;
    },
    nextLine: () => moveLine(0, state.leading),
    setFillRGBColor: ([color]) => {
      state.fill = typeof color === 'string' ? color : undefined;
    },
    setFillColorN: () => {
      state.fill = undefined;
    },
    setFillTransparent: () => {
      state.fillAlpha = 0;
    },
    setGState: ([changes]) => {
      for (const [name, value] of (changes ?? []) as [string, unknown][]) {
        if (name === 'ca') state.fillAlpha = numberOf(value);
        if (name === 'Font') [state.font, state.size] = value as [string, number];
      }
    },
    shadingFill: () => {
      ground.drawn = true;
    },
    beginMarkedContent: () => layers.push(true),
    beginMarkedContentProps: ([tag, layer]) =>
      layers.push(tag !== 'OC' || !layer || options.isLayerShown(layer)),
    endMarkedContent: () => layers.pop(),
    showText: ([glyphs]) => {
      placed = undefined;
      const showing = { state, text, layerHidden: layers.includes(false), ground, sink, options };
      text = showGlyphs((glyphs ?? []) as (PdfGlyph | number | null)[], showing);
    },
    constructPath: ([operation, , box]) => {
      placed = undefined;
      const isFilled = fills.some((name) => numbers[name] === operation);
      if (isFilled && box)
        ground.fill(
          state.matrix,
          Array.from(box as ArrayLike<number>),
          state.fillAlpha < 1 ? undefined : state.fill,
        );
      else if (operation !== numbers.endPath) ground.drawn = true;
    },
  };
  const table: ((args: readonly unknown[]) => void)[] = [];
  for (const [name, action] of Object.entries(actions)) {
    const number = numbers[name];
    if (number !== undefined) table[number] = action;
  }
  const images = new Set(imageOperators.map((name) => numbers[name]));
  for (let index = 0; index < fnArray.length; index++) {
    const number = fnArray[index] ?? 0;
    if (images.has(number)) ground.picture(state.matrix);
    table[number]?.(Array.isArray(argsArray[index]) ? (argsArray[index] as unknown[]) : []);
  }
  return ground;
}

const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

const fills = ['fill', 'eoFill', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke'];
const imageOperators = [
  'paintImageXObject',
  'paintInlineImageXObject',
  'paintImageMaskXObject',
  'paintSolidColorImageMask',
];

interface Showing {
  state: GraphicsState;
  text: Matrix;
  layerHidden: boolean;
  ground: Ground;
  sink: Sink;
  options: InterpretOptions;
}

/** Tells the sink the glyphs of one operator; returns the text matrix after them. */
function showGlyphs(
  glyphs: (PdfGlyph | number | null)[],
  { state, text, layerHidden, ground, sink, options }: Showing,
): Matrix {
  const font = options.fontOf(state.font);
  const vertical = font?.vertical === true;
  const unit = (font?.fontMatrix ?? standardFontMatrix)[0] || 0.001;
  const { size, stretch } = state;
  const [a, b, c, d, e, f] = multiply(state.matrix, text);
  // The scale along the line and across it, and the direction of the line on the page.
  const along = vertical ? Math.hypot(c, d) : Math.hypot(a, b);
  const across = vertical ? Math.hypot(a, b) : Math.hypot(c, d);
  if (!(along > 0 && across > 0) || !Number.isFinite(e + f + size)) return text;
  // Vertical writing goes against the text's y axis.
  const sign = (vertical ? -1 : 1) * Math.sign(size || 1);
  const direction = vertical
    ? { x: (sign * c) / along, y: (sign * d) / along }
    : { x: (sign * a) / along, y: (sign * b) / along };
  const body = Math.abs(size) * across;
  sink.begin({ font: state.font, size: body, vertical, direction, state, layerHidden }, ground);
  const step = along * (vertical ? 1 : stretch);
  const originX = e + (vertical ? 0 : c * state.rise);
  const originY = f + (vertical ? 0 : d * state.rise);
  let position = 0; // along the line, in the page's points
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') {
      position += (vertical ? 1 : -1) * (glyph / 1_000) * Math.abs(size) * step;
      continue;
    }
    if (!glyph) continue;
    const width = vertical
      ? Math.abs((glyph.vmetric ?? font?.defaultVMetrics ?? [-1_000])[0] * Math.abs(size) * 0.001 * along)
      : (glyph.width ?? 0) * unit * Math.abs(size) * step;
    const spacing =
      (vertical ? -1 : 1) * (state.characterSpacing + (glyph.isSpace ? state.wordSpacing : 0)) * step;
    sink.glyph(
      glyph.unicode ?? '',
      originX + position * direction.x,
      originY + position * direction.y,
      width,
      width + spacing,
    );
    position += width + spacing;
  }
  // Back to text space: the way along the line, in the units of the text matrix.
  const moved = (position / along) * sign;
  return multiply(text, vertical ? [1, 0, 0, 1, 0, moved] : [1, 0, 0, 1, moved, 0]);
}
