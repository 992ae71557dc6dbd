/** Hosts as people write them and as browsers compare them. */

/** Characters of a host at most (RFC 1035, 2.3.4). */
const longestHost = 253;

/** What a host may be made of once the browser has written it: letters in punycode, or an IPv6 address. */
const hostShape = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/;

/**
 * The host that a user means: from a bare name, a full address, `*.example.com`, with any port, path, case or
 * script. Names of other scripts come back in punycode, IP addresses in their usual form, and without `www.`, which
 * is the same site. Undefined when nothing in the text names a host of the web.
 */
export function hostFrom(text: string): string | undefined {
  const typed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return undefined;
  // Before a host without a scheme, `user@` would be a mail address.
  if (!scheme && typed.includes('@')) return undefined;
  const address = scheme ? typed : `http://${typed.replace(/^(?:\*\.|\.|\/\/)/, '')}`;
  const { hostname = '' } = URL.parse(address) ?? {};
  const host = canonical(hostname);
  return host.length <= longestHost && hostShape.test(host) ? host : undefined;
}

/** The host of an address under which it would stand in a list, or undefined where it has none, as files have. */
export function siteOf(address: string | undefined): string | undefined {
  const url = URL.parse(address ?? '');
  return url && /^https?:$/.test(url.protocol) ? hostFrom(url.hostname) : undefined;
}

/**
 * The entry of a list of hosts that covers an address: the host itself, or one that it is a subdomain of. A part of
 * a name covers nothing, and neither does a name without a dot (`com`, `intranet`) what lies under it.
 */
export function entryCovering(list: readonly string[], address: string): string | undefined {
  const url = URL.parse(address);
  // What a page made itself, such as a PDF, belongs to the page that made it.
  const { hostname = '' } = (url?.protocol === 'blob:' ? URL.parse(url.origin) : url) ?? {};
  const host = canonical(hostname);
  if (!host) return undefined;
  return list.find((entry) => host === entry || (entry.includes('.') && host.endsWith(`.${entry}`)));
}

/** `example.com.` and `www.example.com` are `example.com`. */
const canonical = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\.(?=[^.]+\.)/, '');
