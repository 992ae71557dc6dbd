import { ChevronRight, Columns3, Languages, TextAlignStart } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ActivePageState } from '@/utils/chat/active-page';
import { t } from '@/utils/i18n';
import type { ChatRecord } from '@/utils/store/records';
import { formatMoment, hostOf } from '../format';
import { loadPicker } from '../picker/load-picker';
import { useActions } from './actions';
import { PageCard } from './page-card';

/** A panel without a conversation: the page, what can be done with it, and chats to go on with. */
export function StartView({
  page,
  recent,
  onSummarize,
  onOpenChat,
  files,
  isPageOut,
}: {
  page: ActivePageState;
  recent: ChatRecord[];
  onSummarize: () => void;
  onOpenChat: (id: string) => void;
  /** The files of the question, where there are some. */
  files?: ReactNode;
  /** The question is not about the page in front. */
  isPageOut: boolean;
}) {
  const { summarizeShortcut, translateShortcut, translatePage, openPicker } = useActions();
  // Who brings files and leaves the page out is asking about them; the page is a click away, at the question.
  if (files && isPageOut) return files;
  return (
    <>
      {files}
      <PageCard state={page} />
      {(page.status === 'ready' || page.status === 'reading') && (
        <button type="button" className="row" onClick={onSummarize}>
          <TextAlignStart className="icon icon-large" aria-hidden="true" />
          <span className="grow">{t('action.summarize')}</span>
          {summarizeShortcut && <kbd className="key">{summarizeShortcut.replaceAll('+', ' ')}</kbd>}
        </button>
      )}
      {translatePage && (page.status === 'reading' || (page.status === 'ready' && isPage(page))) && (
        <button type="button" className="row" onClick={translatePage}>
          <Languages className="icon icon-large" aria-hidden="true" />
          <span className="grow">{t('action.bilingual')}</span>
          {translateShortcut && <kbd className="key">{translateShortcut.replaceAll('+', ' ')}</kbd>}
        </button>
      )}
      {openPicker && (
        <button
          type="button"
          className="row"
          aria-haspopup="dialog"
          onPointerEnter={loadPicker}
          onFocus={loadPicker}
          onClick={() => openPicker()}
        >
          <Columns3 className="icon icon-large" aria-hidden="true" />
          <span className="grow">{t('action.compareTabs')}</span>
          <kbd className="key">@</kbd>
        </button>
      )}
      {!files && recent.length > 0 && (
        <>
          <hr className="rule" />
          <section>
            <h2 className="eyebrow">{t('panel.pickUp')}</h2>
            {recent.map((chat) => (
              <button key={chat.id} type="button" className="row" onClick={() => onOpenChat(chat.id)}>
                <ChatLine chat={chat} />
                <ChevronRight className="icon icon-small" aria-hidden="true" />
              </button>
            ))}
          </section>
        </>
      )}
    </>
  );
}

/** A file that a tab shows has nowhere to write a translation. */
const isPage = ({ page }: Extract<ActivePageState, { status: 'ready' }>) => page.source.pages === undefined;

export function ChatLine({ chat }: { chat: ChatRecord }) {
  const host = hostOf(chat.urls[0]);
  return (
    <span className="grow">
      <bdi className="row-text ellipsis">{chat.title}</bdi>
      <span className="meta">
        {formatMoment(chat.updatedAt)}
        {host && ` · ${host}`}
      </span>
    </span>
  );
}
