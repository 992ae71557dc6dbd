/** In which rows the documents differ. */

import { foldInto } from '../citations/fold';
import { figuresIn } from './figures';
import { matchFigure } from './match-figures';
import type { ComparisonRow, ComparisonValue } from './types';

/** Whether the documents say different things; what one of them does not say is a difference too. */
export function isDifferent({ cells }: ComparisonRow): boolean {
  const [first, ...others] = cells;
  return first !== undefined && others.some((cell) => !saysTheSame(first, cell));
}

function saysTheSame(one: ComparisonValue, other: ComparisonValue): boolean {
  // Nobody knows what a lost cell would have said.
  if (one === 'lost' || other === 'lost') return false;
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  const [text, second] = [plain(one.text), plain(other.text)];
  return text === second || measuresTheSame(one.text, other.text);
}

/** Without typography, and without what groups the digits of a number. */
function plain(text: string): string {
  const ungrouped = text.normalize('NFKC').replace(/(?<=\d)[,'’ ](?=\d{3}(?!\d))/g, '');
  return foldInto(ungrouped, 0, ungrouped.length);
}

/** A number and what it counts, and nothing else: 2.5 kg, 2500 g, six weeks. */
const oneMeasure =
  /^[^\p{L}\d]{0,3}(?:[\p{L}-]{1,12}\s)?\d[\d.,'’ ]*\s?[\p{L}°%$€£¥]{0,12}[^\p{L}\d]{0,3}$|^\p{L}{1,12}\s\p{L}{1,12}$/u;

function measuresTheSame(one: string, other: string): boolean {
  if (!oneMeasure.test(one.trim()) || !oneMeasure.test(other.trim())) return false;
  const [figure] = figuresIn(one, true).figures;
  const [second] = figuresIn(other, true).figures;
  return figure?.unit !== undefined && second?.unit !== undefined && matchFigure(figure, second) === 'same';
}
