import type { PromptRecord } from './records';
import { list, number, object, optional, text } from './shape';

/** What a prompt says, without its names here. */
export const promptFields = {
  name: text,
  role: text,
  rules: text,
  examples: list(object<PromptRecord['examples'][number]>({ question: text, answer: text })),
  language: optional(text),
};

export const promptShape = object<PromptRecord>({
  id: text,
  ...promptFields,
  createdAt: number,
  updatedAt: number,
});
