/**
 * Bytes on the disk of everything that is kept here, as the browser measures them: chats and sources, and beside them
 * settings and what the database needs for itself. Undefined where the browser does not say.
 */
export async function keptSize(storage = globalThis.navigator?.storage): Promise<number | undefined> {
  try {
    return (await storage?.estimate())?.usage;
  } catch {
    return undefined;
  }
}
