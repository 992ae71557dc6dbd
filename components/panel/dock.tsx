import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import type { ActivePage } from '@/utils/chat/active-page';
import type { Conversation } from '@/utils/chat/conversation';
import { streamingAnswer } from '@/utils/chat/conversation-state';
import type { Gathering } from '@/utils/chat/gathering';
import { missingSources } from '@/utils/chat/missing-sources';
import { nearlyFull } from '@/utils/chat/next-request';
import type { RequestDesk } from '@/utils/chat/requests';
import { measureLongText } from '@/utils/context/tokens';
import { t } from '@/utils/i18n';
import type { Connection } from '@/utils/models/types';
import { Composer } from '../composer/composer';
import type { ModelChoice } from '../composer/model-choices';
import { hasFiles } from '../files/has-files';
import { Files } from '../files/panel-files';
import type { useHandingOver } from '../files/use-handing-over';
import { formatTokens, hostOf } from '../format';
import { loadPicker } from '../picker/load-picker';
import { isPicked, isPickerKey } from '../picker/picked';
import { useMoney } from '../use-money';
import { useWatched } from '../use-watched';
import { useActions } from './actions';
import { focusComposer } from './focus-composer';
import { Trouble as TroubleNotice } from './trouble';
import type { useAsk } from './use-ask';
import { requestWith, useNextRequest } from './use-next-request';

const ContextTray = lazy(() =>
  import('../tray/context-tray').then((module) => ({ default: module.ContextTray })),
);

const Picker = lazy(async () => ({ default: (await loadPicker()).Picker }));
const Mentions = lazy(async () => ({ default: (await import('../picker/mentions')).Mentions }));
const PickedLine = lazy(async () => ({ default: (await import('../picker/picked-line')).PickedLine }));
const ManyActions = lazy(async () => ({ default: (await import('../picker/many-actions')).ManyActions }));
const GatheredList = lazy(() =>
  import('./gathered-list').then((module) => ({ default: module.GatheredList })),
);
const WaitingRequests = lazy(() =>
  import('./waiting-requests').then((module) => ({ default: module.WaitingRequests })),
);
const LinkOffer = lazy(async () => ({ default: (await import('../composer/link-offer')).LinkOffer }));
const ChangedNotice = lazy(() => import('./changed-notice'));
const DrawingNote = lazy(async () => ({ default: (await import('../files/drawing-note')).DrawingNote }));
const MissingNotice = lazy(() => import('./missing-notice'));

/** From so many picked sources on what is on its way is one line, which opens the list of them. */
const manyPicked = 3;

