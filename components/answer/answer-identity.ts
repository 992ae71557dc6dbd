import { createContext, useContext } from 'react';
import type { Task } from '@/utils/models/types';
import type { QuestionScope } from '@/utils/store/records';

/** Which answer a block belongs to, and what it was asked for. */
export interface AnswerIdentity {
  id: string;
  task: Task;
  /** What was asked, as its user sees it. */
  question?: string;
  /** Which documents its question is about, where others were sent along. */
  scope?: QuestionScope;
  /** Where the text begins in the answer that a block's own place is counted from; 0 when not said. */
  from?: number;
}

export const AnswerIdentityContext = createContext<AnswerIdentity | undefined>(undefined);

export const useAnswerIdentity = (): AnswerIdentity | undefined => useContext(AnswerIdentityContext);
