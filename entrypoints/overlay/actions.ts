import type { OverlayActions } from '@/components/overlay/actions';
import type { PanelActions } from '@/components/panel/actions';
import type { OverlayLine } from '@/utils/browser/overlay';
import { zoomOf } from '@/utils/browser/overlay';
import { isPrivateWindow, openPanel, openPanelInTab, openSettings } from '@/utils/browser/panel';
import { allFiles, everySite, originPattern, requestPermission } from '@/utils/browser/permissions';
import { showPassage } from '@/utils/browser/show-passage';
import { openTab, tabOf, wakeTab } from '@/utils/browser/tabs';
import { pendingRequest } from '@/utils/store/pending-request';
import { settingsPlace } from '@/utils/store/settings-place';
import { openBubble } from '@/utils/translate/bubble-in-tab';
import { openGlossary, placeOf } from '@/utils/translate/glossary';
import { keepAsChat } from '@/utils/translate/pin';

const nothing = () => {};

/** What the frame of a request may ask of the browser, and what notices of trouble in it may. */
export async function actionsOf({
  request,
}: OverlayLine): Promise<{ own: OverlayActions; panel: PanelActions }> {
  const { tabId, windowId } = request;
  const address = (await tabOf(tabId))?.url;
  const host = address && URL.canParse(address) ? new URL(address).hostname : undefined;
  const toSettings = (place?: string) => {
    if (place) void settingsPlace.leave(place);
    void openSettings();
  };
  const allow = (...addresses: string[]) =>
    // No await before the request: the browser asks only inside a click.
    requestPermission(addresses.flatMap((url) => originPattern(url) ?? []));
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
  const panel: PanelActions = {
    isPrivate: isPrivateWindow(),
    openSettings: toSettings,
    allow,
    allowEverySite: () => requestPermission(everySite),
    allowFiles: () => requestPermission(allFiles),
    showPassage: (passage) => showPassage(windowId, passage),
    openLink: (url) => void openTab(url),
    wakeTab: () => void wakeTab(tabId),
    showTab: nothing,
    readPage: nothing,
    readNow: nothing,
    readAs: nothing,
    takeNewer: nothing,
    readRemovals: async () => [],
    readWithPassword: nothing,
    stopReading: nothing,
    usePart: nothing,
    listCommands: async () => [],
  };
  return { own, panel };
}
