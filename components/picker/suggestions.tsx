import { ListChecks } from 'lucide-react';
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Candidate } from '@/utils/chat/gathering';
import type { createPicking } from '@/utils/chat/picking';
import { t } from '@/utils/i18n';
import { pageAddress } from '@/utils/store/chats';
import { hostOf } from '../format';
import { announce } from '../panel/announcer';
import { LetterTile } from '../ui/letter-tile';
import { isBarred, needsYes } from './pick-states';
import { candidateTitle } from './picker-row';
import { groupTitle } from './picker-rows';
import { usePicking } from './use-picking';
import { type PickTarget, usePicks } from './use-picks';

/** More than these nobody goes through with arrow keys; the whole list is the last entry. */
const mostShown = 30;

interface Entry {
  candidate: Candidate;
  /** The name of the group that begins with it. */
  head?: string;
}

/**
 * What `@` and the words after it may mean, above the question. The focus stays in the question; the arrow keys move
 * what is marked, Enter picks it, Esc leaves the text as it is.
 */
export function Suggestions({
  query,
  field,
  onKey: keys,
  onLeave,
  onTake,
  onAll,
  list: createList,
  ...target
}: PickTarget & {
  query: string;
  /** What has the focus, and says which entry is marked. */
  field: RefObject<HTMLElement | null>;
  /** Is told how keys are carried out: true when one was theirs. */
  onKey: RefObject<((event: KeyboardEvent) => boolean) | undefined>;
  onLeave: () => void;
  /** Something was picked. */
  onTake: () => void;
  /** Opens the whole list, searched for the same. */
  onAll: (search: string) => void;
  list?: typeof createPicking;
}) {
  const id = useId();
  const [{ groups, status }] = usePicking(query, createList);
  const { stateOf, tick } = usePicks(target);
  const [marked, setMarked] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const entries = useMemo(() => entriesOf(groups, query), [groups, query]);
  // Without a word the whole list comes first: who wants one tab types its name.
  const wholeAt = query ? entries.length : 0;
  const count = entries.length + 1;
  const place = Math.min(marked, count - 1);
  const isThere = status === 'ready' && (entries.length > 0 || !query);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, another list
  useEffect(() => setMarked(0), [query]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is marked comes into view
  useLayoutEffect(() => {
    list.current?.querySelector('[data-marked]')?.scrollIntoView({ block: 'nearest' });
  }, [place, entries]);
  useEffect(() => {
    const element = field.current;
    if (!element || !isThere) return;
    const said = {
      'aria-autocomplete': 'list',
      'aria-controls': `${id}list`,
      'aria-activedescendant': `${id}${place}`,
    };
    for (const [name, value] of Object.entries(said)) element.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(said)) element.removeAttribute(name);
    };
  }, [field, isThere, id, place]);
  useEffect(() => {
    if (isThere) announce(t('picker.suggested', { count: entries.length }));
    return () => announce('');
  }, [isThere, entries.length]);

  const choose = (position: number) => {
    const entry = entries[position - (query ? 0 : 1)];
    onTake();
    // What is asked about first is asked about in the list, where there is room for it.
    if (position === wholeAt || !entry || needsYes(entry.candidate, stateOf(entry.candidate))) onAll(query);
    else tick([entry.candidate]);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.key === 'Tab' && event.shiftKey) {
      onLeave();
      return false;
    }
    if (event.key === 'Escape') {
      onLeave();
    } else if (!isThere || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    else if (event.key === 'ArrowDown') setMarked((place + 1) % count);
    else if (event.key === 'ArrowUp') setMarked((place + count - 1) % count);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(place);
    else return false;
    return true;
  };
  useLayoutEffect(() => {
    keys.current = onKey;
  });

  if (!isThere) return null;
  const whole = (
    <Option
      id={`${id}${wholeAt}`}
      isMarked={place === wholeAt}
      onMark={() => setMarked(wholeAt)}
      onChoose={() => choose(wholeAt)}
    >
      <ListChecks className="icon" aria-hidden="true" />
      <span className="grow">{t('picker.whole')}</span>
    </Option>
  );
  return (
    <div
      ref={list}
      id={`${id}list`}
      className="suggestions"
      role="listbox"
      aria-label={t('picker.title')}
      // It scrolls, so it can be reached by keys; Tab from the question picks or closes it before that.
      tabIndex={0}
      // The focus stays in the question.
      onMouseDown={(event) => event.preventDefault()}
    >
      {!query && whole}
      {entries.map(({ candidate, head }, index) => {
        const position = index + (query ? 0 : 1);
        const title = candidateTitle(candidate);
        const { ticked } = stateOf(candidate);
        return [
          head && (
            <p key={`${candidate.key} head`} className="eyebrow suggestions-head" role="presentation">
              {head}
            </p>
          ),
          <Option
            key={candidate.key}
            id={`${id}${position}`}
            isMarked={place === position}
            isTicked={ticked}
            onMark={() => setMarked(position)}
            onChoose={() => choose(position)}
          >
            <LetterTile url={candidate.url} title={title} />
            <span className="grow">
              <bdi className="ellipsis row-text">{title}</bdi>
            </span>
            <span className="meta ellipsis suggestions-host">
              {ticked ? t('picker.attached') : hostOf(candidate.url)}
            </span>
          </Option>,
        ];
      })}
      {query && whole}
    </div>
  );
}

function Option({
  id,
  isMarked,
  isTicked = false,
  onMark,
  onChoose,
  children,
}: {
  id: string;
  isMarked: boolean;
  isTicked?: boolean;
  onMark: () => void;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are taken where the focus is
    <div
      id={id}
      role="option"
      aria-selected={isTicked}
      className="suggestion"
      data-marked={isMarked || undefined}
      onPointerMove={onMark}
      onClick={onChoose}
    >
      {children}
    </div>
  );
}

/** Without a word the tabs alone; with words whatever has them, tabs first. What can never be read is none of them. */
function entriesOf(groups: Parameters<typeof groupTitle>[0][], query: string): Entry[] {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let windows = 1;
  for (const group of groups) {
    if (group.kind === 'window' && !group.isThisWindow) windows++;
    if (!query && group.kind !== 'window' && group.kind !== 'tab-group') continue;
    const title = groupTitle(group, windows);
    const usable = group.candidates.filter((candidate) => {
      const address = candidate.url && pageAddress(candidate.url);
      // A page that is open is named once, and not again as one that was read before.
      if (isBarred(candidate) || (candidate.kind !== 'tab' && address && seen.has(address))) return false;
      if (address) seen.add(address);
      return true;
    });
    for (const [index, candidate] of usable.entries()) {
      if (entries.length >= mostShown) return entries;
      entries.push({ candidate, ...(index === 0 && { head: title }) });
    }
  }
  return entries;
}
