import { createContext, useContext } from 'react';
import type { Task } from '@/utils/models/types';
import type { QuestionScope } from '@/utils/store/records';

/** Which answer a block belongs to, and what it was asked for. */
export interface AnswerIdentity {
  id: string;
  task: Task;
  /** Which documents its question is about, where others were sent along. */
  scope?: QuestionScope;
}

export const AnswerIdentityContext = createContext<AnswerIdentity | undefined>(undefined);

export const useAnswerIdentity = (): AnswerIdentity | undefined => useContext(AnswerIdentityContext);
