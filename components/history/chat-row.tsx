import { memo, useEffect, useRef, useState } from 'react';
import { sumMoney } from '@/utils/context/money';
import { t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import type { ChatRecord } from '@/utils/store/records';
import type { ChatHit } from '@/utils/store/search/chats';
import { markIn } from '@/utils/store/search/excerpts';
import { spendingStore } from '@/utils/store/spending';
import { beginningOf, hostOf } from '../format';
import { MenuButton } from '../ui/menu';
import RenameField from '../ui/rename-field';
import { useMoney } from '../use-money';
import { useLanguage } from '../use-preferences';
import { chatEntries } from './chat-entries';
import type { FileForm } from './chat-files';
import { MarkedText } from './marked-text';

export interface RowHandlers {
  open: (id: string) => void;
  remove: (chat: ChatRecord) => void;
  rename: (id: string, title: string) => void;
  save: (chat: ChatRecord, form: FileForm) => void;
}

/** Characters of a title that a name for screen readers has room for. The title itself is drawn whole. */
const longestName = 120;

/** One chat: its title, what was found in it, when and about what it was, and what can be done with it. */
export const ChatRow = memo(function ChatRow({
  chat,
  moment,
  hit,
  terms,
  on,
}: {
  chat: ChatRecord;
  /** When, as its group says it. */
  moment: string;
  hit?: ChatHit;
  terms: RegExp[];
  on: RowHandlers;
}) {
  useLanguage();
  const [isRenaming, setRenaming] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    if (!isRenaming && wasRenaming.current && document.activeElement === document.body)
      opener.current?.focus();
    wasRenaming.current = isRenaming;
  }, [isRenaming]);
  const title = chat.title || t('history.untitled');
  const cost = useCost(chat);
  const facts = [moment, placeOf(chat), cost].filter(Boolean).join(' · ');

  if (isRenaming) {
    return (
      <div className="chat-row">
        <RenameField
          value={chat.title}
          label={t('history.newTitle')}
          onSave={(value) => {
            on.rename(chat.id, value);
            setRenaming(false);
          }}
          onCancel={() => setRenaming(false)}
        />
      </div>
    );
  }
  return (
    <div className="chat-row">
      <button
        ref={opener}
        type="button"
        className="chat-open"
        data-chat={chat.id}
        onClick={() => on.open(chat.id)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setRenaming(true);
          else if (event.key === 'Delete') on.remove(chat);
          else return;
          event.preventDefault();
        }}
      >
        <bdi className="row-text ellipsis" lang={scriptLanguage(title)}>
          <MarkedText pieces={terms.length > 0 ? markIn(title, terms) : [{ text: title }]} />
        </bdi>
        {hit?.excerpt && (
          <bdi className="chat-excerpt" lang={scriptLanguage(hit.excerpt.map(({ text }) => text).join(''))}>
            <MarkedText pieces={hit.excerpt} />
          </bdi>
        )}
        {facts && <span className="meta ellipsis chat-facts">{facts}</span>}
      </button>
      <MenuButton
        label={t('history.more', { title: nameOf(title) })}
        entries={() =>
          chatEntries({
            rename: () => setRenaming(true),
            remove: () => on.remove(chat),
            save: (form) => on.save(chat, form),
          })
        }
      />
    </div>
  );
});

const nameOf = (title: string) => beginningOf(title, longestName);

/** The host of the page it is about, or how many pages. */
function placeOf({ urls }: ChatRecord): string {
  const host = hostOf(urls[0]);
  return urls.length > 1 ? t('history.pages', { count: urls.length }) : host;
}

/** What the chat has cost, where something had a price. Only rows on screen are asked about. */
function useCost({ id, updatedAt }: ChatRecord): string {
  const money = useMoney();
  const [costs, setCosts] = useState<ReturnType<typeof sumMoney>>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chat that went on may have cost more
  useEffect(() => {
    let isCurrent = true;
    spendingStore.ofChat(id).then(
      (records) => isCurrent && setCosts(sumMoney(records.map(({ cost }) => cost))),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [id, updatedAt]);
  return costs.map(money).join(' + ');
}
