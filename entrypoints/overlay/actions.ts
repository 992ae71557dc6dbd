import type { OverlayActions } from '@/components/overlay/actions';
import type { PanelActions } from '@/components/panel/actions';
import type { OverlayLine } from '@/utils/browser/overlay';
import { zoomOf } from '@/utils/browser/overlay';
import { openPanel, openPanelInTab } from '@/utils/browser/panel';
import { showPassage } from '@/utils/browser/show-passage';
import { tabOf } from '@/utils/browser/tabs';
import { pendingRequest } from '@/utils/store/pending-request';
import { openBubble } from '@/utils/translate/bubble-in-tab';
import { openGlossary, placeOf } from '@/utils/translate/glossary';
import { keepAsChat } from '@/utils/translate/pin';
import { panelActionsIn, toSettings } from './panel-actions';

/** What the frame of a request may ask of the browser, and what notices of trouble in it may. */
export async function actionsOf({
  request,
}: OverlayLine): Promise<{ own: OverlayActions; panel: PanelActions }> {
  const { tabId, windowId } = request;
  const address = (await tabOf(tabId))?.url;
  const host = address && URL.canParse(address) ? new URL(address).hostname : undefined;
  const own: OverlayActions = {
    // Where a browser opens no panel from a frame, it opens in a tab.
    openPanel: () => openPanel(windowId).catch(() => openPanelInTab(tabId, windowId)),
    showChat: (chatId) =>
      pendingRequest.leave({
        action: 'chat',
        chatId,
        id: crypto.randomUUID(),
        tabId,
        windowId,
        askedAt: Date.now(),
      }),
    showPassage: (passage) => showPassage(windowId, passage),
    openSettings: toSettings,
    zoom: () => zoomOf(tabId),
    openBubble: (selected, lang) => openBubble(selected, lang, { tabId, address }),
    ...(host ? { host } : {}),
    addTerm: async ({ source, target, scope, lang }) => {
      const glossary = await openGlossary({ place: placeOf(address ?? '', lang) });
      await glossary.put(glossary.make(source, target, { scope }));
    },
    keepAsChat,
  };
  return { own, panel: panelActionsIn({ tabId, windowId }) };
}
