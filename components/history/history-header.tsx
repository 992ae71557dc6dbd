import { ArrowLeft, Download, Trash2 } from 'lucide-react';
import { t } from '@/utils/i18n';
import { IconButton } from '../ui/icon-button';

/** The way back, and what can be done with all chats. */
export const HistoryHeader = ({
  hasChats,
  onBack,
  onSaveAll,
  onDeleteAll,
}: {
  hasChats: boolean;
  onBack: () => void;
  onSaveAll: () => void;
  onDeleteAll: () => void;
}) => (
  <header className="panel-header history-header">
    <IconButton icon={ArrowLeft} label={t('panel.back')} onClick={onBack} />
    <h1 className="panel-title">{t('panel.history')}</h1>
    {hasChats && (
      <>
        <IconButton icon={Download} label={t('history.exportAll')} onClick={onSaveAll} />
        <IconButton icon={Trash2} label={t('history.deleteAll')} onClick={onDeleteAll} />
      </>
    )}
  </header>
);
