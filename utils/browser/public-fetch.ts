/** Fetching what a stranger has named, so that it cannot lead into the user's own network. */

/** Hosts that could not be reached in the guarded way since it last worked. */
const strikes = new Set<string>();
let hasWorked = false;

/** So many hosts in a row, and it is the network that the guard does not suit. */
const enough = 3;

/** Chromium has had it since 142; others ignore it. */
const isKnown = () => typeof Request === 'function' && 'targetAddressSpace' in Request.prototype;

/**
 * `fetch` that connects only to addresses of the public internet, also after redirects and whatever a name resolves to,
 * where the browser knows this (Local Network Access). Behind a proxy, and in networks that give names addresses of
 * their own, the browser takes every host for a private one: until the guard has worked here once, and after it has
 * failed for three hosts in a row, what fails is fetched once more without it. Names and addresses that are private by
 * themselves have to be refused before.
 */
export async function publicFetch(
  input: RequestInfo | URL,
  init: RequestInit = {},
  fetch: typeof globalThis.fetch = globalThis.fetch,
  knows: () => boolean = isKnown,
): Promise<Response> {
  if (!knows() || strikes.size >= enough) return fetch(input, init);
  const host = URL.parse(String(input))?.host ?? '';
  try {
    const response = await fetch(input, { ...init, targetAddressSpace: 'public' } as RequestInit);
    hasWorked = true;
    strikes.clear();
    return response;
  } catch (error) {
    if (init.signal?.aborted || globalThis.navigator?.onLine === false) throw error;
    strikes.add(host);
    if (hasWorked && strikes.size < enough) throw error;
  }
  try {
    return await fetch(input, init);
  } catch (error) {
    // Nobody is there, with or without a guard.
    strikes.delete(host);
    throw error;
  }
}

/** For tests: as if nothing had been fetched. */
export function forgetNetwork(): void {
  strikes.clear();
  hasWorked = false;
}
