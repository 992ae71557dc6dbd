/** A question as its user sees it. What a translation is asked of stands between marks that only models read. */

import type { TurnRecord } from '../store/records';

/** As `selectionQuestion` in utils/prompts/translate.ts writes it. */
const marked = /^(<selection mark="([0-9a-f]*)">\n)([\s\S]*)(\n<\/selection mark="\2">)$/;

type Asked = Pick<TurnRecord, 'task' | 'question'>;

export const shownQuestion = ({ task, question }: Asked): string =>
  (task === 'translate' && marked.exec(question)?.[3]) || question;

/** What is asked when the user writes other words in its place: of a translation, a translation. */
export function askedInstead({ task, question }: Asked, words: string): Asked {
  const [, opening, , , closing] = (task === 'translate' && marked.exec(question)) || [];
  if (opening) return { task, question: `${opening}${words}${closing}` };
  return { task: words === question ? task : 'answer', question: words };
}
