/** Whether a figure says the same as another: written otherwise, in another unit of its kind, rounded. */

import type { Figure } from './figures';

/** The same number but for what computing with fractions leaves. */
export const isEqual = (one: number, other: number, tolerance = 1e-9): boolean =>
  Math.abs(one - other) <= Math.max(Math.abs(one), Math.abs(other)) * tolerance;

/** Months have no fixed number of days. */
const toleranceOf = (kind: string) => (kind === 'time' ? 0.016 : 0.003);

/** `same`: it says that. `near`: it may say that, rounded or in another way of counting. */
export type Match = 'same' | 'near' | undefined;

export function matchFigure(claim: Figure, other: Figure): Match {
  const { unit } = claim;
  const known = other.unit;
  let isNear = false;
  for (const value of claim.values) {
    for (const found of other.values) {
      if (unit && known) {
        if (unit.kind !== known.kind) continue;
        if (
          isEqual(
            value * unit.factor,
            found * known.factor,
            unit.factor === known.factor ? 1e-9 : toleranceOf(unit.kind),
          )
        )
          return Boolean(claim.isNegative) === Boolean(other.isNegative) ? 'same' : 'near';
        if (unit.factor === known.factor && isRounded(claim, value, found)) isNear = true;
        continue;
      }
      if (isEqual(value, found)) {
        // “6 GB” is not said by “six levels”.
        if (!(unit && other.isOfOther) && Boolean(claim.isNegative) === Boolean(other.isNegative))
          return 'same';
        isNear = true;
      } else if (isRounded(claim, value, found) || isScaled(value, found)) isNear = true;
    }
    if (
      claim.unscaled !== undefined &&
      other.values.some((found) => isEqual(found, claim.unscaled as number))
    )
      isNear = true;
  }
  return isNear ? 'near' : undefined;
}

/** What people round to when they say that they round. */
const aboutTolerance = 0.1;

function isRounded(claim: Figure, value: number, found: number): boolean {
  if (claim.isAbout && isEqual(value, found, aboutTolerance)) return true;
  const digits = significant(value).length;
  return digits >= 2 && found !== 0 && Number(found.toPrecision(Math.min(digits, 15))) === value;
}

/** The digits of a number without zeros around them. */
export const significant = (value: number): string =>
  Math.abs(value)
    .toPrecision(12)
    .replace(/e.*$/, '')
    .replace('.', '')
    .replace(/^0+|0+$/g, '');

/** The same digits with the point elsewhere: tables in thousands, grams for kilograms. One digit says nothing. */
const isScaled = (value: number, found: number): boolean => {
  const digits = significant(value);
  return digits.length >= 2 && digits === significant(found);
};
