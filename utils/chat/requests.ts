/** Serving what was asked for outside the panel: nothing runs twice, and nothing ends an answer that is being written. */

import { activeTab, showTab, tabOf } from '../browser/tabs';
import type { MeasuredSource } from '../context/compose';
import { measureLongText } from '../context/tokens';
import { AppError } from '../errors';
import { t } from '../i18n';
import { type Inbox, inbox } from '../store/inbox';
import { isRepeat, type PendingRequest, pendingRequest } from '../store/pending-request';
import { createTakenRequests, type TakenRequests } from '../store/taken-requests';
import type { ActivePage } from './active-page';
import { answerLanguageName } from './answer-language';
import type { Conversation } from './conversation';
import type { Gathering } from './gathering';
import type { Question } from './new-turn';
import { restoreConversation } from './startup';
import { createState, type State } from './state';

/** A request that waits, with what its tab is called. */
export interface WaitingRequest {
  request: PendingRequest;
  title?: string;
}

export interface DeskState {
  /** Requests that would end an answer that is being written, or mean a tab that is not in front. */
  waiting: WaitingRequest[];
  /** A question that was typed elsewhere and is to be put to the composer. */
  question?: { id: string; text: string; isSearch?: boolean };
}

export interface RequestDesk extends State<DeskState> {
  /** Does what waits at once: an answer that is being written is stopped and kept. */
  now(id: string): Promise<void>;
  drop(id: string): void;
  /** The composer has the question. */
  questionTaken(): void;
}

export interface DeskOptions {
  conversation: Conversation;
  page: ActivePage;
  gathering: Gathering;
  windowId: number;
  /** The tab that this panel is about, where it is a page of its own. */
  tabId?: number;
  /** Translates a page, in whatever tab it is, beside all else. */
  translatePage?: (tab: { id: number; windowId: number }, how: { toggles?: boolean }) => void;
  requests?: typeof pendingRequest;
  /** Keeps what this panel has in hand, in case that it is closed. */
  taken?: TakenRequests;
  box?: Pick<Inbox, 'read' | 'write' | 'remove'>;
  /** The words that are selected in a tab; what the browser says of them may be less. */
  readWords?: (tabId: number, given: string) => Promise<{ words?: string; isCut?: boolean }>;
  /** How words of a page are asked to be translated: the question, and what is said about it. */
  askTranslation?: (
    words: string,
    page: MeasuredSource,
  ) => Promise<Pick<Question, 'question' | 'instructions'>>;
}

