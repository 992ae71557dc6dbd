/** What all engines with an interface for programs have in common. */

import type { Hit, ResultList } from '../types';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The value at a path of names; undefined where there is none. */
function at(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A title as it is read: engines mark the words of the query in it, and write some characters as in HTML. */
export function plainTitle(title: unknown): string {
  return (typeof title === 'string' ? title : '')
    .replace(/<\/?(?:b|em|strong|mark)>/gi, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,5}));/gi, (whole, decimal, hexadecimal, name) => {
      const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
      if (name) return entities[name.toLowerCase()] ?? whole;
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The list of results at `path` in an answer, where each has its address and its title under these names. A list that
 * is not there at all is the engine's way to say that there are none only when `mayBeAbsent`.
 * @throws Error when the answer is no JSON, or has no such list
 */
export function hitsAt(
  body: string,
  path: string[],
  {
    url = 'url',
    title = 'title',
    mayBeAbsent = false,
    isHit = () => true,
  }: {
    url?: string;
    title?: string;
    mayBeAbsent?: boolean;
    isHit?: (entry: Record<string, unknown>) => boolean;
  } = {},
): ResultList {
  const answer: unknown = JSON.parse(body);
  const list = at(answer, path);
  if (list === undefined || list === null) {
    if (mayBeAbsent && isObject(answer) && !Array.isArray(answer)) return { kind: 'empty' };
    throw new Error('The answer has no list of results');
  }
  if (!Array.isArray(list)) throw new Error('The results are no list');
  const entries = list.filter((entry) => !isObject(entry) || isHit(entry));
  const hits = entries.filter(isObject).flatMap((entry): Hit[] => {
    const address = entry[url];
    return typeof address === 'string' && URL.canParse(address)
      ? [{ url: address, title: plainTitle(entry[title]) }]
      : [];
  });
  if (hits.length > 0) return { kind: 'hits', hits };
  return entries.length > 0 ? { kind: 'changed' } : { kind: 'empty' };
}

/** A request with JSON in it. */
export const post = (url: string, headers: Record<string, string>, content: unknown) => ({
  url,
  method: 'POST' as const,
  headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
  body: JSON.stringify(content),
});

/** A request with everything in its address. */
export const get = (
  address: string,
  parameters: Record<string, string>,
  headers: Record<string, string>,
) => ({
  url: `${address}?${new URLSearchParams(parameters)}`,
  headers: { ...headers, accept: 'application/json' },
});
