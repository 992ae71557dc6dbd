import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { ActivePage } from '@/utils/chat/active-page';
import type { Conversation } from '@/utils/chat/conversation';
import { findAnswer, streamingAnswer } from '@/utils/chat/conversation-state';
import { nextRequest } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import { moveToCitation } from '../answer/move-to-citation';
import { Composer } from '../composer/composer';
import { formatTokens, hostOf } from '../format';
import { useMoney } from '../use-money';
import { usePreferences } from '../use-preferences';
import { useWatched } from '../use-watched';
import { useActions } from './actions';
import { Announcer } from './announcer';
import { HistoryView } from './history-view';
import { useKey, usePanelKeys } from './keys';
import { PanelHeader } from './panel-header';
import { StartView } from './start-view';
import { Thread } from './thread';
import { TroubleNotice } from './trouble-notice';
import type { TurnHandlers } from './turn';
import { Turns } from './turns';
import { useAsk } from './use-ask';
import { useChats } from './use-chats';
import { useConnection } from './use-connection';
import { useEditing } from './use-editing';
import { useTurnKeys } from './use-turn-keys';

// Nothing of the first drawing: loaded when it is needed.
const DecisionSheet = lazy(async () => ({ default: (await import('./decision-sheet')).DecisionSheet }));
const ExactText = lazy(async () => ({ default: (await import('../answer/exact-text')).ExactText }));
const KeyList = lazy(async () => ({ default: (await import('./key-list')).KeyList }));

type View = { name: 'chat' } | { name: 'history' } | { name: 'exact'; answerId: string; position: number };

/** Chats offered on the start view. */
const recentChats = 3;

/** The side panel: header, conversation, composer. */
export function Panel({ conversation, page }: { conversation: Conversation; page: ActivePage }) {
  usePreferences();
  const { openSettings } = useActions();
  const chat = useWatched(conversation);
  const pageState = useWatched(page);
  const { connection, models } = useConnection();
  const recent = useChats(recentChats) ?? [];
  const [view, setView] = useState<View>({ name: 'chat' });
  const asking = useAsk(conversation, page);
  const { streaming } = chat;
  const trouble = asking.trouble ?? chat.refusal;

  const openChat = useCallback(
    async (id: string) => {
      await conversation.open(id);
      setView({ name: 'chat' });
    },
    [conversation],
  );
  const startNew = useCallback(() => {
    conversation.startNew();
    asking.forget();
    setView({ name: 'chat' });
  }, [conversation, asking.forget]);

  const { editing, edit, on: onQuestion } = useEditing(conversation, asking);
  usePanelKeys();
  useTurnKeys(conversation, edit);
  const [listsKeys, setListsKeys] = useState(false);
  useKey('list', () => {
    setListsKeys(true);
    return true;
  });
  useKey('previousCitation', () => moveToCitation(-1));
  useKey('nextCitation', () => moveToCitation(1));

  const on = useMemo<TurnHandlers>(
    () => ({
      again: (turnId) => asking.attempt(() => conversation.again(turnId)),
      continue: (answerId) => asking.attempt(() => conversation.continueAnswer(answerId)),
      showVersion: (turnId, position) => conversation.showVersion(turnId, position),
      showExactText: (answerId, position) => setView({ name: 'exact', answerId, position }),
      ...onQuestion,
    }),
    [conversation, asking.attempt, onQuestion],
  );

  const isEmpty = chat.turns.length === 0;
  const host = hostOf(connection?.baseUrl);
  const money = useMoney();
  const next =
    connection &&
    nextRequest(
      chat,
      {
        pending: asking.sources.map(({ entry }) => entry),
        images: asking.images.length,
        question: asking.draft,
      },
      connection,
    );
  const note = streamingNote() ?? (host ? t('composer.straight', { host }) : t('composer.local'));

  function streamingNote(): string | undefined {
    const answer = streamingAnswer(chat);
    if (!answer || answer.provider === 'excerpts') return undefined;
    return t('composer.sent', { tokens: `≈${formatTokens(answer.sendings.at(-1)?.estimate.total ?? 0)}` });
  }
  /** What the next question costs, where a price is known and there is something to ask about. */
  function costNote(): string | undefined {
    if (!next?.cost || next.total === 0) return undefined;
    const cost = money(next.cost);
    const share = next.cached / next.total;
    return share > 0.01 ? t('composer.nextCostCached', { cost, share }) : t('composer.nextCost', { cost });
  }

  return (
    <div className="panel">
      <PanelHeader
        title={chat.chat?.title}
        historyOpen={view.name === 'history'}
        onNew={startNew}
        onHistory={() => setView(view.name === 'history' ? { name: 'chat' } : { name: 'history' })}
      />
      {view.name === 'history' && (
        <HistoryView
          onOpenChat={openChat}
          onDeleted={(id) => id === chat.chat?.id && conversation.startNew()}
          onBack={() => setView({ name: 'chat' })}
        />
      )}
      {view.name === 'exact' && (
        <Suspense>
          <ExactText
            load={() => conversation.exactText(view.answerId, view.position)}
            isLocal={isLocalAnswer(view.answerId)}
            onBack={() => setView({ name: 'chat' })}
          />
        </Suspense>
      )}
      {view.name === 'chat' && (
        <>
          <Thread live={streaming !== undefined} label={t('panel.thread')} chatId={chat.chat?.id}>
            {isEmpty && (
              <StartView
                page={pageState}
                recent={recent}
                onSummarize={asking.summarize}
                onOpenChat={openChat}
              />
            )}
            <Turns chat={chat} editing={editing} on={on} />
          </Thread>
          <div className="dock">
            {trouble && (
              <TroubleNotice trouble={trouble} on={{ retry: asking.retry, dismiss: asking.dismiss }} />
            )}
            <Composer
              draft={asking.draft}
              onDraft={asking.setDraft}
              placeholder={placeholder()}
              sources={asking.sources}
              offer={asking.offer}
              images={asking.images}
              onFiles={asking.addFiles}
              onRemoveImage={asking.removeImage}
              models={models}
              onSetUp={() => openSettings('models')}
              used={next?.total ?? 0}
              window={connection?.model.window ?? Number.POSITIVE_INFINITY}
              streaming={streaming !== undefined}
              onSend={asking.send}
              onStop={conversation.stop}
              note={note}
              cost={costNote()}
            />
          </div>
        </>
      )}
      {chat.decision && view.name === 'chat' && (
        <Suspense>
          <DecisionSheet
            key={chat.decision.kind}
            decision={chat.decision}
            onDecide={(answer) => asking.attempt(() => conversation.decide(answer))}
          />
        </Suspense>
      )}
      {listsKeys && (
        <Suspense>
          <KeyList onClose={() => setListsKeys(false)} />
        </Suspense>
      )}
      <Announcer chat={chat} reading={pageState.status === 'reading'} />
    </div>
  );

  function placeholder() {
    if (!isEmpty) return t('composer.followUp');
    return asking.sources.length > 0 ? t('composer.askPage') : t('composer.ask');
  }
  function isLocalAnswer(answerId: string) {
    return findAnswer(chat, answerId)?.provider === 'excerpts';
  }
}
