import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ActivePage } from '@/utils/chat/active-page';
import type { Conversation } from '@/utils/chat/conversation';
import type { Gathering } from '@/utils/chat/gathering';
import type { RequestDesk } from '@/utils/chat/requests';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { moveToCitation } from '../answer/move-to-citation';
import type { HandedOver } from '../files/handed-over';
import { hasFiles } from '../files/has-files';
import { DropTarget, Files } from '../files/panel-files';
import { useHandingOver } from '../files/use-handing-over';
import { saveChatFile } from '../history/chat-entries';
import { useFiles } from '../history/use-files';
import { usePreferences } from '../use-preferences';
import { useWatched } from '../use-watched';
import { ActionsProvider, useActions } from './actions';
import { Announcer } from './announcer';
import { Dock } from './dock';
import { focusComposer } from './focus-composer';
import { useKey, usePanelKeys } from './keys';
import { PanelHeader } from './panel-header';
import { StartView } from './start-view';
import { Thread, type ThreadPlace } from './thread';
import { Trouble } from './trouble';
import type { TurnHandlers } from './turn';
import { Turns } from './turns';
import { useAsk } from './use-ask';
import { useChats } from './use-chats';
import { useCitationHint } from './use-citation-hint';
import { useConnection } from './use-connection';
import { useDeletion } from './use-deletion';
import { useEditing } from './use-editing';
import { useTurnKeys } from './use-turn-keys';

// Nothing of the first drawing: loaded when it is needed.
const DecisionSheet = lazy(async () => ({ default: (await import('./decision-sheet')).DecisionSheet }));
const ExactView = lazy(() => import('./exact-view'));
const KeyList = lazy(async () => ({ default: (await import('./key-list')).KeyList }));
const HistoryView = lazy(() => import('../history/history-view'));
const UndoNotice = lazy(() => import('./undo-notice'));
const PageTranslation = lazy(async () => ({
  default: (await import('../translation/run-strip')).PageTranslation,
}));
const PageGlossary = lazy(() => import('../glossary/page-glossary'));
const ReadingView = lazy(() => import('../bilingual/reading-view'));
const CitationHint = lazy(async () => ({ default: (await import('./citation-hint')).CitationHint }));

type View =
  | { name: 'chat' }
  | { name: 'history' }
  | { name: 'exact'; answerId: string; position: number }
  | { name: 'exact-next' }
  | { name: 'reading'; entry: MeasuredSource }
  | { name: 'glossary'; termId?: string };

/** Chats offered on the start view. */
const recentChats = 3;

