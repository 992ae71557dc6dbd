import type { TabInfo } from '../browser/tabs';
import { chatStore } from '../store/chats';
import type { Conversation } from './conversation';

/** Opens the chat of a page, if there is one: a panel that is closed and opened shows what it showed. */
export async function restoreConversation(
  conversation: Pick<Conversation, 'open'>,
  tab: Pick<TabInfo, 'url'> | undefined,
): Promise<void> {
  const chat = tab?.url ? await chatStore.findChatOfPage(tab.url) : undefined;
  if (chat) await conversation.open(chat.id);
}
