/** Items of the list of what is on its way, as they begin. */

import { allFiles, originPattern } from '../browser/permissions';
import { nextPlace } from './attaching';
import type { Candidate, Gathered } from './gathered';

export type Base = Pick<Gathered, 'id' | 'kind' | 'key' | 'title' | 'url' | 'frame' | 'file' | 'place'>;

/** What of an item stays the same while it is read. */
export const fieldsOf = ({ id, kind, key, title, url, frame, file, place }: Base): Base => ({
  id,
  kind,
  key,
  title,
  url,
  frame,
  file,
  place,
});

/** What a candidate is on its way as. */
export function baseOf({ key, kind, title, url }: Candidate, place = nextPlace()): Base {
  const isLink = kind === 'bookmark' || kind === 'history';
  // The same tab may be picked for two chats.
  return { id: `${key} ${place}`, key, kind: isLink ? 'link' : kind, title, url, place };
}

/** What has to be asked for so that it can be read: nothing, when that is not what is in its way. */
export function originsOf(item: Gathered): string[] {
  if (item.status !== 'trouble' || item.key === undefined) return [];
  const { code, facts } = item.trouble;
  if (code === 'file-permission') return allFiles;
  if (code !== 'page-permission' && code !== 'link-permission') return [];
  const pattern = originPattern(String(facts.address || item.url || ''));
  return pattern ? [pattern] : [];
}
