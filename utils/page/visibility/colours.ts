/** A colour in sRGB, 0 to 255 a channel, with its opacity from 0 to 1. */
export interface Colour {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

export const white: Colour = { red: 255, green: 255, blue: 255, alpha: 1 };

const known = new Map<string, Colour | undefined>();
/** Pages use few colours; one that makes thousands up must not fill the memory. */
const maximumKnown = 2000;

/**
 * Reads a colour as `getComputedStyle` gives it: `rgb()`, `oklch()`, `lab()`, `color()` and the like.
 * Undefined for anything else, `none` and `url()` among them.
 */
export function parseColour(text: string): Colour | undefined {
  const before = known.get(text);
  if (before || known.has(text)) return before;
  const colour = readColour(text);
  if (known.size < maximumKnown) known.set(text, colour);
  return colour;
}

function readColour(text: string): Colour | undefined {
  if (text === 'transparent') return { ...white, alpha: 0 };
  const match = /^(rgba?|oklab|oklch|lab|lch|color)\(([^()]{1,200})\)$/.exec(text);
  if (!match) return undefined;
  const words = (match[2] ?? '').split(/[\s,/]+/).filter((word) => word !== '');
  const space = match[1] === 'color' ? words.shift() : match[1];
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, alpha = 1] = words.map(readNumber);
  if (Number.isNaN(a + b + c + alpha)) return undefined;
  const channels = toChannels(space ?? '', a, b, c);
  return channels && { red: channels[0], green: channels[1], blue: channels[2], alpha };
}

const readNumber = (word: string) =>
  word === 'none' ? 0 : word.endsWith('%') ? Number(word.slice(0, -1)) / 100 : Number(word);

type Triple = [number, number, number];

function toChannels(space: string, a: number, b: number, c: number): Triple | undefined {
  const turn = (degrees: number): [number, number] => [
    b * Math.cos((degrees * Math.PI) / 180),
    b * Math.sin((degrees * Math.PI) / 180),
  ];
  switch (space) {
    case 'rgb':
    case 'rgba':
      return [a, b, c];
    case 'srgb':
      return [a * 255, b * 255, c * 255];
    case 'display-p3':
      // The primaries differ; for telling text from its background the channels are near enough.
      return [a * 255, b * 255, c * 255];
    case 'srgb-linear':
      return [encode(a), encode(b), encode(c)];
    case 'oklab':
      return fromOklab(a, b, c);
    case 'oklch':
      return fromOklab(a, ...turn(c));
    case 'lab':
      return fromLab(a, b, c);
    case 'lch':
      return fromLab(a, ...turn(c));
    default:
      return undefined;
  }
}

/** CSS Color 4, section 18, sample code: OKLab to linear sRGB. */
function fromOklab(lightness: number, a: number, b: number): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** CSS Color 4, section 18, sample code: CIE Lab (D50) to linear sRGB. */
function fromLab(lightness: number, a: number, b: number): Triple {
  const y = (lightness + 16) / 116;
  const lift = (value: number) => (value ** 3 > 216 / 24389 ? value ** 3 : (116 * value - 16) / (24389 / 27));
  const X = lift(y + a / 500) * 0.96429568;
  const Y = lift(y);
  const Z = lift(y - b / 200) * 0.8251046;
  return [
    encode(3.1341359 * X - 1.6173863 * Y - 0.4906619 * Z),
    encode(-0.9787955 * X + 1.9161415 * Y + 0.0334541 * Z),
    encode(0.0719453 * X - 0.2289914 * Y + 1.4052427 * Z),
  ];
}

function encode(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
}

/** The colour that is seen when `above` lies over an opaque colour. */
export function blend(above: Colour, below: Colour): Colour {
  const mix = (top: number, bottom: number) => top * above.alpha + bottom * (1 - above.alpha);
  return {
    red: mix(above.red, below.red),
    green: mix(above.green, below.green),
    blue: mix(above.blue, below.blue),
    alpha: 1,
  };
}

/** Contrast of two opaque colours, 1 to 21, as WCAG 2.2 defines it. */
function contrast(one: Colour, other: Colour): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance({ red, green, blue }: Colour): number {
  const linear = (channel: number) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/**
 * True when nobody can tell the two opaque colours apart as text and background. Contrast alone is not enough:
 * red on green of the same lightness can be read.
 */
export function looksAlike(one: Colour, other: Colour): boolean {
  const farthest = Math.max(
    Math.abs(one.red - other.red),
    Math.abs(one.green - other.green),
    Math.abs(one.blue - other.blue),
  );
  return farthest <= 32 && contrast(one, other) <= 1.1;
}

/**
 * The only colour of a computed `background-image` or `mask-image`, when it is a gradient of one colour.
 * Undefined for pictures and for gradients of several.
 */
export function onlyColour(image: string): Colour | undefined {
  if (image.length > 2000 || image.includes('url(')) return undefined;
  const colours = image.match(/(?:rgba?|oklab|oklch|lab|lch|color)\([^()]{1,200}\)/g) ?? [];
  const [first] = colours;
  return first && colours.every((colour) => colour === first) ? parseColour(first) : undefined;
}
