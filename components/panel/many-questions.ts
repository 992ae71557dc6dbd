/** What is asked about several sources at once, in the words of the user's language. */

import { type MessageKey, t } from '@/utils/i18n';
import type { Task } from '@/utils/models/types';

/** A task about all that is attached. */
export type ManyTask = Exclude<Task, 'answer' | 'summarize' | 'translate'>;

export const taskNames = {
  compare: 'many.compare',
  disagreements: 'many.disagreements',
  timeline: 'many.timeline',
  overview: 'many.overview',
} satisfies Record<ManyTask, MessageKey>;

const questions = {
  compare: 'many.question.compare',
  disagreements: 'many.question.disagreements',
  timeline: 'many.question.timeline',
  overview: 'many.question.overview',
} satisfies Record<ManyTask, MessageKey>;

/** What is asked: a task has words of its own, and what is typed says what it is about. */
export function questionOf(task: Task, typed: string): string {
  const words = typed.trim();
  if (task === 'answer' || task === 'summarize' || task === 'translate' || (task === 'compare' && words))
    return words;
  return words ? t('many.about', { task: t(taskNames[task]), words }) : t(questions[task]);
}
