/** An earlier chat as a source: what was asked and answered on its path, whole, in numbered passages. */

import { hasComparison } from '../compare/fence';
import { sayAlso, t } from '../i18n';
import { type Passage, type Source, scriptLanguage, sourceId } from '../source';
import { chatStore } from '../store/chats';
import { pathOf } from './branches';
import { bodyOf } from './follow-ups';
import { numberSlowly, passagesOf, tidied } from './pasted-text';
import { shownQuestion } from './shown-question';

/** The chat with this name, or undefined when it is gone or nothing was asked in it. */
export async function chatAsSource(
  id: string,
  {
    store = chatStore,
    now = Date.now,
  }: { store?: Pick<typeof chatStore, 'loadChat'>; now?: () => number } = {},
): Promise<Source | undefined> {
  const stored = await store.loadChat(id);
  if (!stored || stored.turns.length === 0) return undefined;
  const passages: Passage[] = [];
  for (const turn of pathOf(stored.turns, stored.chat.branch ?? {})) {
    passages.push({ text: t('picking.question', { number: turn.position + 1 }), kind: 'heading' });
    passages.push(...passagesOf(tidied(shownQuestion(turn))));
    const answer = stored.answers.findLast(({ turnId, text }) => turnId === turn.id && text !== '');
    const body = answer && tidied(await readableBody(bodyOf(answer)));
    if (!answer || !body) continue;
    passages.push({ text: t('picking.answer', { model: answer.model }), kind: 'heading' });
    passages.push(...passagesOf(body));
  }
  const numbered = await numberSlowly(passages);
  const lang = scriptLanguage(numbered.text);
  return {
    id: await sourceId(numbered.text),
    kind: 'chat',
    title: stored.chat.title,
    ...(lang ? { lang } : {}),
    gaps: [],
    readAt: now(),
    ...numbered,
  };
}

/** What makes tables of comparisons is loaded where there is one. */
async function readableBody(body: string): Promise<string> {
  if (!hasComparison(body)) return body;
  const [{ readable }] = await Promise.all([import('./readable'), sayAlso('comparisons')]);
  return readable(body);
}