/** Reads the page now, and does what was asked for by the toolbar, a shortcut, a menu or the address bar, from now on. */
export function serveRequests({
  conversation,
  page,
  gathering,
  windowId,
  tabId: ownTab,
  translatePage,
  requests = pendingRequest,
  taken = createTakenRequests(),
  box = inbox,
  readWords,
  askTranslation,
}: DeskOptions): RequestDesk {
  const desk = createState<DeskState>({ waiting: [] });
  const update = (change: Partial<DeskState>) => desk.set({ ...desk.get(), ...change });
  const unlist = (id: string) =>
    update({ waiting: desk.get().waiting.filter(({ request }) => request.id !== id) });
  /** What it brought is where it belongs by now, or not wanted. */
  const done = (id: string) =>
    void Promise.all([taken.done(id), box.remove(id)]).catch((error) => console.error(error));
  let last: PendingRequest | undefined;

  const front = () => (ownTab === undefined ? activeTab(windowId) : tabOf(ownTab));

  const isOtherPage = () => {
    const state = page.get();
    const { chat, sources } = conversation.get();
    return (
      state.status === 'ready' && chat && !sources.some(({ source }) => source.url === state.page.source.url)
    );
  };

  /** Whether it can be done without ending an answer, or reading a page that was not meant. */
  const mustWait = async (request: PendingRequest) => {
    if (request.action === 'read') return false;
    const tab = await front();
    if (tab?.id !== request.tabId) return true;
    if (!conversation.get().streaming) return false;
    const endsAnswer = ['summarize', 'ask', 'translate', 'chat'].includes(request.action);
    return endsAnswer || isOtherPage();
  };

  const serve = async (request: PendingRequest): Promise<void> => {
    if (request.action === 'translate-page') {
      done(request.id);
      return translatePage?.({ id: request.tabId, windowId: request.windowId }, request);
    }
    if (request.action === 'translate') await fetchWords(request);
    // Menus and links bring something of their own: what was read of the page will do.
    const isAboutPage = request.action === 'read' || request.action === 'summarize';
    await page.read({ reuse: !isAboutPage });
    if (await mustWait(request)) {
      const tab = await tabOf(request.tabId);
      // The page is gone, and what was asked about it with it; what was brought along is not.
      if (tab || request.action !== 'summarize')
        return update({ waiting: [...desk.get().waiting, { request, title: tab?.title }] });
      return done(request.id);
    }
    await perform(request);
  };

  const perform = async (request: PendingRequest): Promise<void> => {
    await carryOut(request);
    // A question is done when the composer has it, a link when the list of what is on its way is on disk.
    if (request.action === 'ask') return;
    await gathering.kept();
    done(request.id);
  };

  const carryOut = async (request: PendingRequest): Promise<void> => {
    // Another page means another chat; a chat about something else stays in history.
    if (isOtherPage() && !conversation.get().streaming) {
      conversation.startNew();
      const tab = await front();
      if (tab) await restoreConversation(conversation, tab);
    }
    if (request.action === 'summarize') await summarize();
    else if (request.action === 'ask') {
      const { id, question: text, chatId, isSearch } = request;
      if (chatId && conversation.get().chat?.id !== chatId) await conversation.open(chatId);
      update({ question: { id, text, ...(isSearch ? { isSearch } : {}) } });
    } else if (request.action === 'link') void gathering.readLink(request.id, request.url);
    else if (request.action === 'selection') await takeSelection(request);
    else if (request.action === 'picture') await takePicture(request);
    else if (request.action === 'translate') await translate(request);
    else if (request.action === 'chat') await conversation.open(request.chatId);
  };

  const summarize = async () => {
    // A page that loaded something meanwhile is read once more.
    const state = await page.whenRead();
    if (state.status !== 'ready' && state.status !== 'trouble') return;
    // Why a page could not be read, and what helps, stands where a new chat begins.
    if (conversation.get().chat) conversation.startNew();
    if (state.status === 'trouble') return;
    const language = await answerLanguageName();
    const question = t('action.summarize');
    // What comes next need not wait for the whole answer.
    await new Promise<void>((resolve) => {
      conversation
        .ask({ task: 'summarize', question, sources: [state.page], language }, () => resolve())
        // A refusal is shown by the panel's own button; here the page card is what the user sees.
        .catch((error) => conversation.refuse(error))
        .finally(() => resolve());
    });
  };

  /** Requests of which the browser gave only the beginning of the words. */
  const cut = new Set<string>();
  /** Before anything else is waited for: what is selected may change. */
  const fetchWords = async ({ id, tabId }: PendingRequest) => {
    const { text: given = '' } = await box.read(id);
    const { words = '', isCut } = (await readWords?.(tabId, given)) ?? { words: given };
    if (words !== given) await box.write(id, { text: words });
    if (isCut) cut.add(id);
  };

  const translate = async ({ id }: Extract<PendingRequest, { action: 'translate' }>) => {
    const { text: words } = await box.read(id);
    const trouble = cut.delete(id) ? 'selection-cut' : 'selection-none';
    if (!words) return gathering.addTrouble(id, 'selection', new AppError(trouble));
    const state = await page.whenRead();
    if (state.status !== 'ready' || !askTranslation) {
      // Without the page there is nothing to read the words with: they are kept, and its own card says why.
      update({ question: { id, text: words } });
      return;
    }
    const asked = await askTranslation(words, state.page);
    await new Promise<void>((resolve) => {
      conversation
        .ask({ task: 'translate', ...asked, sources: [state.page] }, () => resolve())
        .catch((error) => conversation.refuse(error))
        .finally(() => resolve());
    });
  };

  const takeSelection = async ({
    id,
    isCut,
    neverRead,
  }: Extract<PendingRequest, { action: 'selection' }>) => {
    if (neverRead !== undefined)
      return gathering.addTrouble(id, 'selection', new AppError('never-read', { site: neverRead }));
    const { source } = await box.read(id);
    if (source) return gathering.addSource(id, { source, ...(await measureLongText(source.text)) });
    gathering.addTrouble(id, 'selection', new AppError(isCut ? 'selection-cut' : 'selection-none'));
  };

  const takePicture = async (request: Extract<PendingRequest, { action: 'picture' }>) => {
    const { id, tabId, frameId, url } = request;
    const name = t('composer.picture', { number: 1 });
    if (url) return void gathering.readPicture(id, { tabId, frameId, url }, name);
    const { image } = await box.read(id);
    if (image) gathering.addImage(id, image);
    else gathering.addTrouble(id, 'picture', new AppError('image-kind', { name }));
  };

  // One after the other, in the order in which they were asked for.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.catch((error) => console.error(error));
    return done;
  };
  /** Taken at once, so that whoever left it knows that there is a panel; served when those before it are. */
  const takeAll = async () => {
    let served = false;
    const take = () => requests.take(windowId, undefined, taken.keep);
    for (let next = await take(); next; next = await take()) {
      served = true;
      const request = next;
      if (isRepeat(last, request)) done(request.id);
      else void inTurn(() => serve(request)).catch(() => {});
      last = request;
    }
    return served;
  };
  /** What a panel had in hand when it was closed. What brings nothing, or would send something by itself, is over. */
  const goOnWith = async () => {
    const left = await taken.takeOver(windowId);
    const lasting = left.filter(({ action }) => /^(ask|link|selection|picture)$/.test(action));
    for (const request of left) if (!lasting.includes(request)) done(request.id);
    for (const request of lasting) void inTurn(() => serve(request)).catch(() => {});
    return lasting.length > 0;
  };

  /** What waited for an answer to end is done when it has, if its page is still in front. */
  const goOn = () =>
    inTurn(async () => {
      const [first] = desk.get().waiting;
      if (!first || (await mustWait(first.request))) return;
      unlist(first.request.id);
      await page.read({ reuse: true });
      await perform(first.request);
    });

  void Promise.all([goOnWith().catch(() => false), takeAll()]).then((served) => {
    if (!served.includes(true)) page.read();
  });
  requests.watch(() => void takeAll());
  let wasStreaming = false;
  conversation.subscribe(() => {
    const isStreaming = conversation.get().streaming !== undefined;
    if (wasStreaming && !isStreaming && desk.get().waiting.length > 0) void goOn();
    wasStreaming = isStreaming;
  });

  return {
    ...desk,
    drop(id) {
      unlist(id);
      done(id);
    },
    now: (id) =>
      inTurn(async () => {
        const entry = desk.get().waiting.find(({ request }) => request.id === id);
        if (!entry) return;
        unlist(id);
        if ((await front())?.id !== entry.request.tabId) {
          await showTab(entry.request.tabId).catch(() => {});
          await page.whenRead();
        }
        if (conversation.get().streaming) conversation.startNew();
        await page.read({ reuse: true });
        await perform(entry.request);
      }),
    questionTaken() {
      const { question } = desk.get();
      update({ question: undefined });
      if (question) done(question.id);
    },
  };
}
