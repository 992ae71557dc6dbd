import { ArrowLeft, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { chatStore, type StoredChat } from '@/utils/store/chats';
import { IconButton } from '../ui/icon-button';
import { Notice } from '../ui/notice';
import { ChatLine } from './start-view';
import { useChats } from './use-chats';

/** Chats drawn at first, and more with each press of the button. */
const pageSize = 50;
/** Milliseconds in which a deletion can be taken back. */
const undoTime = 10_000;

/** Every chat that is kept, newest first. */
export function HistoryView({
  onOpenChat,
  onDeleted,
  onBack,
}: {
  onOpenChat: (id: string) => void;
  onDeleted: (id: string) => void;
  onBack: () => void;
}) {
  const [limit, setLimit] = useState(pageSize);
  const [deleted, setDeleted] = useState<StoredChat>();
  const chats = useChats(limit + 1);
  useEffect(() => {
    if (!deleted) return;
    const timer = setTimeout(() => setDeleted(undefined), undoTime);
    return () => clearTimeout(timer);
  }, [deleted]);
  const remove = async (id: string) => {
    const stored = await chatStore.removeChat(id);
    setDeleted(stored);
    onDeleted(id);
  };
  const undo = async () => {
    if (deleted) await chatStore.restoreChat(deleted);
    setDeleted(undefined);
  };
  return (
    <main className="thread">
      <div className="answer-actions">
        <IconButton icon={ArrowLeft} label={t('panel.back')} onClick={onBack} />
        <h2 className="view-title">{t('panel.history')}</h2>
      </div>
      {deleted && (
        <Notice
          icon={Undo2}
          title={t('panel.deleted', { title: deleted.chat.title })}
          actions={[{ label: t('panel.undo'), run: undo }]}
          alert
        />
      )}
      {chats?.length === 0 && <p className="meta">{t('panel.noHistory')}</p>}
      <ul>
        {chats?.slice(0, limit).map((chat) => (
          <li key={chat.id} className="history-row">
            <button type="button" className="row" onClick={() => onOpenChat(chat.id)}>
              <ChatLine chat={chat} />
            </button>
            <IconButton
              icon={Trash2}
              label={t('panel.deleteChat', { title: chat.title })}
              onClick={() => remove(chat.id)}
            />
          </li>
        ))}
      </ul>
      {chats && chats.length > limit && (
        <button type="button" className="button button-line" onClick={() => setLimit(limit + pageSize)}>
          {t('panel.moreHistory')}
        </button>
      )}
    </main>
  );
}
