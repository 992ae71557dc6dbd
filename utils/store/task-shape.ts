import type { Task } from '../models/types';
import { oneOf } from './shape';

/** What may be asked for. */
export const task = oneOf<Task>({
  summarize: true,
  answer: true,
  translate: true,
  compare: true,
  disagreements: true,
  timeline: true,
  overview: true,
});
