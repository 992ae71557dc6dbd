/** What the reader may ask the browser for while it runs inside a page. */

/** Taken as the browser has it: the library around it would be a tenth of the reader. */
interface World {
  chrome?: { dom?: { openOrClosedShadowRoot?(element: Element): ShadowRoot | null } };
}

const html = 'http://www.w3.org/1999/xhtml';

/** An element's shadow root, closed ones too: pages close them against other scripts of the page, not against readers. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  // Drawings and formulas have none, and Chromium throws when it is asked for theirs.
  if (element.namespaceURI !== html) return null;
  // Firefox has it on the element itself.
  const { openOrClosedShadowRoot } = element as Element & { openOrClosedShadowRoot?: ShadowRoot | null };
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  const { dom } = (globalThis as World).chrome ?? {};
  return dom?.openOrClosedShadowRoot?.(element) ?? element.shadowRoot;
}

/**
 * An address of the page's own host as text, with the session of the person who looks at the page.
 * @throws TypeError or Error when it cannot be had.
 */
export async function fetchText(
  url: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<string> {
  const response = await fetch(url, { credentials: 'include', signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.text();
}