/** The lower end of the panel: what came in the way, where questions are typed, and what goes with them. */
export function Dock({
  conversation,
  page,
  asking,
  gathering,
  desk,
  handing,
  connection,
  models,
  picking,
  onPicked,
  trayOpen,
  onTray,
  onExactText,
  onNew,
  children,
}: {
  conversation: Conversation;
  page: ActivePage;
  asking: ReturnType<typeof useAsk>;
  gathering: Gathering;
  desk: RequestDesk;
  handing: ReturnType<typeof useHandingOver>;
  connection?: Connection;
  models: ModelChoice[];
  /** What the list of things to pick is searched for, while it is open. */
  picking?: string;
  onPicked: () => void;
  trayOpen: boolean;
  onTray: (open: boolean) => void;
  /** Shows the literal text of the next question. */
  onExactText: () => void;
  onNew: () => void;
  /** What stands above all else in it. */
  children?: ReactNode;
}) {
  const { openSettings, openPicker } = useActions();
  const chat = useWatched(conversation);
  const pageState = useWatched(page);
  const money = useMoney();
  const missing = useMemo(() => missingSources(chat), [chat]);
  const next = useNextRequest(chat, asking, connection);
  /** Which sources have changed on their pages since they were read, by their ids. */
  const [changed, setChanged] = useState<{ has(id: string): boolean }>();
  const { sources } = asking;
  const { plan } = sources;
  const streaming = chat.streaming !== undefined;
  const trouble = asking.trouble ?? chat.refusal;
  const host = hostOf(connection?.baseUrl);
  const { waiting } = useWatched(desk);
  const { gathered } = asking;
  const [drawing, setDrawing] = useState<AbortController>();
  // What was picked has its row in the picker, and a chip; what came by other ways is shown here.
  const picked = new Set(sources.picks.flatMap(({ key, id }) => (isPickerKey(key) ? [id] : [])));
  const brought = plan.pending.filter(
    ({ source: { id, kind } }) => /^(link|selection)$/.test(kind) && !plan.omit.has(id) && !picked.has(id),
  );
  // Files have a list of their own.
  const others = gathered.filter(({ kind }) => kind !== 'file');
  const onWay = others.filter(isPicked);
  const isFolded = onWay.length > 0 && picked.size + onWay.length >= manyPicked;
  const shown = isFolded ? others.filter((item) => !isPicked(item)) : others;
  const going = next?.sources.filter(({ out }) => !out) ?? [];
  const isNew = chat.turns.length === 0;
  const target = { asking, gathering, next, page: pageState, isNew };

  return (
    <div className="dock">
      {children}
      {chat.chat && missing.length > 0 && (
        <Suspense>
          <MissingNotice chatId={chat.chat.id} missing={missing} />
        </Suspense>
      )}
      {chat.chat && plan.isOffer && plan.page && (
        <Suspense>
          <ChangedNotice
            chatId={chat.chat.id}
            sources={chat.sources}
            entry={plan.page}
            onAgain={() => plan.page && sources.setOut(plan.page, false)}
          />
        </Suspense>
      )}
      <Suspense>
        {waiting.length > 0 && <WaitingRequests waiting={waiting} desk={desk} streaming={streaming} />}
        {brought.length + shown.length > 0 && (
          <GatheredList
            items={shown}
            attached={brought}
            gathering={gathering}
            onDetach={sources.detach}
            onSummarize={streaming ? undefined : asking.summarizeLink}
          />
        )}
      </Suspense>
      {!isNew && hasFiles(asking, handing) && (
        <Files {...{ conversation, asking, gathering, connection }} collecting={handing.collecting} compact />
      )}
      <Suspense>
        {drawing && <DrawingNote drawing={drawing} />}
        {(isFolded || asking.held) && (
          <PickedLine items={onWay} done={picked.size} isFolded={isFolded} held={asking.held} />
        )}
        {!streaming && going.length > 1 && (isNew || going.some(({ sent }) => !sent)) && (
          <ManyActions
            onAsk={(task) => {
              asking.send(task);
              focusComposer();
            }}
          />
        )}
      </Suspense>
      {trouble && <TroubleNotice trouble={trouble} on={{ retry: asking.retry, dismiss: asking.dismiss }} />}
      {/https?:\/\//i.test(asking.draft) && (
        <Suspense>
          <LinkOffer
            draft={asking.draft}
            onDraft={asking.setDraft}
            gathering={gathering}
            known={going.map(({ entry }) => entry.source.url)}
          />
        </Suspense>
      )}
      <Composer
        draft={asking.draft}
        onDraft={asking.setDraft}
        placeholder={placeholder()}
        next={next}
        onOut={(source, out) => sources.setOut(source.entry, out)}
        mentions={(field) => (
          <Suspense>
            <Mentions
              {...target}
              field={field}
              draft={asking.draft}
              onDraft={asking.setDraft}
              onAll={(search) => openPicker?.(search)}
            />
          </Suspense>
        )}
        onTray={() => onTray(true)}
        changed={changed}
        attaching={sources.attaching}
        onAttach={asking.attach}
        pasted={asking.pasted}
        onPutIn={asking.unpaste}
        onKeepPasted={asking.keepPasted}
        images={asking.images}
        onFiles={handing.takeFiles}
        onFolder={handing.takeFolder}
        screenshots={{ ...asking, setDrawing }}
        hasRows={isNew}
        onRemoveImage={asking.removeImage}
        maySearch={connection !== undefined && connection.provider.wire !== 'excerpts'}
        models={models}
        onSetUp={() => openSettings('models')}
        streaming={streaming}
        onSend={() => asking.send()}
        onStop={conversation.stop}
        note={streamingNote() ?? (host ? t('composer.straight', { host }) : t('composer.local'))}
        cost={costNote()}
        limit={limitNote()}
      />
      {picking !== undefined && (
        <Suspense>
          <Picker
            {...target}
            search={picking}
            onAsk={
              streaming
                ? undefined
                : (task) => {
                    onPicked();
                    asking.send(task);
                    // What the list was opened from goes when the chat begins.
                    requestAnimationFrame(focusComposer);
                  }
            }
            onClose={onPicked}
          />
        </Suspense>
      )}
      {trayOpen && next && (
        <Suspense>
          <ContextTray
            next={next}
            provider={connection?.provider.wire === 'excerpts' ? undefined : connection?.provider.name}
            messages={chat.turns.reduce((count, { id }) => count + (chat.answers[id]?.length ? 2 : 1), 0)}
            page={pageState}
            offered={plan.isOffer ? plan.page?.source.id : undefined}
            attached={
              new Set(plan.pending.filter((entry) => entry !== plan.page).map(({ source }) => source.id))
            }
            onWish={(source, wish) => sources.wish(source.entry, wish)}
            onAskAbout={sources.askAbout}
            preview={({ entry }, out) =>
              connection && requestWith(chat, asking, connection, { id: entry.source.id, out })
            }
            onDetach={sources.detach}
            onReattach={sources.reattach}
            picks={sources.picks}
            onReadAgain={async ({ entry }, { now, key }) =>
              sources.readAgain(entry, { source: now, ...(await measureLongText(now.text)) }, key)
            }
            onChanges={setChanged}
            files={[gathering, sources]}
            onExactText={onExactText}
            onClose={() => onTray(false)}
          />
        </Suspense>
      )}
    </div>
  );

  function placeholder(): string {
    if (chat.turns.length > 0) return t('composer.followUp');
    const kinds = new Set(brought.map(({ source }) => source.kind));
    if (kinds.has('link')) return t('gathered.askLink');
    if (kinds.has('selection')) return t('gathered.askSelection');
    if (going.length > 1) return t('composer.askMany', { count: going.length });
    return plan.pending.some(({ source }) => !plan.omit.has(source.id))
      ? t('composer.askPage')
      : t('composer.ask');
  }
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
  /** Said before the window is full; a new chat is offered, and nobody is sent there. */
  function limitNote(): { text: string; onNew?: () => void } | undefined {
    if (!next || !connection || streaming || !nearlyFull(next.share)) return undefined;
    if (next.share > 1) return { text: t('composer.over', { model: connection.model.name }) };
    return chat.turns.length > 0
      ? { text: t('composer.nearlyFull', { count: next.questionsLeft }), onNew }
      : undefined;
  }
}
