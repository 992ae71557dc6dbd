import type { Conversation } from './conversation';
import type { Gathered } from './gathered';
import { createState } from './state';

/** One list for each chat, and one (`new`) for a chat that has not begun; the one of the chat on screen is shown. */
export function createGatheredLists(
  conversation: Pick<Conversation, 'get' | 'subscribe'>,
  { onChange, onShow }: { onChange: (chat: string) => void; onShow: () => void },
) {
  const state = createState<Gathered[]>([]);
  const lists = new Map<string, Gathered[]>();
  /** The chat on screen. */
  const here = () => conversation.get().chat?.id ?? 'new';
  let shown = here();
  conversation.subscribe(() => {
    if (here() === shown) return;
    shown = here();
    state.set(lists.get(shown) ?? []);
    onShow();
  });

  const listOf = (chat: string) => lists.get(chat) ?? [];
  const write = (chat: string, list: Gathered[]) => {
    lists.set(chat, list);
    if (chat === here()) state.set(list);
    onChange(chat);
  };
  /** The chat in whose list something stands by now: it may have moved with its question. */
  const chatOf = (id: string) => [...lists].find(([, list]) => list.some((item) => item.id === id))?.[0];

  return {
    state,
    here,
    chatOf,
    listOf,
    find: (id: string): Gathered | undefined => listOf(chatOf(id) ?? '').find((item) => item.id === id),
    /** What was picked under a key for the chat on screen. */
    picked: (key: string): Gathered | undefined => listOf(here()).find((item) => item.key === key),
    /** Puts items in the place of those that they follow, and new ones at the end of the list on screen. */
    put(...items: Gathered[]): void {
      const places = new Map([...lists].flatMap(([chat, list]) => list.map(({ id }) => [id, chat] as const)));
      const byChat = Map.groupBy(items, ({ id }) => places.get(id) ?? here());
      for (const [chat, group] of byChat) {
        const news = new Map(group.map((item) => [item.id, item]));
        const list = listOf(chat).map((item) => {
          const newer = news.get(item.id);
          news.delete(item.id);
          return newer ?? item;
        });
        write(chat, [...list, ...news.values()]);
      }
    },
    take(...ids: string[]): void {
      const chat = chatOf(ids[0] ?? '');
      if (chat)
        write(
          chat,
          listOf(chat).filter((item) => !ids.includes(item.id)),
        );
    },
    /** A chat has begun: what is still on its way to its first question belongs to it. */
    began(): void {
      const waiting = listOf('new');
      if (here() === 'new' || waiting.length === 0) return;
      write('new', []);
      write(here(), [...listOf(here()), ...waiting]);
    },
  };
}
