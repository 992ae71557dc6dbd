import type { Token, Tokens } from 'marked';
import { isComparisonFence } from '@/utils/compare/fence';

/** What stands behind a fence without its settings: `js` of `js {1,3} title="x"`. */
export const fenceName = (info: string | undefined): string =>
  (info ?? '')
    .slice(0, 200)
    .trim()
    .split(/[\s{,]/, 1)[0] ?? '';

/** A fence that is drawn as a comparison of sources. */
export const isComparison = (token: Token): boolean =>
  token.type === 'code' &&
  isComparisonFence(fenceName((token as Tokens.Code).lang), (token as Tokens.Code).text);

/** Whether the fence of some code has its end: nothing that comes belongs to it any more. */
export const isFenceClosed = (raw: string): boolean =>
  /\n {0,3}(?:`{3,}|~{3,})[ \t]*\n*$/.test(raw.slice(-200));
