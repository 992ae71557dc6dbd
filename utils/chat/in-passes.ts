import type { AnswerRecord } from '../store/records';

/** An answer whose sources are read in passes, with its plan. */
export type ReadInPasses = AnswerRecord & Required<Pick<AnswerRecord, 'passes'>>;

/** Whether a first pass was sent. What was only planned is asked anew. */
export const isReadInPasses = (answer: AnswerRecord): answer is ReadInPasses =>
  answer.passes !== undefined && answer.sendings.some(({ pass }) => pass !== undefined);
