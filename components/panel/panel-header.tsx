import { History, Settings2, SquarePen } from 'lucide-react';
import { t } from '@/utils/i18n';
import { IconButton } from '../ui/icon-button';
import { Logo } from '../ui/logo';
import { useActions } from './actions';

export function PanelHeader({
  title,
  historyOpen,
  onNew,
  onHistory,
}: {
  title?: string;
  historyOpen: boolean;
  onNew: () => void;
  onHistory: () => void;
}) {
  const { openSettings } = useActions();
  return (
    <header className="panel-header">
      <h1 className="panel-title">
        <Logo />
        <bdi className="ellipsis">{title ?? t('panel.newChat')}</bdi>
      </h1>
      <IconButton icon={SquarePen} label={t('panel.newChat')} onClick={onNew} />
      <IconButton icon={History} label={t('panel.history')} aria-pressed={historyOpen} onClick={onHistory} />
      <IconButton icon={Settings2} label={t('panel.settings')} onClick={() => openSettings()} />
    </header>
  );
}
