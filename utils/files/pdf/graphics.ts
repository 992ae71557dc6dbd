import { type Box, boxOf, contains, identity, type Matrix } from './matrix';

/** The part of a PDF's graphics state that decides where text stands and whether it can be seen. */
export interface GraphicsState {
  matrix: Matrix;
  font: string;
  size: number;
  characterSpacing: number;
  wordSpacing: number;
  /** 1 is the font's own width. */
  stretch: number;
  leading: number;
  rise: number;
  /** ISO 32000-1, 9.3.6: 3 and 7 paint nothing. */
  mode: number;
  /** `#rrggbb`; undefined for patterns and shadings. */
  fill: string | undefined;
  fillAlpha: number;
}

export const initialState = (matrix: Matrix = identity): GraphicsState => ({
  matrix,
  font: '',
  size: 0,
  characterSpacing: 0,
  wordSpacing: 0,
  stretch: 1,
  leading: 0,
  rise: 0,
  mode: 0,
  fill: '#000000',
  fillAlpha: 1,
});

/** Areas that the ground of a text is looked up in; older ones of a page full of drawings are forgotten. */
const keptAreas = 400;
/** Smaller areas, in points, are lines and dots of a drawing and no ground for text. */
const smallestArea = 4;
/** Colours whose parts differ by less than this (of 255) cannot be told apart on paper or screen. */
const sameColor = 12;

/** What has been painted on a page so far. */
export class Ground {
  private readonly areas: { box: Box; color: string | undefined }[] = [];
  private readonly pictures: Box[] = [];
  drawn = false;

  /** An area filled with one colour, or with something else when `color` is undefined. */
  fill(matrix: Matrix, [x0 = 0, y0 = 0, x1 = 0, y1 = 0]: number[], color: string | undefined): void {
    this.drawn = true;
    const box = boxOf(matrix, x0, y0, x1, y1);
    if (box.x1 - box.x0 < smallestArea || box.y1 - box.y0 < smallestArea) return;
    this.areas.push({ box, color });
    if (this.areas.length > keptAreas) this.areas.shift();
  }

  /** A picture: the unit square after the matrix. Marks that are smaller than a letter do not count. */
  picture(matrix: Matrix): void {
    const box = boxOf(matrix, 0, 0, 1, 1);
    if (box.x1 - box.x0 < smallestArea || box.y1 - box.y0 < smallestArea) return;
    this.drawn = true;
    this.pictures.push(box);
    if (this.pictures.length > keptAreas) this.pictures.shift();
    this.areas.push({ box, color: undefined });
  }

  hasPictureAt(x: number, y: number): boolean {
    return this.pictures.some((box) => contains(box, x, y));
  }

  /** Whether text of this colour may be hidden anywhere: on bare paper only white is. */
  mayHide(color: string | undefined): boolean {
    return color !== undefined && (this.areas.length > 0 || isSame('#ffffff', color));
  }

  /** Whether text of this colour cannot be told from what lies under it; paper is white. */
  hides(color: string | undefined, x: number, y: number): boolean {
    if (color === undefined) return false;
    for (let index = this.areas.length - 1; index >= 0; index--) {
      const area = this.areas[index];
      if (area && contains(area.box, x, y)) return area.color !== undefined && isSame(area.color, color);
    }
    return isSame('#ffffff', color);
  }
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [Number.parseInt(one.slice(1), 16), Number.parseInt(other.slice(1), 16)];
  return [16, 8, 0].every((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) < sameColor);
}
