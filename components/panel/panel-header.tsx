import { History, Settings2, SquarePen } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { t } from '@/utils/i18n';
import type { ChatRecord } from '@/utils/store/records';
import type { FileForm } from '../history/chat-files';
import { IconButton } from '../ui/icon-button';
import { Logo } from '../ui/logo';
import { useActions } from './actions';
import { TitleText } from './title-text';

const ChatTitle = lazy(() => import('./chat-title'));

export function PanelHeader({
  chat,
  onRemove,
  onSave,
  onKeys,
  onNew,
  onHistory,
}: {
  chat?: ChatRecord;
  onRemove: (chat: ChatRecord) => void;
  onSave: (chat: ChatRecord, form: FileForm) => void;
  onKeys: () => void;
  onNew: () => void;
  onHistory: () => void;
}) {
  const { openSettings } = useActions();
  return (
    <header className="panel-header">
      {chat ? (
        <Suspense
          fallback={
            <h1 className="panel-title">
              <span className="title-button">
                <TitleText title={chat.title} />
              </span>
            </h1>
          }
        >
          <ChatTitle key={chat.id} chat={chat} onRemove={onRemove} onSave={onSave} onKeys={onKeys} />
        </Suspense>
      ) : (
        <h1 className="panel-title">
          <Logo />
          <span className="ellipsis">{t('panel.newChat')}</span>
        </h1>
      )}
      <IconButton icon={SquarePen} label={t('panel.newChat')} onClick={onNew} />
      <IconButton icon={History} label={t('panel.history')} onClick={onHistory} />
      <IconButton icon={Settings2} label={t('panel.settings')} onClick={() => openSettings()} />
    </header>
  );
}
