/** What Tesseract says of a picture -> runs of text with their places, as the layout of PDF pages takes them. */

import { firstCharacter, isWide, lastCharacter } from '../pdf/characters';
import type { Run } from '../pdf/types';

interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** The part of Tesseract's JSON that is used. Places are pixels of the picture. */
export interface TesseractJson {
  blocks?: {
    paragraphs?: {
      lines?: {
        bbox: Box;
        baseline?: Box;
        rowAttributes?: { rowHeight?: number };
        words?: { text: string; confidence: number; bbox: Box }[];
      }[];
    }[];
  }[];
}

/** What was recognised on one picture. */
export interface Recognised {
  /** Pixels; y grows downwards. */
  width: number;
  height: number;
  /** In pixels. */
  runs: Run[];
  /** 0 to 100: the mean of the words, each as often as it has letters; 0 where nothing was recognised. */
  confidence: number;
  /** Most of its lines stand upright: the sheet lay on its side. */
  isSideways: boolean;
}

/** A gap of more sizes than this separates columns and cells; see `Collector` of PDF pages. */
const runGap = 0.9;
/** Between characters that are written without spaces, a gap of more sizes than this is one. */
const wideSpaceGap = 0.6;
/** Rows measured alike within this share have one size: a line without tall letters looks smaller. */
const sameSize = 0.2;

/** Runs of a picture and how sure they are. */
export function recognisedOf(json: TesseractJson, width: number, height: number): Recognised {
  const runs: Run[] = [];
  let letters = 0;
  let sure = 0;
  let upright = 0;
  for (const { paragraphs = [] } of json.blocks ?? []) {
    for (const { lines = [] } of paragraphs) {
      for (const { bbox, baseline, rowAttributes, words = [] } of lines) {
        const size = sizeOfLine(bbox, rowAttributes?.rowHeight);
        const y = baseline ? (baseline.y0 + baseline.y1) / 2 : bbox.y1 - 0.2 * size;
        let run: Run | undefined;
        const isUpright = words.length > 1 && bbox.y1 - bbox.y0 > 2 * (bbox.x1 - bbox.x0);
        for (const { text: raw, confidence, bbox: box } of words) {
          const text = raw.replace(/\s+/g, ' ').trim();
          // Long strokes between columns come as words of nothing.
          if (!text) continue;
          const length = [...text].length;
          letters += length;
          if (isUpright) upright += length;
          sure += length * Math.min(100, Math.max(0, confidence));
          const gap = run ? box.x0 - run.x1 : 0;
          if (run && gap < runGap * size && gap > -size) {
            const isTight = isWide(lastCharacter(run.text)) && isWide(firstCharacter(text));
            run.text += isTight && gap < wideSpaceGap * size ? text : ` ${text}`;
            run.x1 = box.x1;
          } else {
            run = { text, x0: box.x0, x1: box.x1, y, size, bold: false, mono: false };
            runs.push(run);
          }
        }
      }
    }
  }
  const confidence = letters === 0 ? 0 : sure / letters;
  return { width, height, runs: evened(runs), confidence, isSideways: upright > letters / 2 };
}

const sizeOfLine = ({ y0, y1 }: Box, rowHeight = 0): number => {
  const height = Math.max(1, y1 - y0);
  // The height of the row is that from ascenders to descenders; what is far from the box was misjudged.
  return rowHeight > 0.6 * height && rowHeight < 2.5 * height ? rowHeight : height;
};

/** Sizes that differ only by how they were measured become the one of most letters: headings are told by their size. */
function evened(runs: Run[]): Run[] {
  const sorted = [...runs].sort((a, b) => a.size - b.size);
  const half = sorted.reduce((sum, { text }) => sum + text.length, 0) / 2;
  let passed = 0;
  const middle = sorted.find(({ text }) => {
    passed += text.length;
    return passed >= half;
  })?.size;
  if (middle === undefined) return runs;
  return runs.map((run) => ({
    ...run,
    size: Math.abs(run.size - middle) <= sameSize * middle ? middle : run.size,
  }));
}
