import type { PdfProgress } from '../browser/pdf-tab';
import { watchPermissions } from '../browser/permissions';
import { type ReadTabOptions, readTab } from '../browser/read-tab';
import { activeTab, type TabInfo, tabOf, watchActiveTab } from '../browser/tabs';
import type { MeasuredSource } from '../context/compose';
import { measureLongText } from '../context/tokens';
import { AppError, type Trouble, toAppError } from '../errors';
import type { Reading, Source } from '../source';
import { entryCovering } from '../store/hosts';
import { settings } from '../store/settings';
import { watchGrowth, whenGrown } from './page-growth';
import { createState, type State } from './state';

/** The page in front of the panel, read as soon as the panel may: locally, at no cost, before anything is asked. */
export type ActivePageState =
  | { status: 'none' }
  | { status: 'reading'; tab: TabInfo; loading: boolean; pdf?: PdfProgress }
  | ReadyPage
  | { status: 'trouble'; tab?: TabInfo; trouble: Trouble };

export interface ReadyPage {
  status: 'ready';
  tab: TabInfo;
  page: MeasuredSource;
  mode: 'article' | 'everything';
  withHidden: boolean;
  /** Words of the text alone and of everything on the page; known once the text was told apart. */
  choices?: Reading['choices'];
  /** A newer reading of the page, which has grown by so many paragraphs since. */
  newer?: { source: Source; paragraphs: number };
}

type ReadChoices = Pick<
  ReadTabOptions,
  'mode' | 'withHidden' | 'mayAsk' | 'settle' | 'immediately' | 'password' | 'reuse' | 'partial'
>;

export interface ActivePage extends State<ActivePageState> {
  /** Reads the page in front again. */
  read(options?: ReadChoices): Promise<void>;
  /** Takes over the newer reading of a page that has grown. */
  takeNewer(): Promise<void>;
  /** Stops the reading of a PDF. What was read so far is kept, and never passed off as the whole. */
  stop(): void;
  /** The page when it has been read, after a reading under way. */
  whenRead(): Promise<ActivePageState>;
  close(): void;
}

/** A page that is not complete after this many milliseconds is said to be still loading. */
const loadingNotice = 1_500;

/** Milliseconds after its first reading in which a page that grows is taken to be still on its way. */
const stillDrawing = 15_000;

