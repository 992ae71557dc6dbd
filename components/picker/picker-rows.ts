/** Groups of things to pick -> the rows of the list, from top to bottom. Pure, and linear in what is listed. */

import type { Gathered } from '@/utils/chat/gathering';
import type { Candidate, CandidateGroup, PickingState } from '@/utils/chat/picking';
import { t } from '@/utils/i18n';

export type PickerRow =
  | { kind: 'group'; id: string; group: CandidateGroup; title: string; folds: boolean; isOpen: boolean }
  /** `group` is the id of its group. */
  | { kind: 'candidate'; id: string; candidate: Candidate; group: string }
  | { kind: 'more'; id: string; count: number }
  /** A list that the browser shows only when it is asked to. */
  | { kind: 'lacking'; id: string; what: 'bookmarks' | 'history' };

/** Groups that are not tabs: folded until somebody wants them, or searches. */
const folding = new Set<CandidateGroup['kind']>(['sources', 'chats', 'bookmarks', 'history']);

export function pickerRows(
  { groups, lacks }: Pick<PickingState, 'groups' | 'lacks'>,
  isSearching: boolean,
  open: ReadonlySet<string>,
): PickerRow[] {
  let otherWindows = 1;
  const rows: PickerRow[] = [];
  for (const group of groups) {
    const folds = folding.has(group.kind) && !isSearching;
    const isOpen = !folds || open.has(group.id);
    if (group.kind === 'window' && !group.isThisWindow) otherWindows++;
    const title = groupTitle(group, otherWindows);
    rows.push({ kind: 'group', id: group.id, group, title, folds, isOpen });
    if (!isOpen) continue;
    for (const candidate of group.candidates)
      rows.push({ kind: 'candidate', id: `${group.id} ${candidate.key}`, candidate, group: group.id });
    if (group.more) rows.push({ kind: 'more', id: `${group.id} more`, count: group.more });
  }
  for (const what of lacks) if (what !== 'tabs') rows.push({ kind: 'lacking', id: `lacking ${what}`, what });
  return rows;
}

/** Tabs that were picked and closed before they were read: the browser lists them no more, and they are still told of. */
export function closedTabs(gathered: readonly Gathered[]): CandidateGroup[] {
  const candidates = gathered.flatMap(({ key, title = '', url, ...item }): Candidate[] =>
    key !== undefined && item.status === 'trouble' && item.trouble.code === 'tab-closed'
      ? [
          {
            kind: 'tab',
            key,
            title,
            ...(url && { url }),
            tabId: -1,
            windowId: -1,
            isFront: false,
            isAsleep: false,
            isSensitive: false,
          },
        ]
      : [],
  );
  return candidates.length > 0 ? [{ id: 'closed', kind: 'closed', candidates }] : [];
}

/** The id of the element that names a group. */
export const headOf = (group: string): string => `picker-${group}`;

/** What a group is called. `window` counts the windows from this one, which is the first. */
export function groupTitle({ kind, title, isThisWindow }: CandidateGroup, window: number): string {
  switch (kind) {
    case 'closed':
      return t('picker.closedTabs');
    case 'window':
      return isThisWindow ? t('picker.thisWindow') : t('picker.window', { number: window });
    case 'tab-group':
      return title || t('picker.tabGroup');
    case 'sources':
      return t('picker.sources');
    case 'chats':
      return t('picker.chats');
    case 'bookmarks':
      return t('picker.bookmarks');
    case 'history':
      return t('picker.history');
  }
}
