import { createContext, useContext } from 'react';
import type { Task } from '@/utils/models/types';

/** Which answer a block belongs to, and what it was asked for. */
export interface AnswerIdentity {
  id: string;
  task: Task;
}

export const AnswerIdentityContext = createContext<AnswerIdentity | undefined>(undefined);

export const useAnswerIdentity = (): AnswerIdentity | undefined => useContext(AnswerIdentityContext);
