/** Tabs, links, kept texts and chats as groups of things to pick: pure, and linear in what is listed. */

import type { ListedLink } from '../browser/link-lists';
import { isSample } from '../browser/sample';
import { isSensitive } from '../browser/sensitive';
import type { ListedTab, TabGroup } from '../browser/tab-list';
import { pageAddress } from '../store/chats';
import { entryCovering } from '../store/hosts';
import type { KeptSource } from '../store/recent-sources';
import type { ChatRecord } from '../store/records';
import type { Candidate } from './gathered';

export interface CandidateGroup {
  /** Stays the same as long as the group is listed. */
  id: string;
  kind: 'closed' | 'window' | 'tab-group' | 'bookmarks' | 'history' | 'sources' | 'chats';
  /** What the user called a tab group. */
  title?: string;
  /** The browser's word for a tab group's colour, e.g. `blue`. */
  color?: string;
  /** The window of the panel, or a tab group in it. */
  isThisWindow?: boolean;
  windowId?: number;
  candidates: Candidate[];
  /** How many more there are that are not listed: a search finds them. */
  more?: number;
}

/** What there is to pick from. */
export interface Listed {
  tabs: ListedTab[];
  tabGroups: TabGroup[];
  bookmarks: ListedLink[];
  history: ListedLink[];
  sources: KeptSource[];
  chats: ChatRecord[];
  /** Hosts that are never read. */
  neverRead: readonly string[];
  /** The window of the panel. */
  windowId: number;
  /** The browser lets us read files that its tabs show. */
  mayFiles: boolean;
}

/** Entries of a group that is not tabs: those that come first, or match best, are listed. */
const mostListed = 100;

/** The groups that match a search. Candidates and groups that are as they were in `before` stay the same objects. */
export function groupsOf(listed: Listed, query: string, before: CandidateGroup[] = []): CandidateGroup[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const open = new Set(listed.tabs.flatMap(({ url }) => (url ? [pageAddress(url)] : [])));
  const groups = [
    ...tabsOf(listed).map((group) => matching(group, words)),
    sourcesOf(listed, words),
    chatsOf(listed, words),
    linksOf('bookmarks', listed.bookmarks, words, open),
    linksOf('history', listed.history, words, open),
  ].filter(({ candidates }) => candidates.length > 0);
  return kept(groups, before);
}

function tabsOf({ tabs, tabGroups, windowId, neverRead, mayFiles }: Listed): CandidateGroup[] {
  const named = new Map(tabGroups.map((group) => [group.id, group]));
  const groups = new Map<string, CandidateGroup>();
  for (const tab of tabs) {
    const name = tab.groupId === undefined ? undefined : named.get(tab.groupId);
    const id = name ? `tab-group:${name.id}` : `window:${tab.windowId}`;
    const isThisWindow = tab.windowId === windowId;
    const group: CandidateGroup = groups.get(id) ?? {
      id,
      kind: name ? 'tab-group' : 'window',
      ...(name && { title: name.title, color: name.color }),
      isThisWindow,
      windowId: tab.windowId,
      candidates: [],
    };
    groups.set(id, group);
    const barred = barredBy(tab, neverRead, mayFiles);
    group.candidates.push({
      kind: 'tab',
      key: `tab:${tab.firstId}`,
      title: tab.title ?? '',
      ...(tab.url && { url: tab.url }),
      tabId: tab.id,
      windowId: tab.windowId,
      isFront: tab.isActive && isThisWindow,
      isAsleep: tab.isAsleep,
      isSensitive: isSensitive(tab.url),
      ...(barred && { barred }),
    });
  }
  // This window first, and the groups of a window behind it; otherwise as the browser has them.
  const windows = [...new Set(tabs.map((tab) => tab.windowId))];
  const rank = ({ windowId: own, kind, isThisWindow }: CandidateGroup) =>
    (isThisWindow ? -windows.length : windows.indexOf(own ?? -1)) * 2 + (kind === 'window' ? 0 : 1);
  return [...groups.values()].sort((one, other) => rank(one) - rank(other));
}

type Barred = Extract<Candidate, { kind: 'tab' }>['barred'];

