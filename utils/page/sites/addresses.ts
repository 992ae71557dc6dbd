/** Parameters in which sites that count clicks carry the address that a link leads to. */
const redirects: { host: RegExp; path: RegExp; parameter: string }[] = [
  { host: /^www\.google\./, path: /^\/url$/, parameter: 'q' },
  { host: /^www\.google\./, path: /^\/url$/, parameter: 'url' },
  { host: /(^|\.)bing\.com$/, path: /^\/ck\/a$/, parameter: 'u' },
  { host: /(^|\.)duckduckgo\.com$/, path: /^\/l\/$/, parameter: 'uddg' },
  { host: /^link\.zhihu\.com$/, path: /^\/$/, parameter: 'target' },
  { host: /^out\.reddit\.com$/, path: /./, parameter: 'url' },
];

/** Where a link leads when it goes through a page that counts clicks; any other address as it is. */
export function targetOf(address: string): string {
  if (!/[?&](?:q|url|u|uddg|target)=/.test(address) || !URL.canParse(address)) return address;
  const { hostname, pathname, searchParams } = new URL(address);
  for (const { host, path, parameter } of redirects) {
    if (!host.test(hostname) || !path.test(pathname)) continue;
    const target = searchParams.get(parameter) ?? '';
    if (/^https?:\/\//i.test(target)) return target;
    // Bing writes `a1` and the address in base64url.
    const decoded = target.startsWith('a1') ? decodeBase64(target.slice(2)) : '';
    if (/^https?:\/\//i.test(decoded)) return decoded;
  }
  return address;
}

function decodeBase64(text: string): string {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  } catch {
    return ''; // no base64
  }
}

/** Makes all links of an element lead straight to where they go. */
export function straightenLinks(root: ParentNode): void {
  for (const link of root.querySelectorAll('a[href]')) {
    const address = link.getAttribute('href') ?? '';
    const target = targetOf(address);
    if (target !== address) link.setAttribute('href', target);
  }
}

/** The path of a page's address, `/` when it has none. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : '/';
}

/** The host of a page's address, empty when it has none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
