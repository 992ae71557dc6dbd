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

export const openSettings = (): Promise<void> => browser.runtime.openOptionsPage();

/** What the browser calls the shortcut of a command, or undefined when it has none. */
export async function shortcutOf(command: string): Promise<string | undefined> {
  const commands = await browser.commands.getAll();
  return commands.find((entry) => entry.name === command)?.shortcut || undefined;
}