/** The page in front in a window, or the one of a certain tab. */
export function createActivePage(windowId: number, tabId?: number): ActivePage {
  const state = createState<ActivePageState>({ status: 'none' });
  let controller = new AbortController();
  let reading: Promise<void> = Promise.resolve();
  /** The tab in front loaded something that has not been read yet. */
  let hasLoaded = false;

  let stopGrowth = () => {};

  const read = async (options: ReadChoices = {}) => {
    const { mode: _, withHidden: __, immediately = false, ...rest } = options;
    controller.abort(new DOMException('A newer reading replaces this one', 'AbortError'));
    controller = new AbortController();
    stopGrowth();
    const { signal } = controller;
    let tab: TabInfo | undefined;
    let notice: ReturnType<typeof setTimeout> | undefined;
    try {
      tab = await (tabId === undefined ? activeTab(windowId) : tabOf(tabId));
      if (signal.aborted) return;
      if (!tab) return state.set({ status: 'none' });
      const known = tab;
      // A page that is read again stays on screen until the new reading is there.
      const current = state.get();
      const isSame = current.status === 'ready' && current.tab.id === tab.id && current.tab.url === tab.url;
      const before = isSame ? current : undefined;
      if (!before) state.set({ status: 'reading', tab: known, loading: false });
      if (known.loading && !immediately) {
        notice = setTimeout(() => {
          if (!signal.aborted) state.set({ status: 'reading', tab: known, loading: true });
        }, loadingNotice);
      }
      // A page that is loading answers when it is ready; its own notice offers to read it as it is.
      const timeout = known.loading && !immediately ? 2 ** 31 - 1 : undefined;
      const onProgress = (progress: PdfProgress) => {
        if (!signal.aborted) state.set({ status: 'reading', tab: known, loading: false, pdf: progress });
      };
      const mode = options.mode ?? before?.mode ?? 'article';
      const withHidden = options.withHidden ?? before?.withHidden ?? false;
      const isAgain = before?.mode === mode && before.withHidden === withHidden;
      const previous = isAgain ? before?.page.source : undefined;
      const wanted = { ...rest, mode, withHidden, previous, immediately, signal, timeout, onProgress };
      const source = await readTab(known.id, wanted);
      const choices = source.choices ?? before?.choices;
      await show({ tab: known, source, mode, withHidden, choices, since: Date.now() }, signal);
      if (!signal.aborted) hasLoaded = false;
    } catch (error) {
      const isStopped =
        error instanceof AppError && error.code === 'pdf-stopped' && signal === controller.signal;
      if (signal.aborted && !isStopped) return;
      const trouble = toAppError(error).toTrouble();
      state.set({ status: 'trouble', tab, trouble });
      // An app that is still fetching its text has none yet.
      if (trouble.code === 'page-empty' && tab) stopGrowth = whenGrown(tab.id, () => void start(options));
    } finally {
      clearTimeout(notice);
    }
  };

  /** Puts a reading on screen and watches whether the page goes on. */
  const show = async (
    {
      source,
      since,
      ...rest
    }: Omit<ReadyPage, 'status' | 'page' | 'newer'> & { source: Source; since: number },
    signal: AbortSignal,
  ) => {
    const measure = await measureLongText(source.text);
    if (signal.aborted) return;
    const ready: ReadyPage = { status: 'ready', page: { source, ...measure }, ...rest };
    state.set(ready);
    stopGrowth();
    // Files do not grow.
    if (source.pages !== undefined) return;
    stopGrowth = watchGrowth({
      tabId: rest.tab.id,
      source,
      mode: rest.mode,
      withHidden: rest.withHidden,
      onGrown: (newer, paragraphs) => {
        if (signal.aborted) return;
        // A page that is still being drawn is simply read as it becomes whole.
        if (Date.now() - since < stillDrawing) void show({ ...rest, source: newer, since }, signal);
        else state.set({ ...ready, newer: { source: newer, paragraphs } });
      },
    });
  };
  const start = (options?: ReadChoices) => {
    reading = read(options);
    return reading;
  };

  const stopTabs = watchActiveTab(
    windowId,
    (change) => {
      const current = state.get();
      // The end of loading is news unless the page that was read is complete already.
      if (change === 'complete' && current.status === 'reading' && !current.loading) return;
      if (change !== 'complete') hasLoaded = change === 'loading';
      // A tab that loads nothing (it came to the front, or turned to another page of its PDF) shows what it showed.
      start({ reuse: !hasLoaded, settle: change === 'moved' });
    },
    tabId,
  );
  const stopPermissions = watchPermissions(() => {
    if (state.get().status === 'trouble') start();
  });

  // What may not be read any more goes off the screen, and what may be again comes back.
  const stopSites = settings.neverRead.watch((sites) => {
    const current = state.get();
    const isRefused = current.status === 'trouble' && current.trouble.code === 'never-read';
    const url = 'tab' in current ? current.tab?.url : undefined;
    if (isRefused || (current.status !== 'trouble' && url && entryCovering(sites, url))) start();
  });

  return {
    ...state,
    read: start,
    async takeNewer() {
      const current = state.get();
      if (current.status !== 'ready' || !current.newer) return;
      const { newer, tab, mode, withHidden, choices } = current;
      const rest = { tab, mode, withHidden, choices: newer.source.choices ?? choices };
      await show({ ...rest, source: newer.source, since: 0 }, controller.signal);
    },
    async whenRead() {
      for (let awaited: Promise<void> | undefined; awaited !== reading; ) {
        awaited = reading;
        await awaited;
      }
      return state.get();
    },
    stop() {
      const current = state.get();
      if (current.status !== 'reading' || !current.pdf) return;
      const { page, pages } = 'page' in current.pdf ? current.pdf : { page: 0, pages: 0 };
      controller.abort(new AppError('pdf-stopped', { page, pages }));
    },
    close() {
      controller.abort();
      stopGrowth();
      stopTabs();
      stopPermissions();
      stopSites();
    },
  };
}
