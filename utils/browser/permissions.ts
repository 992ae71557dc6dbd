import { browser } from 'wxt/browser';

/** The match pattern that covers an address: scheme and host, any path. Ports are not part of match patterns. */
export function originPattern(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${hostname}/*` : undefined;
}

export const everySite = ['https://*/*', 'http://*/*'];

/** Files that the browser shows, where its own switch allows extensions near them. */
export const allFiles = ['file:///*'];

export async function hasPermission(origins: string[]): Promise<boolean> {
  return browser.permissions.contains({ origins });
}

/** Asks the user. Must be called first thing in a click handler. False when the user says no. */
export const requestPermission = (origins: string[]): Promise<boolean> =>
  browser.permissions.request({ origins });

/** The match patterns of all hosts that the browser lets the extension reach. */
export async function grantedOrigins(): Promise<string[]> {
  return (await browser.permissions.getAll()).origins ?? [];
}

/** Gives access back. False when the browser keeps it, as it does with a part of a wider permission. */
export async function removePermission(origins: string[]): Promise<boolean> {
  const isRemoved = await browser.permissions.remove({ origins }).catch(() => false);
  return isRemoved && !(await hasPermission(origins));
}

/** Calls `listener` when the user allowed or took back something. */
export function watchPermissions(listener: () => void): () => void {
  browser.permissions.onAdded.addListener(listener);
  browser.permissions.onRemoved.addListener(listener);
  return () => {
    browser.permissions.onAdded.removeListener(listener);
    browser.permissions.onRemoved.removeListener(listener);
  };
}
