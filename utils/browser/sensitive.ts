import { entryCovering } from '../store/hosts';
import { isPrivateHost } from './private-hosts';
import { sensitiveHosts, sensitiveLabels } from './sensitive-hosts';

/**
 * Whether an address is one whose text people would not send along by accident: money, mail, health, passwords,
 * papers of the state, and the user's own network. It is a reminder to look twice, no wall: such a page is read like
 * any other once it is chosen by itself.
 */
export function isSensitive(address: string | undefined): boolean {
  const url = URL.parse(address ?? '');
  if (!url || !/^https?:$/.test(url.protocol)) return url?.protocol === 'file:';
  const { hostname } = url;
  if (isPrivateHost(hostname)) return true;
  if (entryCovering(sensitiveHosts, address ?? '') !== undefined) return true;
  return hostname
    .toLowerCase()
    .split('.')
    .some((label) => sensitiveLabels.test(label));
}
