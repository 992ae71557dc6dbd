import { browser } from 'wxt/browser';

/**
 * Opens the side panel (Firefox: the sidebar). Must be called first thing in the handler of a user action:
 * after any await the browser no longer counts it as one.
 */
export function openPanel(windowId: number): Promise<void> {
  if (import.meta.env.FIREFOX) {
    const { sidebarAction } = browser as unknown as { sidebarAction: { open(): Promise<void> } };
    return sidebarAction.open();
  }
  return browser.sidePanel.open({ windowId });
}

/** The panel as a page of its own beside a tab, about that tab: for browsers that open none at what the user did. */
export async function openPanelInTab(tabId: number, windowId: number): Promise<void> {
  const { index } = await browser.tabs.get(tabId);
  await browser.tabs.create({
    url: browser.runtime.getURL(`/sidepanel.html?tab=${tabId}`),
    windowId,
    index: index + 1,
  });
}

/** Opens the comparison that begins at `start` of an answer in a tab of its own. */
export async function openComparison(answerId: string, start: number): Promise<void> {
  // An address without a scheme is one of ours.
  await browser.tabs.create({
    url: `/comparison.html?${new URLSearchParams({ answer: answerId, at: String(start) })}`,
  });
}

/** Opens a source that is read in two languages in a tab of its own. */
export async function openReading(sourceId: string): Promise<void> {
  await browser.tabs.create({ url: `/bilingual.html?${new URLSearchParams({ source: sourceId })}` });
}

export const openSettings = (): Promise<void> => browser.runtime.openOptionsPage();

/** The extension's commands, with the keys that the browser has given them; empty where it has given none. */
export async function shortcuts(): Promise<{ name: string; description: string; shortcut: string }[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name = '', description = '', shortcut = '' }) => ({ name, description, shortcut }));
}

/** What the browser calls the shortcut of a command, or undefined when it has none. */
export async function shortcutOf(command: string): Promise<string | undefined> {
  return (await shortcuts()).find(({ name }) => name === command)?.shortcut || undefined;
}

/** Opens the browser's own page for keys: no extension may change them. */
export async function openShortcuts(): Promise<void> {
  if (import.meta.env.FIREFOX) {
    const { openShortcutSettings } = browser.commands as unknown as { openShortcutSettings(): Promise<void> };
    return openShortcutSettings();
  }
  await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

/** Whether this is a private window. In Chromium such a window has a store of its own, in memory; Firefox lets us in none. */
export const isPrivateWindow = (): boolean => browser.extension.inIncognitoContext;
