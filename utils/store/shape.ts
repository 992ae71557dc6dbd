/**
 * Shapes of data that came from outside. A check copies what it knows into a new object and throws at the first
 * thing that is not what it should be: no key of a hostile file becomes anything that was not named here.
 */

/** @throws ShapeError */
export type Check<T> = (value: unknown, place: string) => T;

export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly place: string;

  constructor(place: string) {
    super(`Not what it should be: ${place}`);
    this.place = place;
  }
}

const checkIf =
  <T>(isValid: (value: unknown) => boolean): Check<T> =>
  (value, place) => {
    if (!isValid(value)) throw new ShapeError(place);
    return value as T;
  };

export const text = checkIf<string>((value) => typeof value === 'string');
export const flag = checkIf<boolean>((value) => typeof value === 'boolean');
export const number = checkIf<number>((value) => Number.isFinite(value));
/** A number from 0. */
export const amount = checkIf<number>((value) => Number.isFinite(value) && Number(value) >= 0);
/** A whole number from 0. */
export const count = checkIf<number>((value) => Number.isSafeInteger(value) && Number(value) >= 0);

/** A number that may be infinite, which JSON writes as null. */
export const numberOrInfinity: Check<number> = (value, place) =>
  value === null || value === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : number(value, place);

/** One of the keys of an object, which the compiler holds to be all that there are. */
export const oneOf = <T extends string>(names: Record<T, true>): Check<T> =>
  checkIf<T>((value) => typeof value === 'string' && Object.hasOwn(names, value));

export const list =
  <T>(entry: Check<T>): Check<T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) throw new ShapeError(place);
    return value.map((item, index) => entry(item, `${place}[${index}]`));
  };

/** Undefined where there is nothing. */
export const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value, place) =>
    value === undefined ? undefined : check(value, place);

/**
 * An object with exactly these fields, in the order in which they stand in the value; others are left behind, and
 * fields without a value are not made.
 */
export const object =
  <T>(fields: { [Name in keyof Required<T>]: Check<T[Name]> }): Check<T> =>
  (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(place);
    const copy: Partial<T> = {};
    const known = Object.keys(fields) as (keyof T & string)[];
    const given = (Object.keys(value) as (keyof T & string)[]).filter((name) => Object.hasOwn(fields, name));
    for (const name of new Set([...given, ...known])) {
      const field = Object.hasOwn(value, name) ? (value as Partial<T>)[name] : undefined;
      const checked = fields[name](field, `${place}.${name}`);
      if (checked !== undefined) copy[name] = checked;
    }
    return copy as T;
  };

/** Names and values, such as the facts of a trouble. */
export const entries =
  <T>(entry: Check<T>): Check<Record<string, T>> =>
  (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(place);
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== '__proto__')
        .map(([name, item]) => [name, entry(item, `${place}.${name}`)]),
    );
  };
