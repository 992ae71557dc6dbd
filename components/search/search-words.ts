import type { Trouble } from '@/utils/errors';
import { type MessageKey, t } from '@/utils/i18n';
import type { SearchPage, SearchRecord } from '@/utils/store/records';
import { troubleTitle } from '../panel/trouble-notice';

/** Searches that go on, as long as their answer is being written. */
const running = new Set<SearchRecord['state']>(['asking', 'finding', 'reading']);
export const isRunning = ({ state }: SearchRecord): boolean => running.has(state);

/** A link that the model asked for by itself is no query. */
export const isLink = ({ queries, call }: SearchRecord): boolean =>
  call ? call.name === 'read_url' : queries.length === 1 && /^https?:\/\/\S+$/i.test(queries[0]?.text ?? '');

export const readCount = (pages: readonly SearchPage[]): number =>
  pages.filter(({ status }) => status === 'read' || status === 'same').length;

/** The run in one line, once it is over. */
export function summaryOf(record: SearchRecord): string {
  const { state, pages, queries } = record;
  const counts = { queries: queries.length, read: readCount(pages), count: pages.length };
  if (state === 'refused') return t('searchRun.summaryRefused');
  if (state === 'stopped') return t('searchRun.summaryStopped', counts);
  if (isLink(record))
    return t(counts.read > 0 ? 'searchRun.summaryLink' : 'searchRun.summaryLinkUnread', counts);
  if (pages.length === 0)
    return t(
      queries.every(({ trouble }) => trouble && trouble.code !== 'search-none')
        ? 'searchRun.summaryFailed'
        : 'searchRun.summaryNothing',
      counts,
    );
  return t(counts.read === 0 ? 'searchRun.summaryUnread' : 'searchRun.summary', counts);
}

/** Troubles that signing in, agreeing or being a person helps against: the user can do that in a tab. */
const openable = new Set(['link-sign-in', 'link-consent', 'link-bot-check', 'link-unseen', 'page-sign-in']);
export const isOpenable = ({ code, facts }: Trouble): boolean =>
  openable.has(code) || (code === 'link-refused' && Number(facts.status) === 401);

const reasons: Partial<Record<Trouble['code'], MessageKey>> = {
  'link-sign-in': 'searchRun.signIn',
  'page-sign-in': 'searchRun.signIn',
  'link-consent': 'searchRun.why.consent',
  'link-bot-check': 'searchRun.why.check',
  'link-unseen': 'searchRun.why.unseen',
  'link-scripts': 'searchRun.why.unseen',
  'link-unreachable': 'searchRun.why.unreachable',
  'link-slow': 'searchRun.why.slow',
  'link-endless': 'searchRun.why.endless',
  'link-private': 'searchRun.why.privateNetwork',
  'link-kind': 'searchRun.why.kind',
  'link-permission': 'searchRun.why.permission',
  'page-permission': 'searchRun.why.permission',
  'never-read': 'searchRun.why.neverRead',
  'file-too-large': 'searchRun.why.tooLarge',
  'file-cut': 'searchRun.why.broken',
  'pdf-password': 'searchRun.why.locked',
  'pdf-scanned': 'searchRun.why.scanned',
  'pdf-broken': 'searchRun.why.broken',
  'page-empty': 'searchRun.why.empty',
  offline: 'searchRun.why.offline',
};

/** Answers of servers that say the page is gone, and those that let nobody in. */
const gone = [404, 410];
const signIn = [401, 407];
const blocked = [403, 429, 451];

/** Why a page was not read, in the few words that a row holds. */
export function reasonOf(trouble: Trouble | undefined): string {
  if (!trouble) return t('searchRun.unread');
  const { code, facts } = trouble;
  if (code === 'link-refused') {
    const status = Number(facts.status);
    if (signIn.includes(status)) return t('searchRun.signIn');
    if (blocked.includes(status)) return `${t('searchRun.blocked')}, ${status}`;
    return gone.includes(status) ? t('searchRun.why.gone') : t('searchRun.why.refused', { status });
  }
  const known = reasons[code];
  return known ? t(known, { megabytes: 0, limit: 0, ...facts }) : troubleTitle(trouble);
}
