import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { openPanel } from '@/utils/browser/panel';
import { languageFor, setLanguage, t } from '@/utils/i18n';
import { type PendingRequest, pendingRequest } from '@/utils/store/pending-request';
import { settings } from '@/utils/store/settings';

export default defineBackground(() => {
  type Tab = { id?: number; windowId?: number };

  /** Opens the panel first: any await before it loses the user gesture. */
  const ask = (action: PendingRequest['action'], tab: Tab | undefined) => {
    if (tab?.id === undefined || tab.windowId === undefined) return;
    const { id: tabId, windowId } = tab;
    openPanel(windowId).catch((error) => console.error('The panel did not open:', error));
    pendingRequest.leave({ action, tabId, windowId, askedAt: Date.now() });
  };

  browser.action.onClicked.addListener((tab) => ask('read', tab));
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'summarize-page') ask('summarize', tab);
  });
  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (info.menuItemId === 'summarize-page') ask('summarize', tab);
  });

  const drawMenus = async () => {
    const chosen = await settings.interfaceLanguage.read();
    await setLanguage(languageFor(chosen === 'browser' ? browser.i18n.getUILanguage() : chosen));
    await browser.contextMenus.removeAll();
    browser.contextMenus.create({
      id: 'summarize-page',
      title: t('manifest.commandSummarize'),
      contexts: ['page'],
    });
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
