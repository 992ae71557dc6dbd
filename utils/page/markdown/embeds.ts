import { safeAddress } from './addresses';

const videoHosts =
  /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|bilibili\.com|v\.qq\.com|youku\.com|dailymotion\.com|loom\.com|wistia\.(?:com|net)|twitch\.tv)$/;
const audioHosts = /(?:^|\.)(?:spotify\.com|soundcloud\.com|podcasts\.apple\.com|music\.163\.com)$/;
/** Frames that measure and advertise; nobody reads them. */
const trackers =
  /(?:^|\.)(?:googletagmanager\.com|doubleclick\.net|googlesyndication\.com|google-analytics\.com|facebook\.com\/tr)$/;

const embeds = new Set(['iframe', 'frame', 'video', 'audio', 'object', 'embed']);

export const isEmbed = (element: Element): boolean => embeds.has(element.localName);

/** What an embedded thing is called and where it is, or undefined when there is nothing to name. */
export function describeEmbed(element: Element): { label: string; address: string } | undefined {
  const address = safeAddress(addressOf(element));
  const host = hostOf(address);
  if (!address || trackers.test(host) || isTiny(element)) return undefined;
  const title = ['title', 'aria-label', 'alt', 'data-title']
    .map((name) => element.getAttribute(name)?.replace(/\s+/g, ' ').trim())
    .find(Boolean);
  const kind = kindOf(element, address, host);
  return { label: title ? `${kind}: ${title}` : kind, address };
}

function addressOf(element: Element): string {
  for (const name of ['src', 'data-src', 'data', 'data-lazy-src']) {
    const value = element.getAttribute(name);
    if (value && value !== 'about:blank') return value;
  }
  for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
    if (child.localName === 'source' && child.getAttribute('src')) return child.getAttribute('src') ?? '';
  }
  return '';
}

function kindOf(element: Element, address: string, host: string): string {
  const type = element.getAttribute('type') ?? '';
  if (element.localName === 'video' || type.startsWith('video/') || videoHosts.test(host)) return 'Video';
  if (element.localName === 'audio' || type.startsWith('audio/') || audioHosts.test(host)) return 'Audio';
  if (type === 'application/pdf' || /\.pdf(?:[?#]|$)/i.test(address)) return 'PDF';
  return element.localName === 'iframe' || element.localName === 'frame' ? 'Frame' : 'Object';
}

const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).hostname : '');

const isTiny = (element: Element) =>
  ['width', 'height'].some((name) => /^[01](?:px)?$/.test(element.getAttribute(name) ?? ''));
