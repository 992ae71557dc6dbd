/** The bubble of a tab with the world around it: the page, the model in use, what is known of languages. */

import { activeConnection, checkConnection, connectedModels, isInsecureAllowed } from '../chat/connection';
import type { SelectedText } from '../page/overlay/types';
import { pageAddress } from '../store/chats';
import { isFirstTime } from '../store/overlay-place';
import { settings } from '../store/settings';
import { type Bubble, createBubble } from './bubble';
import { translateInContext } from './in-context';
import { readPageDocument } from './page-source';
import { judgeUnits } from './unit-language';

/** @param address of the page in the tab, as far as it is known */
export function openBubble(
  selected: SelectedText,
  lang: string,
  { tabId, address }: { tabId: number; address?: string },
): Bubble {
  const judge = async (target: string) =>
    judgeUnits([{ text: selected.text }], {
      target,
      declared: selected.lang,
      never: await settings.neverTranslateLanguages.read(),
    });
  return createBubble(selected, lang, {
    readDocument: (signal) => readPageDocument(tabId, address, signal),
    connect: activeConnection,
    check: async (connection) =>
      checkConnection(connection, { allowInsecure: await isInsecureAllowed(connection.provider.id) }),
    connected: connectedModels,
    languageOf: async () => (await judge(lang)).main,
    isAlready: async (_, __, target) => (await judge(target)).verdicts[0] === 'already',
    firstCached: async () => isFirstTime(pageAddress(address ?? String(tabId))),
    translate: translateInContext,
  });
}