/** The side panel: header, conversation, composer. */
export function Panel({
  conversation,
  page,
  gathering,
  desk,
}: {
  conversation: Conversation;
  page: ActivePage;
  gathering: Gathering;
  desk: RequestDesk;
}) {
  usePreferences();
  const actions = useActions();
  const chat = useWatched(conversation);
  const pageState = useWatched(page);
  const { connection, models } = useConnection();
  const recent = useChats(recentChats) ?? [];
  const [view, setView] = useState<View>({ name: 'chat' });
  const [trayOpen, setTrayOpen] = useState(false);
  /** What the list of things to pick is searched for, while it is open. */
  const [picking, setPicking] = useState<string>();
  const asking = useAsk(conversation, page, gathering);
  const { images, addImages, beyond } = asking;
  const { question } = useWatched(desk);
  const deletion = useDeletion(conversation);
  const files = useFiles();
  const handing = useHandingOver(gathering);
  const takeDrop = (over: HandedOver) => {
    // What is dropped onto another view belongs to the question all the same.
    setView({ name: 'chat' });
    handing.takeDrop(over);
  };
  const { streaming } = chat;
  const picker = useRef<() => void>(undefined);
  const place = useRef<ThreadPlace>(undefined);
  const [firstSource] = chat.sources;
  const tab = 'tab' in pageState ? pageState.tab : undefined;
  const hasTab = tab !== undefined;
  const openGlossary = useCallback(
    (termId?: string) => setView({ name: 'glossary', ...(termId ? { termId } : {}) }),
    [],
  );
  const withPicker = useMemo(() => {
    const translateSource = (entry: MeasuredSource) => {
      setTrayOpen(false);
      setView({ name: 'reading', entry });
    };
    return {
      ...actions,
      ...(hasTab && { openGlossary }),
      translateSource,
      ...beyond,
      ...(firstSource && { translateFirst: () => translateSource(firstSource) }),
      chooseModel: () => picker.current?.(),
      modelPicker: picker,
      openPicker: (search = '') => setPicking(search),
      scanPlace: { connection, images, addImages },
    };
  }, [actions, beyond, images, addImages, connection, firstSource, hasTab, openGlossary]);

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
  // A question from the address bar: it takes the way of one that was typed here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each question
  useEffect(() => {
    if (!question || !asking.isLoaded) return;
    desk.questionTaken();
    setView({ name: 'chat' });
    (question.isSearch ? asking.beyond.searchFor : asking.takeQuestion)(question.text);
  }, [question, asking.isLoaded]);
  const leaveHistory = useCallback(() => setView({ name: 'chat' }), []);

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
      again: (turnId) => asking.attempt(() => conversation.again(turnId, asking.leftOut())),
      continue: (answerId) => asking.attempt(() => conversation.continueAnswer(answerId)),
      showVersion: (turnId, position) => conversation.showVersion(turnId, position),
      showExactText: (answerId, position) => setView({ name: 'exact', answerId, position }),
      ...onQuestion,
    }),
    [conversation, asking.attempt, asking.leftOut, onQuestion],
  );

  const isEmpty = chat.turns.length === 0;
  const fileList = isEmpty && hasFiles(asking, handing, true) && (
    <Files {...{ conversation, asking, gathering, connection }} collecting={handing.collecting} />
  );
  const hint = useCitationHint(chat, view.name === 'chat' && !streaming);

  return (
    <ActionsProvider value={withPicker}>
      <div className="panel">
        {view.name === 'history' ? (
          <Suspense>
            <HistoryView here={chat} deletion={deletion} onOpenChat={openChat} onBack={leaveHistory} />
          </Suspense>
        ) : view.name === 'reading' ? (
          <Suspense>
            <ReadingView
              key={view.entry.source.id}
              entry={view.entry}
              chatId={firstSource?.source.id === view.entry.source.id ? chat.chat?.id : undefined}
              onBack={leaveHistory}
            />
          </Suspense>
        ) : view.name === 'glossary' ? (
          <Suspense>
            <PageGlossary tab={tab} termId={view.termId} onBack={leaveHistory} />
          </Suspense>
        ) : (
          <PanelHeader
            chat={chat.chat}
            onRemove={deletion.remove}
            onSave={(record, form) => files.save(() => saveChatFile(record, form, conversation.get()))}
            onKeys={() => setListsKeys(true)}
            onNew={startNew}
            onHistory={() => setView({ name: 'history' })}
          />
        )}
        {(view.name === 'exact' || view.name === 'exact-next') && (
          <Suspense>
            <ExactView
              of={view.name === 'exact' ? view : undefined}
              {...{ conversation, asking, connection }}
              onBack={() => {
                setView({ name: 'chat' });
                if (view.name === 'exact-next') setTrayOpen(true);
              }}
            />
          </Suspense>
        )}
        {view.name === 'chat' && (
          <>
            <Suspense>
              <PageTranslation tabId={tab?.id} onGlossary={openGlossary} />
            </Suspense>
            <Thread
              live={streaming !== undefined}
              label={t('panel.thread')}
              chatId={chat.chat?.id}
              place={place}
            >
              {isEmpty && (
                <StartView
                  page={pageState}
                  recent={recent}
                  onSummarize={asking.summarize}
                  onOpenChat={openChat}
                  files={fileList}
                  isPageOut={asking.sources.plan.page !== undefined && !asking.sources.takesPage}
                />
              )}
              <Turns chat={chat} editing={editing} on={on} />
            </Thread>
            <Dock
              conversation={conversation}
              page={page}
              asking={asking}
              gathering={gathering}
              desk={desk}
              handing={handing}
              connection={connection}
              models={models}
              picking={picking}
              onPicked={() => setPicking(undefined)}
              trayOpen={trayOpen}
              onTray={setTrayOpen}
              onExactText={() => {
                setTrayOpen(false);
                setView({ name: 'exact-next' });
              }}
              onNew={startNew}
            >
              {deletion.deleted && (
                <Suspense>
                  <UndoNotice
                    deleted={deletion.deleted}
                    onUndo={() => void deletion.undo()}
                    onFiles={() => void deletion.removeFiles()}
                    next={focusComposer}
                  />
                </Suspense>
              )}
              {deletion.trouble && <Trouble trouble={deletion.trouble} on={{ dismiss: deletion.dismiss }} />}
              {files.trouble && <Trouble trouble={files.trouble} on={{ dismiss: files.dismiss }} />}
            </Dock>
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
        <DropTarget onDrop={takeDrop} />
        <Announcer chat={chat} reading={pageState.status === 'reading'} />
        {hint.isDue && (
          <Suspense>
            <CitationHint onSeen={hint.onSeen} />
          </Suspense>
        )}
      </div>
    </ActionsProvider>
  );
}
