import { figuresIn } from '@/utils/compare/figures';

/**
 * The first figure of a cell as a number, so that columns can be put in their order; undefined when it has none. Units of
 * a kind count: 10 days come before six weeks, and a month of a year between the years. Of other units nothing is known,
 * and the figures alone are compared.
 */
export function figureOf(text: string): number | undefined {
  const start = text.slice(0, 1_000);
  const {
    figures: [figure],
    dates: [date],
  } = figuresIn(start, true);
  if (figure) {
    // 21K has two readings; right behind the digits the letter says thousands.
    const next = start[start.indexOf(figure.written) + figure.written.length] ?? '';
    const value = /[kmb]/i.test(next) ? figure.values.at(-1) : figure.values[0];
    if (value === undefined || !Number.isFinite(value)) return undefined;
    return value * (figure.unit?.factor ?? 1) * (figure.isNegative ? -1 : 1);
  }
  const reading = date?.readings[0];
  if (reading?.year === undefined) return undefined;
  return reading.year + ((reading.month ?? 1) - 1) / 12 + ((reading.day ?? 1) - 1) / 372;
}
