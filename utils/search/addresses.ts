/** Addresses of results: which are the same, which lead to nobody's page but an engine's own, and which are refused. */

import { isPrivateHost } from '../browser/private-hosts';

/** Parameters that say where a visitor came from. They change what is counted and never what is shown. */
const tracking =
  /^(utm_\w+|gclid|gclsrc|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|mc_cid|mc_eid|_hsenc|_hsmi|srsltid|spm|scm)$/i;

/**
 * The one form of all addresses that certainly lead to the same page: without the place in the page, without what
 * counts visitors, with the scheme that pages have today. For comparing; what is fetched is the address itself.
 * Mobile and AMP pages, `www.` and a slash at the end are left alone: they may be other pages, and the same text is
 * noticed when it has been read.
 */
export function canonicalAddress(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  const names = new Set(url.searchParams.keys());
  for (const name of names) if (tracking.test(name)) url.searchParams.delete(name);
  // `#/chapter` and `#!chapter` are pages of applications, other parts of an address with `#` are places in a page.
  if (!/^#[/!]/.test(url.hash)) url.hash = '';
  if (url.protocol === 'http:' && url.port === '') url.protocol = 'https:';
  // The whole name of a host may end with a dot.
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.href;
}

/** Whether it can be a page of the web at all: http or https, without a name and password. */
export function isWebAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

/** Whether a result may be read: a page of the web that is not in this computer's own network. */
export function isPublicAddress(address: string): boolean {
  return isWebAddress(address) && !isPrivateHost(new URL(address).hostname);
}

/** Parameters in which engines carry the address of a result through a page of their own. */
const carriers = ['uddg', 'url', 'q', 'u', 'target', 'to'];

const isWeb = (text: string | null | undefined): text is string =>
  typeof text === 'string' && /^https?:\/\//i.test(text) && URL.canParse(text);

/** Bing writes `a1` and the address in base64url. */
function fromBase64(text: string): string | undefined {
  try {
    const bytes = atob(text.slice(2).replace(/-/g, '+').replace(/_/g, '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/**
 * Where a link on a page of results leads in the end, as far as its address says so: engines lead through a page of
 * their own (`/l/?uddg=…`, `/url?q=…`, `/ck/a?u=a1…`, `/RU=…/`). An address that tells nothing stays as it is.
 */
export function unwrapped(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  const { pathname, searchParams } = url;
  const packed = searchParams.get('u');
  if (/^\/ck\/a$/.test(pathname) && packed?.startsWith('a1')) {
    const inside = fromBase64(packed);
    return isWeb(inside) ? inside : address;
  }
  const yahoo = /\/RU=([^/]+)\//.exec(pathname)?.[1];
  if (yahoo) {
    try {
      const inside = decodeURIComponent(yahoo);
      return isWeb(inside) ? inside : address;
    } catch {
      return address;
    }
  }
  if (!/^\/(l\/?|url|link|redirect|r|search\/redirect|clk)$/.test(pathname)) return address;
  const inside = carriers.map((name) => searchParams.get(name)).find(isWeb);
  return inside ?? address;
}

/** Links that somebody has paid for, by the pages of engines through which they lead. */
const paid =
  /\/(y\.js|aclk|aclick|pagead\/|baidu\.php)|[?&](ad_domain|ad_provider|adurl)=|^https?:\/\/([^/]*\.)?(googleadservices\.com|doubleclick\.net|yabs\.yandex\.[a-z]+|e\.so\.com|bing\.com\/aclick|g\.adspeed\.net)\b/i;

export const isPaid = (address: string): boolean => paid.test(address);
