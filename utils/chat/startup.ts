import { activeTab } from '../browser/tabs';
import { t } from '../i18n';
import { chatStore } from '../store/chats';
import { pendingRequest } from '../store/pending-request';
import type { ActivePage } from './active-page';
import { answerLanguageName } from './answer-language';
import type { Conversation } from './conversation';

/** Opens the chat of the page in front, if there is one: a panel that is closed and opened shows what it showed. */
export async function restoreConversation(conversation: Conversation, windowId: number): Promise<void> {
  const tab = await activeTab(windowId);
  const chat = tab?.url ? await chatStore.findChatOfPage(tab.url) : undefined;
  if (chat) await conversation.open(chat.id);
}

/** Reads the page now, and does what was asked for by the toolbar, a shortcut or a menu, now and from now on. */
export function serveRequests(conversation: Conversation, page: ActivePage, windowId: number): void {
  const serve = async () => {
    const request = await pendingRequest.take(windowId);
    if (!request) return false;
    await page.read();
    const state = page.get();
    const { chat, sources } = conversation.get();
    const isOtherPage =
      state.status === 'ready' && chat && !sources.some(({ source }) => source.url === state.page.source.url);
    // The toolbar on another page means that page; a chat about something else stays in history.
    if (isOtherPage && !conversation.get().streaming) {
      conversation.startNew();
      await restoreConversation(conversation, windowId);
    }
    if (request.action === 'summarize' && state.status === 'ready') {
      if (conversation.get().chat) conversation.startNew();
      const language = await answerLanguageName();
      const question = t('action.summarize');
      // A refusal is shown by the panel's own button; here the page card is what the user sees.
      await conversation
        .ask({ task: 'summarize', question, sources: [state.page], language })
        .catch((error) => conversation.refuse(error));
    }
    return true;
  };
  serve().then((served) => {
    if (!served) page.read();
  });
  pendingRequest.watch(serve);
}
