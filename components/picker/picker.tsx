import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Candidate } from '@/utils/chat/gathering';
import type { createPicking } from '@/utils/chat/picking';
import { sayAlso, t } from '@/utils/i18n';
import type { Task } from '@/utils/models/types';
import { Sheet } from '../ui/sheet';
import { useLanguage } from '../use-preferences';
import { GroupRow, LackingRow } from './group-row';
import { ticksOf } from './pick-states';
import { PickerFooter } from './picker-footer';
import { PickerList, type PickerListHandle } from './picker-list';
import { CandidateRow } from './picker-row';
import { closedTabs, type PickerRow, pickerRows } from './picker-rows';
import { usePicking } from './use-picking';
import { type PickTarget, usePicks } from './use-picks';

await sayAlso('sheets');

/** Longer searches are pasted by mistake. */
const longestSearch = 200;

/** Everything that can go with the next question, as a sheet: ticking is attaching, and begins to read at once. */
export function Picker({
  search: first = '',
  onAsk,
  onClose,
  list: createList,
  ...target
}: PickTarget & {
  /** What it is searched for when it opens. */
  search?: string;
  /** Asks about all that is attached. Absent while an answer is written. */
  onAsk?: (task: Task) => void;
  onClose: () => void;
  /** What makes the list; for tests. */
  list?: typeof createPicking;
}) {
  const language = useLanguage();
  const [search, setSearch] = useState(first);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [state, picking] = usePicking(search, createList);
  const { stateOf, tick, untick, tickAll } = usePicks(target);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<PickerListHandle>(null);
  const { gathered } = target.asking;
  // biome-ignore lint/correctness/useExhaustiveDependencies: groups are named in the language of the moment
  const rows = useMemo(() => {
    const groups = [...closedTabs(gathered), ...state.groups];
    return pickerRows({ ...state, groups }, search.trim() !== '', open);
  }, [state, gathered, search, open, language]);
  useEffect(() => field.current?.focus(), []);

  const onTick = useCallback(
    (candidate: Candidate, on: boolean) => (on ? tick : untick)([candidate]),
    [tick, untick],
  );
  const onFold = useCallback(
    (id: string) =>
      setOpen(
        (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
      ),
    [],
  );
  const onTickAll = useCallback(
    ({ group }: PickerRow & { kind: 'group' }) => tickAll(group.candidates),
    [tickAll],
  );
  /** First of all the browser is asked: it answers only inside a click. */
  const allow = (what: 'tabs' | 'bookmarks' | 'history') =>
    void picking?.allow(what).then((isAllowed) => {
      if (!isAllowed) return;
      setOpen((before) => new Set([...before, what]));
      if (what === 'tabs') field.current?.focus();
      else list.current?.focus(what);
    });
  const drawRow = (row: PickerRow, isActive: boolean) => {
    switch (row.kind) {
      case 'group': {
        const { on, off } = ticksOf(row.isOpen ? row.group.candidates : [], stateOf);
        const mayTickAll = on.length + off.length > 1 ? on.length > 0 : undefined;
        return (
          <GroupRow
            row={row}
            mayTickAll={mayTickAll}
            isActive={isActive}
            onFold={onFold}
            onTickAll={onTickAll}
          />
        );
      }
      case 'candidate':
        return (
          <CandidateRow
            candidate={row.candidate}
            group={row.group}
            state={stateOf(row.candidate)}
            isActive={isActive}
            gathering={target.gathering}
            onTick={onTick}
          />
        );
      case 'more':
        return <p className="picker-more">{t('picker.more', { count: row.count })}</p>;
      case 'lacking':
        return <LackingRow what={row.what} isActive={isActive} onAllow={allow} />;
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') list.current?.focus();
    else if (event.key === 'Escape' && search) setSearch('');
    else if (event.key === 'Enter') tickFirst();
    else return;
    event.preventDefault();
  };
  /** Enter in the field ticks what was searched for. */
  const tickFirst = () => {
    const row = rows.find(({ kind }) => kind === 'candidate');
    if (!search.trim() || row?.kind !== 'candidate') return list.current?.focus();
    const { ticked, status } = stateOf(row.candidate);
    if (!ticked && status === 'free') list.current?.focus(row.id);
    if (ticksOf([row.candidate], stateOf).on.length > 0) {
      tick([row.candidate]);
      field.current?.select();
      field.current?.focus();
    }
  };
  const isEmpty = state.status === 'ready' && !rows.some(({ kind }) => kind !== 'lacking');
  return (
    <Sheet title={t('picker.title')} onClose={onClose}>
      <search className="search-field picker-search">
        <Search className="icon" aria-hidden="true" />
        <input
          ref={field}
          type="text"
          aria-label={t('picker.search')}
          placeholder={t('picker.search')}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={longestSearch}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {search && (
          <button
            type="button"
            className="icon-button search-clear"
            aria-label={t('picker.clear')}
            title={t('picker.clear')}
            onClick={() => {
              setSearch('');
              field.current?.focus();
            }}
          >
            <X className="icon icon-small" aria-hidden="true" />
          </button>
        )}
      </search>
      {state.lacks.includes('tabs') && (
        <p className="picker-notice">
          <span className="grow">{t('picker.nameless')}</span>
          <button type="button" className="text-button" onClick={() => allow('tabs')}>
            {t('picker.showTitles')}
          </button>
        </p>
      )}
      <PickerList
        ref={list}
        rows={rows}
        label={t('picker.list')}
        drawRow={drawRow}
        onLeave={() => field.current?.focus()}
        onType={() => field.current?.focus()}
      />
      {isEmpty && (
        <p className="picker-none">{search ? t('picker.notFound', { search }) : t('picker.nothing')}</p>
      )}
      <PickerFooter target={target} onAsk={onAsk} onDone={onClose} />
    </Sheet>
  );
}