/** Pages that browsers keep extensions out of although they are of the web. */
const galleries =
  /^https:\/\/(chromewebstore\.google\.com|chrome\.google\.com\/webstore|addons\.mozilla\.org|microsoftedge\.microsoft\.com\/addons)(\/|$)/;

function barredBy({ url }: ListedTab, neverRead: readonly string[], mayFiles: boolean): Barred {
  if (!url || isSample(url)) return undefined;
  if (/^file:/i.test(url)) return mayFiles ? undefined : 'file-access';
  if (!/^(https?|blob):/i.test(url) || galleries.test(url)) return 'browser-page';
  return entryCovering(neverRead, url) === undefined ? undefined : 'never-read';
}

function matching(group: CandidateGroup, words: string[]): CandidateGroup {
  if (words.length === 0) return group;
  const isNamed = words.every((word) => folded(group.title ?? '').includes(word));
  return isNamed
    ? group
    : { ...group, candidates: group.candidates.filter(({ title, url }) => matches(words, title, url)) };
}

function linksOf(
  kind: 'bookmarks' | 'history',
  links: ListedLink[],
  words: string[],
  open: ReadonlySet<string>,
): CandidateGroup {
  const seen = new Set(open);
  const fresh = links.filter(({ title, url }) => {
    const address = pageAddress(url);
    if (seen.has(address) || !matches(words, title, url)) return false;
    seen.add(address);
    return true;
  });
  return limited(kind, fresh, ({ title, url, at }) => ({
    kind: kind === 'history' ? 'history' : 'bookmark',
    key: `${kind}:${url}`,
    title,
    url,
    isSensitive: isSensitive(url),
    visitedAt: at,
  }));
}

const sourcesOf = ({ sources }: Listed, words: string[]): CandidateGroup =>
  limited(
    'sources',
    sources.filter(({ title, url }) => matches(words, title, url)),
    ({ id, title, url, tokens, words: count, readAt }) => ({
      kind: 'source',
      key: `source:${id}`,
      title,
      ...(url && { url }),
      id,
      tokens,
      words: count,
      readAt,
    }),
  );

const chatsOf = ({ chats }: Listed, words: string[]): CandidateGroup =>
  limited(
    'chats',
    chats.filter(({ title }) => matches(words, title)),
    ({ id, title, updatedAt }) => ({ kind: 'chat', key: `chat:${id}`, title, chatId: id, updatedAt }),
  );

function limited<T>(
  kind: Exclude<CandidateGroup['kind'], 'window' | 'tab-group'>,
  entries: T[],
  candidateOf: (entry: T) => Candidate,
): CandidateGroup {
  const more = entries.length - mostListed;
  return {
    id: kind,
    kind,
    candidates: entries.slice(0, mostListed).map(candidateOf),
    ...(more > 0 && { more }),
  };
}

/** All words stand in the title or the address, as people read it, wherever in it: Chinese has no words to begin with. */
function matches(words: string[], title: string, url = ''): boolean {
  if (words.length === 0) return true;
  const text = folded(`${title} ${readable(url)}`);
  return words.every((word) => text.includes(word));
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

function readable(url: string): string {
  if (!url.includes('%')) return url;
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** What is as it was stays the same object, so that only what changed is drawn again. */
function kept(groups: CandidateGroup[], before: CandidateGroup[]): CandidateGroup[] {
  const old = new Map(before.map((group) => [group.id, group]));
  return groups.map((group) => {
    const known = old.get(group.id);
    if (!known) return group;
    const byKey = new Map(known.candidates.map((candidate) => [candidate.key, candidate]));
    const candidates = group.candidates.map((candidate) => {
      const same = byKey.get(candidate.key);
      return same && JSON.stringify(same) === JSON.stringify(candidate) ? same : candidate;
    });
    const { candidates: _, ...frame } = group;
    const { candidates: earlier, ...earlierFrame } = known;
    const isSame =
      JSON.stringify(frame) === JSON.stringify(earlierFrame) &&
      candidates.length === earlier.length &&
      candidates.every((candidate, index) => candidate === earlier[index]);
    return isSame ? known : { ...group, candidates };
  });
}
