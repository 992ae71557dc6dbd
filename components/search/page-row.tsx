import { BookOpenText, CircleMinus, CirclePlus, RotateCw, SquareArrowOutUpRight } from 'lucide-react';
import { memo, useState } from 'react';
import { t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import type { SearchPage } from '@/utils/store/records';
import { beginningOf, formatTokens, hostOf, sourceColour } from '../format';
import { LetterTile } from '../ui/letter-tile';
import { MenuButton, type MenuEntry } from '../ui/menu';
import { useLanguage } from '../use-preferences';
import { PageStatus } from './page-status';
import { isOpenable } from './search-words';

/** Titles are as long as engines give them; a row shows one line. */
const longestTitle = 300;

/** What can be done with a page; the same object at every drawing. */
export interface PageHandlers {
  showText: (page: SearchPage) => void;
  open: (page: SearchPage) => void;
  drop: (rank: number) => void;
  retry: (rank: number) => void;
  /** Reads it for the next question; absent where none can be asked. */
  readForNext?: (page: SearchPage) => void;
}

interface RowProps {
  page: SearchPage;
  /** From 0. */
  rank: number;
  /** Its text is here. */
  hasText: boolean;
  /** It can be dropped and tried again. */
  live: boolean;
  on: PageHandlers;
}

/** One page among the results: its number, whose it is, how far it is read. Drawn again only when it changes itself. */
export const PageRow = memo(
  function PageRow({ page, rank, hasText, live, on }: RowProps) {
    useLanguage();
    const title = beginningOf(page.title.trim() || hostOf(page.url) || page.url, longestTitle);
    const name = (
      <bdi className="search-title row-text ellipsis" lang={scriptLanguage(title)}>
        {title}
      </bdi>
    );
    return (
      <li className={`search-row is-${page.status}`}>
        <PageNumber page={page} />
        <span className={`search-tile ${sourceColour(colourOf(page.url))}`}>
          <LetterTile url={page.url} title={title} />
        </span>
        {hasText ? (
          <button type="button" className="search-page" onClick={() => on.showText(page)}>
            {name}
            <PageStatus page={page} />
          </button>
        ) : (
          <span className="search-page">
            {name}
            <PageStatus page={page} />
          </span>
        )}
        <End page={page} rank={rank} title={title} live={live} on={on} />
        <MenuButton
          label={t('searchRun.more', { title })}
          className="icon-button search-menu"
          entries={() => entriesOf({ page, rank, hasText, live, on })}
        />
      </li>
    );
  },
  (before, after) =>
    before.rank === after.rank &&
    before.hasText === after.hasText &&
    before.live === after.live &&
    before.on === after.on &&
    isSamePage(before.page, after.page),
);

/** The number in the colour that its citations have: filled once it is read, an outline while it is not. */
function PageNumber({ page: { number, status } }: { page: SearchPage }) {
  if (number === undefined) return <span className="search-number" aria-hidden="true" />;
  return <span className={`search-number ${status === 'read' ? sourceColour(number) : ''}`}>{number}</span>;
}

/** Its size, or the one thing that helps to read it. */
function End({ page, rank, title, live, on }: Omit<RowProps, 'hasText'> & { title: string }) {
  const [opened, setOpened] = useState(false);
  const { status, tokens, trouble } = page;
  if (status === 'unread' && trouble && isOpenable(trouble)) {
    // The user has been there: what helps now is to look again.
    const again = opened
      ? live
        ? () => on.retry(rank)
        : on.readForNext && (() => on.readForNext?.(page))
      : undefined;
    return (
      <button
        type="button"
        className="button button-line search-open"
        aria-label={again ? undefined : t('searchRun.openFor', { title })}
        title={again && !live ? t('searchRun.readForNext') : undefined}
        onClick={() => {
          if (again) return again();
          setOpened(true);
          on.open(page);
        }}
      >
        {again ? t('searchRun.retry') : t('searchRun.open')}
      </button>
    );
  }
  const counts = tokens !== undefined && (status === 'read' || status === 'reading' || status === 'left-out');
  return <span className="search-tokens">{counts && formatTokens(tokens)}</span>;
}

function entriesOf({ page, rank, hasText, live, on }: RowProps): MenuEntry[] {
  const { status } = page;
  const entries: MenuEntry[] = [];
  if (hasText)
    entries.push({ label: t('searchRun.showText'), icon: BookOpenText, run: () => on.showText(page) });
  entries.push({ label: t('searchRun.openPage'), icon: SquareArrowOutUpRight, run: () => on.open(page) });
  if (live && status === 'unread')
    entries.push({ label: t('searchRun.retry'), icon: RotateCw, run: () => on.retry(rank) });
  if (!live && on.readForNext && laterReadable.includes(status))
    entries.push({ label: t('searchRun.readForNext'), icon: CirclePlus, run: () => on.readForNext?.(page) });
  if (live && status !== 'dropped')
    entries.push({ label: t('searchRun.drop'), icon: CircleMinus, run: () => on.drop(rank) });
  return entries;
}

/** What is not in the request, and may be there with the next question. */
const laterReadable: SearchPage['status'][] = ['unread', 'dropped', 'left-out'];

/** One of the colours of sources for a site, the same each time. It says nothing; the letter does. */
const colourOf = (url: string): number => {
  let sum = 0;
  for (const character of hostOf(url)) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return (sum % 8) + 1;
};

/** Whether a row would look the same. Records are made anew at every change of the run they belong to. */
function isSamePage(before: SearchPage, after: SearchPage): boolean {
  if (before === after) return true;
  const { progress: wasAt, trouble: hadTrouble, ...was } = before;
  const { progress: isAt, trouble: hasTrouble, ...is } = after;
  const names = new Set([...Object.keys(was), ...Object.keys(is)] as (keyof typeof was)[]);
  return (
    [...names].every((name) => was[name] === is[name]) &&
    hadTrouble?.code === hasTrouble?.code &&
    wasAt?.loaded === isAt?.loaded &&
    wasAt?.total === isAt?.total &&
    wasAt?.inTab === isAt?.inTab
  );
}
