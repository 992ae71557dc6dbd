import type { Site } from './types';

/** Every adapter has its line here. Order does not matter: hosts are distinct. */
export const sites: Site[] = [];

/** The adapter for an address, by host: equal to one of its hosts or a subdomain, so `netflix.com` is not `x.com`. */
export function siteFor(url: string): Site | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return sites.find(({ hosts }) => hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`)));
}
