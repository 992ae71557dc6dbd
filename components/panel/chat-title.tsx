import { BookMarked, BookOpenText, Keyboard, Languages } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { chatList, watchChatRecord } from '@/utils/store/chat-list';
import type { ChatRecord } from '@/utils/store/records';
import { chatEntries } from '../history/chat-entries';
import type { FileForm } from '../history/chat-files';
import { Logo } from '../ui/logo';
import { MenuButton } from '../ui/menu';
import RenameField from '../ui/rename-field';
import { useActions } from './actions';
import { TitleText } from './title-text';

/** The title of the chat, and what can be done with it. It is what the chat is called in the list, in every window. */
export default function ChatTitle({
  chat: shown,
  onRemove,
  onSave,
  onKeys,
}: {
  chat: ChatRecord;
  onRemove: (chat: ChatRecord) => void;
  onSave: (chat: ChatRecord, form: FileForm) => void;
  /** Lists the keys of the panel: it has a key too, which can be switched off. */
  onKeys: () => void;
}) {
  const chat = useNewest(shown);
  const { translatePage, translateFirst, openGlossary } = useActions();
  const [isRenaming, setRenaming] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    if (!isRenaming && wasRenaming.current && document.activeElement === document.body)
      heading.current?.querySelector('button')?.focus();
    wasRenaming.current = isRenaming;
  }, [isRenaming]);
  const title = chat.title || t('history.untitled');
  return (
    <h1 ref={heading} className="panel-title">
      {isRenaming ? (
        <>
          <Logo />
          <RenameField
            value={chat.title}
            label={t('history.newTitle')}
            onSave={(value) => {
              void chatList.rename(chat.id, value);
              setRenaming(false);
            }}
            onCancel={() => setRenaming(false)}
          />
        </>
      ) : (
        <MenuButton
          label={title}
          className="title-button"
          align="start"
          entries={() =>
            chatEntries({
              rename: () => setRenaming(true),
              remove: () => onRemove(chat),
              save: (form) => onSave(chat, form),
              // What deletes stays the last.
            }).toSpliced(
              -1,
              0,
              ...(translatePage
                ? [{ label: t('action.bilingual'), icon: Languages, run: translatePage, separated: true }]
                : []),
              ...(translateFirst
                ? [
                    {
                      label: t('action.translateHere'),
                      icon: BookOpenText,
                      run: translateFirst,
                      separated: !translatePage,
                    },
                  ]
                : []),
              ...(openGlossary
                ? [
                    {
                      label: t('action.terms'),
                      icon: BookMarked,
                      run: () => openGlossary(),
                      separated: !translatePage && !translateFirst,
                    },
                  ]
                : []),
              { label: t('keys.title'), icon: Keyboard, run: onKeys, separated: true },
            )
          }
        >
          <TitleText title={title} />
        </MenuButton>
      )}
    </h1>
  );
}

/** The chat as the list has it now. */
function useNewest(shown: ChatRecord): ChatRecord {
  const [kept, setKept] = useState<ChatRecord>();
  const { id } = shown;
  useEffect(() => {
    const subscription = watchChatRecord(id).subscribe({ next: setKept, error: () => {} });
    return () => subscription.unsubscribe();
  }, [id]);
  return kept?.id === id ? kept : shown;
}
