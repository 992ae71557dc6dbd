import { Braces, FileText, Pencil, Trash2 } from 'lucide-react';
import type { ConversationState } from '@/utils/chat/conversation-state';
import { t } from '@/utils/i18n';
import type { ChatRecord } from '@/utils/store/records';
import type { MenuEntry } from '../ui/menu';
import type { FileForm } from './chat-files';

export interface ChatHandlers {
  rename: () => void;
  remove: () => void;
  /** Saves the file; its failure is the caller's to show. */
  save: (form: FileForm) => void;
}

/** What can be done with a chat, in its row and at its title. */
export const chatEntries = ({ rename, remove, save }: ChatHandlers): MenuEntry[] => [
  { label: t('history.rename'), icon: Pencil, run: rename },
  { label: t('history.asMarkdown'), icon: FileText, run: () => save('md') },
  { label: t('history.asJson'), icon: Braces, run: () => save('json') },
  { label: t('history.delete'), icon: Trash2, run: remove, danger: true, separated: true },
];

/** Writes the file with code that is loaded for it. */
export const saveChatFile = async (
  chat: ChatRecord,
  form: FileForm,
  here?: ConversationState,
): Promise<string> => (await import('./chat-files')).saveChat(chat, form, here);
