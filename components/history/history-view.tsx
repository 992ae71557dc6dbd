import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ConversationState } from '@/utils/chat/conversation-state';
import { t } from '@/utils/i18n';
import { watchAllChats } from '@/utils/store/chat-list';
import type { ChatRecord } from '@/utils/store/records';
import { useKey } from '../panel/keys';
import { Trouble as TroubleNotice } from '../panel/trouble';
import UndoNotice from '../panel/undo-notice';
import type { Deletion } from '../panel/use-deletion';
import { saveChatFile } from './chat-entries';
import type { FileForm } from './chat-files';
import { ChatItems, type ChatItemsHandle } from './chat-items';
import { DeleteAll } from './delete-all';
import { HistoryFooter } from './history-footer';
import { HistoryHeader } from './history-header';
import { SearchField } from './search-field';
import { SearchState } from './search-state';
import { useFiles } from './use-files';
import { useSearch } from './use-search';

/** Every chat that is kept, newest first, and a search through all that was asked, answered and read. */
export default function HistoryView({
  here,
  deletion,
  onOpenChat,
  onBack,
}: {
  /** The conversation on screen, whose versions are exported as they are shown. */
  here: ConversationState;
  deletion: Deletion;
  onOpenChat: (id: string) => void;
  onBack: () => void;
}) {
  const chats = useAllChats();
  const [query, setQuery] = useState('');
  const [sure, setSure] = useState(false);
  const files = useFiles();
  const search = useSearch(chats, query);
  const field = useRef<HTMLInputElement>(null);
  const items = useRef<ChatItemsHandle>(null);
  const { state, hits, terms } = search;
  const isSearching = terms.length > 0;
  const shown = useMemo(
    () => (isSearching ? (chats ?? []).filter(({ id }) => hits.has(id)) : (chats ?? [])),
    [chats, hits, isSearching],
  );
  const newestHere = useRef(here);
  newestHere.current = here;
  const save = useCallback(
    (chat: ChatRecord, form: FileForm) => files.save(() => saveChatFile(chat, form, newestHere.current)),
    [files.save],
  );
  const toField = useCallback(() => field.current?.focus(), []);

  useEffect(toField, [toField]);
  useKey('close', () => {
    onBack();
    return true;
  });

  return (
    <div className="history">
      <HistoryHeader
        hasChats={(chats?.length ?? 0) > 0}
        onBack={onBack}
        onSaveAll={() => files.save(async () => (await import('./chat-files')).saveEverything())}
        onDeleteAll={() => setSure(true)}
      />
      <main className="history-main">
        <SearchField
          ref={field}
          query={query}
          count={isSearching && state !== 'idle' ? shown.length : undefined}
          onQuery={setQuery}
          onDown={() => items.current?.focus(0)}
          onBack={onBack}
        />
        {deletion.deleted && (
          <UndoNotice
            deleted={deletion.deleted}
            onUndo={() => void deletion.undo()}
            onFiles={() => void deletion.removeFiles()}
            next={toField}
          />
        )}
        {deletion.trouble && <TroubleNotice trouble={deletion.trouble} on={{ dismiss: deletion.dismiss }} />}
        {files.trouble && <TroubleNotice trouble={files.trouble} on={{ dismiss: files.dismiss }} />}
        {sure && (
          <DeleteAll
            count={chats?.length ?? 0}
            onCancel={() => {
              setSure(false);
              toField();
            }}
            onDelete={() => {
              setSure(false);
              void deletion.removeAll();
            }}
          />
        )}
        <ChatItems
          ref={items}
          chats={shown}
          hits={isSearching ? hits : undefined}
          terms={terms}
          onOpen={onOpenChat}
          onRemove={deletion.remove}
          onSave={save}
          onLeave={toField}
        >
          {isSearching ? (
            <SearchState search={search} query={query} found={shown.length} />
          ) : (
            chats && <HistoryFooter count={chats.length} />
          )}
        </ChatItems>
      </main>
      <p className="for-screen-readers" role="status">
        {files.sentence ||
          (isSearching && state === 'ended' ? t('history.found', { count: shown.length }) : '')}
      </p>
    </div>
  );
}

/** Undefined until they have been read. */
function useAllChats(): ChatRecord[] | undefined {
  const [chats, setChats] = useState<ChatRecord[]>();
  useEffect(() => {
    const subscription = watchAllChats().subscribe({
      next: setChats,
      // A list that cannot be read is an empty list; opening and saving report the trouble themselves.
      error: () => setChats([]),
    });
    return () => subscription.unsubscribe();
  }, []);
  return chats;
}
