import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type CustomContainerComponentProps, Virtualizer, type VirtualizerHandle } from 'virtua';
import { t } from '@/utils/i18n';
import { chatList } from '@/utils/store/chat-list';
import type { ChatRecord } from '@/utils/store/records';
import type { ChatHit } from '@/utils/store/search/chats';
import { useLanguage } from '../use-preferences';
import type { FileForm } from './chat-files';
import { ChatRow, type RowHandlers } from './chat-row';
import { type DayGroup, groupOf, momentIn } from './days';

export interface ChatItemsHandle {
  /** Puts the focus on a chat, by its place among those that are shown. */
  focus: (position: number) => void;
}

type Item = { kind: 'day'; group: DayGroup } | { kind: 'chat'; chat: ChatRecord; moment: string };

/** Rows that a press of Page Up or Page Down goes. */
const page = 10;
/** Milliseconds in which a row that is scrolled to has to come into the document. */
const patience = 2_000;

/** The chats in groups by day. Only what is near the screen is in the document. */
export function ChatItems({
  ref,
  chats,
  hits,
  terms,
  onOpen,
  onRemove,
  onSave,
  onLeave,
  children,
}: {
  ref: Ref<ChatItemsHandle>;
  chats: ChatRecord[];
  hits?: ReadonlyMap<string, ChatHit>;
  terms: RegExp[];
  onOpen: (id: string) => void;
  onRemove: (chat: ChatRecord) => Promise<void>;
  onSave: (chat: ChatRecord, form: FileForm) => void;
  /** The focus goes up beyond the first chat. */
  onLeave: () => void;
  /** What stands below the last chat. */
  children: ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [focused, setFocused] = useState<string>();
  const language = useLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: days and months are named in the language of the moment
  const items = useMemo(() => itemsOf(chats), [chats, language]);
  /** The place of each chat among the items. */
  const places = useMemo(() => {
    const found: number[] = [];
    for (const [place, item] of items.entries()) if (item.kind === 'chat') found.push(place);
    return found;
  }, [items]);
  const newest = useRef({ chats, places });
  newest.current = { chats, places };

  const focus = useCallback((position: number) => {
    const { chats, places } = newest.current;
    const at = Math.min(Math.max(position, 0), chats.length - 1);
    const chat = chats[at];
    if (!chat) return;
    // With the first chat its day comes into view.
    list.current?.scrollToIndex(at === 0 ? 0 : (places[at] ?? 0), { align: 'nearest' });
    focusWhenThere(scroller.current, chat.id);
  }, []);
  useImperativeHandle(ref, () => ({ focus }), [focus]);

  const on = useMemo<RowHandlers>(
    () => ({
      open: onOpen,
      rename: (id, title) => void chatList.rename(id, title),
      save: onSave,
      remove: async (chat) => {
        const position = newest.current.chats.findIndex(({ id }) => id === chat.id);
        await onRemove(chat);
        const rest = newest.current.chats.filter(({ id }) => id !== chat.id);
        const next = rest[Math.min(position, rest.length - 1)];
        // Once the row is gone the focus would be nowhere; the row that takes its place gets it.
        if (next) focusWhenThere(scroller.current, next.id);
      },
    }),
    [onOpen, onRemove, onSave],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).dataset.chat;
    if (id === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = chats.findIndex((chat) => chat.id === id);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: Math.max(0, at - page),
      Home: 0,
      End: chats.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) onLeave();
    else focus(to);
  };
  const focusedAt = focused === undefined ? -1 : chats.findIndex(({ id }) => id === focused);
  const kept = places[focusedAt];

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are buttons; arrow keys only go from one to the next
    <div
      ref={scroller}
      className="history-scroller"
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const row = event.target.closest('.chat-row')?.querySelector<HTMLElement>('[data-chat]');
        setFocused(row?.dataset.chat);
      }}
    >
      {chats.length > 0 && (
        <Virtualizer
          ref={list}
          data={items}
          scrollRef={scroller}
          as={List}
          item="li"
          bufferSize={400}
          keepMounted={kept === undefined ? [] : [kept]}
        >
          {(item) =>
            item.kind === 'day' ? (
              <h2 key={item.group.key} className="eyebrow history-day">
                {item.group.label}
              </h2>
            ) : (
              <ChatRow
                key={item.chat.id}
                chat={item.chat}
                moment={item.moment}
                hit={hits?.get(item.chat.id)}
                terms={terms}
                on={on}
              />
            )
          }
        </Virtualizer>
      )}
      {children}
    </div>
  );
}

const List = ({ children, ...rest }: CustomContainerComponentProps) => (
  <ul {...rest} aria-label={t('history.list')}>
    {children}
  </ul>
);

function itemsOf(chats: ChatRecord[], now = Date.now()): Item[] {
  const items: Item[] = [];
  let last: string | undefined;
  for (const chat of chats) {
    const group = groupOf(chat.updatedAt, now);
    if (group.key !== last) items.push({ kind: 'day', group });
    last = group.key;
    items.push({ kind: 'chat', chat, moment: momentIn(group, chat.updatedAt) });
  }
  return items;
}

/**
 * Puts the focus on a row that is scrolled to, as soon as it is in the document. Whatever the user focuses meanwhile
 * keeps the focus.
 */
function focusWhenThere(
  scroller: HTMLElement | null,
  id: string,
  until = performance.now() + patience,
): void {
  const before = document.activeElement;
  requestAnimationFrame(() => {
    const row = scroller?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(id)}"]`);
    const isElsewhere = document.activeElement !== before && document.activeElement !== document.body;
    // A row that has just come is hidden until it has been measured, and takes no focus.
    row?.focus();
    if (row && document.activeElement === row) return;
    if (!isElsewhere && performance.now() < until) focusWhenThere(scroller, id, until);
  });
}
