import type { FlatPage } from '../flat-page';
import type { Site } from './types';

/**
 * The adapter for a page: by host (equal to one of its hosts or a subdomain, so `netflix.com` is not `x.com`), else by
 * the software that made the page.
 */
export function siteFor(page: FlatPage, sites: readonly Site[]): Site | undefined {
  const host = URL.canParse(page.url) ? new URL(page.url).hostname : '';
  return sites.find(({ hosts }) => isOneOf(host, hosts)) ?? sites.find((site) => site.matches?.(page));
}

/** Whether a host is one of these or a subdomain of one. */
export const isOneOf = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((known) => host === known || host.endsWith(`.${known}`));
