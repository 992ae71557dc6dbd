/** Why something that was picked could not be read, in a few words, and what may help. */

import type { Gathered, Gathering } from '@/utils/chat/gathering';
import { type MessageKey, t } from '@/utils/i18n';
import type { PanelActions } from '../panel/actions';
import { troubleTitle } from '../panel/trouble-notice';

export interface RowAction {
  label: string;
  run: () => void;
}

export type Troubled = Gathered & { status: 'trouble' };

/** Troubles that a row tells in fewer words than a notice does. */
const short = {
  'page-permission': 'picker.why.permission',
  'link-permission': 'picker.why.permission',
  'file-permission': 'picker.why.permission',
  'page-asleep': 'picker.why.asleep',
  'page-sign-in': 'picker.why.signIn',
  'tab-moved': 'picker.why.moved',
  'tab-closed': 'picker.why.closed',
  'tab-crashed': 'picker.why.crashed',
  'page-empty': 'picker.why.empty',
  'kept-gone': 'picker.why.gone',
} satisfies Record<string, MessageKey>;

export function troubleWords({ trouble }: Troubled): string {
  const key = (short as Record<string, MessageKey>)[trouble.code];
  return key ? t(key, { host: String(trouble.facts.host ?? '') }) : troubleTitle(trouble);
}

/** What needs the browser's leave. */
export const lacksLeave = (item: Gathered): item is Troubled =>
  item.status === 'trouble' && /^(page|link|file)-permission$/.test(item.trouble.code);

/** What the browser has put away. */
export const isAsleep = (item: Gathered): item is Troubled =>
  item.status === 'trouble' && item.trouble.code === 'page-asleep';

/** What may help, the likeliest first. Nothing where nothing does: then it can only be unticked. */
export function troubleActions(
  item: Troubled,
  tabId: number | undefined,
  gathering: Pick<Gathering, 'retry' | 'wake' | 'allowPicked'>,
  actions: Pick<PanelActions, 'allow' | 'allowEverySite' | 'showTab'>,
): RowAction[] {
  const { id, key = '', trouble, url } = item;
  const retry = () => gathering.retry(id);
  const show = tabId === undefined ? [] : [{ label: t('picker.openTab'), run: () => actions.showTab(tabId) }];
  switch (trouble.code) {
    case 'page-permission':
    case 'link-permission': {
      const address = String(trouble.facts.address || url || '');
      // First of all the browser is asked: it answers only inside a click.
      const ask = () => (address ? actions.allow(address) : actions.allowEverySite());
      return [{ label: t('picker.allow'), run: () => void ask().then((isAllowed) => isAllowed && retry()) }];
    }
    case 'file-permission':
      return [{ label: t('picker.allow'), run: () => void gathering.allowPicked() }];
    case 'page-asleep':
      return [{ label: t('action.wake'), run: () => gathering.wake(key) }];
    case 'tab-crashed':
      return [{ label: t('picker.reload'), run: () => gathering.wake(key) }];
    case 'page-sign-in':
      return [...show, { label: t('picker.readAnyway'), run: retry }];
    case 'tab-moved':
      return [{ label: t('action.readMoved'), run: retry }];
    case 'page-protected':
    case 'never-read':
    case 'file-access':
    case 'tab-closed':
    case 'kept-gone':
      return [];
    default:
      return [{ label: t('action.tryAgain'), run: retry }, ...show];
  }
}
