import type { AnswerRecord } from '@/utils/store/records';
import { formatNumber, formatTokens } from '../format';

/** Nothing was sent anywhere for it. */
export const isLocal = (answer: AnswerRecord) => answer.provider === 'excerpts';

/** Estimates are marked; counts of the provider are not. */
export const about = (tokens: number, exact = false) =>
  exact ? formatNumber(tokens) : `≈${formatTokens(tokens)}`;
