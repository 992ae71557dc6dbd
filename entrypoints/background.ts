import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { suggest } from '@/utils/browser/omnibox';
import { placeOverlay } from '@/utils/browser/overlay';
import { openPanel, openPanelInTab } from '@/utils/browser/panel';
import { frontTab } from '@/utils/browser/tabs';
import { placeBar } from '@/utils/browser/translate-tab';
import { bringPicture, bringSelection, bringWords } from '@/utils/chat/bring';
import { languageFor, setLanguage, t } from '@/utils/i18n';
import { pendingRequest, type Wish } from '@/utils/store/pending-request';
import { settings } from '@/utils/store/settings';

type Tab = { id?: number; windowId?: number; title?: string; url?: string };

/** Milliseconds in which a panel that is open takes a request. */
const panelPatience = 2_500;

export default defineBackground(() => {
  // A worker that was stopped and starts again has forgotten the language.
  const speaking = speak();

  /** Opens the panel first: any await before it loses the user gesture. `bring` fetches what the request is about. */
  const ask = (bring: Wish | ((id: string, tab: Tab & { id: number }) => Promise<Wish>), tab?: Tab) => {
    const opening = tab?.windowId === undefined ? undefined : openPanel(tab.windowId);
    // It is waited for later; until then its refusal is nobody's.
    opening?.catch(() => {});
    return leave(bring, tab, opening).catch((error) => console.error('The request was lost:', error));
  };

  const leave = async (bring: Parameters<typeof ask>[0], given: Tab | undefined, opening?: Promise<void>) => {
    const askedAt = Date.now();
    // A click inside the panel itself comes from no tab; it means the one beside it.
    const tab = given?.id === undefined || given.id < 0 ? await frontTab() : given;
    if (tab?.id === undefined || tab.windowId === undefined) return;
    const { id: tabId, windowId } = tab;
    const id = crypto.randomUUID();
    await speaking;
    const wish = typeof bring === 'function' ? await bring(id, { ...tab, id: tabId }) : bring;
    await pendingRequest.leave({ ...wish, id, tabId, windowId, askedAt });
    try {
      await opening;
    } catch (error) {
      // Refused to who has the panel open already is no loss.
      await new Promise((resolve) => setTimeout(resolve, panelPatience));
      if (!(await pendingRequest.isWaiting(id))) return;
      console.error('The panel did not open:', error);
      await openPanelInTab(tabId, windowId);
    }
  };

  /** Translates a page side by side: with a bar in it, where our frame can be, and from the panel elsewhere. */
  const translatePage = (tab?: Tab, { toggles = false } = {}) => {
    const inPanel = () => void ask({ action: 'translate-page', toggles }, tab);
    if (tab?.id === undefined || tab.id < 0 || tab.windowId === undefined) return inPanel();
    placeBar({ id: tab.id, windowId: tab.windowId }, { toggles }, inPanel);
  };

  /** Translates what is selected: in the page, where our frame can be, and in the panel elsewhere. */
  const translate = (tab?: Tab, click?: { frameId?: number; selectionText?: string }) => {
    const inPanel = (words = click?.selectionText) => ask((id) => bringWords(id, words), tab);
    if (tab?.id === undefined || tab.id < 0 || tab.windowId === undefined) return inPanel();
    // Firefox keeps no gesture while a page is asked whether it lets the frame in.
    if (import.meta.env.FIREFOX) return inPanel();
    const order = {
      id: crypto.randomUUID(),
      view: 'selection' as const,
      ...(click ? { inFrame: (click.frameId ?? 0) !== 0 } : { byKey: true }),
    };
    placeOverlay(order, { tabId: tab.id, windowId: tab.windowId }, (outcome) => {
      if (outcome?.status === 'shown') return;
      inPanel(outcome && 'selected' in outcome ? outcome.selected?.text : undefined);
    });
  };

  browser.action.onClicked.addListener((tab) => ask({ action: 'read' }, tab));
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'summarize-page') ask({ action: 'summarize' }, tab);
    else if (command === 'translate-page') translatePage(tab, { toggles: true });
    else if (command === 'translate-selection') translate(tab);
  });
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const frameId = info.frameId ?? 0;
    if (info.menuItemId === 'summarize-page') ask({ action: 'summarize' }, tab);
    else if (info.menuItemId === 'translate-page') translatePage(tab);
    else if (info.menuItemId === 'translate-selection') translate(tab, info);
    else if (info.menuItemId === 'ask-selection')
      ask(
        (id, { id: tabId, title, url }) =>
          bringSelection(id, {
            tabId,
            frameId,
            frameUrl: info.frameUrl,
            text: info.selectionText ?? '',
            title,
            url,
          }),
        tab,
      );
    else if (info.menuItemId === 'read-link' && info.linkUrl) ask({ action: 'link', url: info.linkUrl }, tab);
    else if (info.menuItemId === 'ask-picture' && info.srcUrl) {
      const url = info.srcUrl;
      ask((id) => bringPicture(id, { url, frameId }), tab);
    }
  });

  /**
   * The tab that a question in the address bar is about, known before it is entered: there is no time to ask then.
   * Enter there is a gesture for which Chromium opens the side panel (156, with real keys; an entry of the context menu
   * too). Where a browser should not, the panel opens in a tab.
   */
  let asked: Tab | undefined;
  const look = async () => {
    asked = await frontTab();
    await speaking;
    suggest(asked?.title ? t('omnibox.ask', { title: asked.title }) : t('omnibox.askPage'));
  };
  browser.omnibox.onInputStarted.addListener(() => void look());
  browser.omnibox.onInputChanged.addListener(() => void look());
  browser.omnibox.onInputEntered.addListener((text) => {
    const question = text.trim();
    const tab = asked ?? { windowId: browser.windows.WINDOW_ID_CURRENT };
    asked = undefined;
    ask(question ? { action: 'ask', question } : { action: 'read' }, tab);
  });

  async function speak(): Promise<void> {
    const chosen = await settings.interfaceLanguage.read();
    await setLanguage(languageFor(chosen === 'browser' ? browser.i18n.getUILanguage() : chosen));
  }
  const drawMenus = async () => {
    await speak();
    await browser.contextMenus.removeAll();
    const targetUrlPatterns = ['http://*/*', 'https://*/*'];
    const menus = [
      { id: 'summarize-page', title: t('manifest.commandSummarize'), contexts: ['page', 'frame', 'action'] },
      { id: 'translate-page', title: t('manifest.commandPage'), contexts: ['page', 'frame', 'action'] },
      { id: 'translate-selection', title: t('menu.translate'), contexts: ['selection'] },
      { id: 'ask-selection', title: t('menu.askSelection'), contexts: ['selection'] },
      { id: 'read-link', title: t('menu.readLink'), contexts: ['link'], targetUrlPatterns },
      { id: 'ask-picture', title: t('menu.askPicture'), contexts: ['image'] },
    ] as const;
    for (const menu of menus) browser.contextMenus.create({ ...menu, contexts: [...menu.contexts] });
  };
  browser.runtime.onInstalled.addListener(({ reason }) => {
    drawMenus();
    // Once, and never after an update.
    if (reason === 'install') browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
  });
  browser.runtime.onStartup.addListener(drawMenus);
  settings.interfaceLanguage.watch(drawMenus);

  // An update that is listened for waits until nothing of the extension is open any more (Chrome) or until the browser
  // starts again (Firefox, which would otherwise close the panel at once, mid-answer). It is never hurried.
  browser.runtime.onUpdateAvailable.addListener(() => {});

  // Chrome only: settings hold no secrets, and still no content script has to read them.
  browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
});
