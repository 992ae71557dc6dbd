import { watchPermissions } from '../browser/permissions';
import { activeTab, type ReadTabOptions, readTab, type TabInfo, watchActiveTab } from '../browser/tabs';
import type { MeasuredSource } from '../context/compose';
import { estimateTokensOfLong } from '../context/tokens';
import { type Trouble, toAppError } from '../errors';
import { createState, type State } from './state';

/** The page in front of the panel, read as soon as the panel may: locally, at no cost, before anything is asked. */
export type ActivePageState =
  | { status: 'none' }
  | { status: 'reading'; tab: TabInfo; loading: boolean }
  | { status: 'ready'; tab: TabInfo; page: MeasuredSource; mode: 'article' | 'everything' }
  | { status: 'trouble'; tab?: TabInfo; trouble: Trouble };

export interface ActivePage extends State<ActivePageState> {
  /** Reads the page in front again. */
  read(options?: Pick<ReadTabOptions, 'mode' | 'immediately'>): Promise<void>;
  /** The page when it has been read, after a reading under way. */
  whenRead(): Promise<ActivePageState>;
  close(): void;
}

/** A page that is not complete after this many milliseconds is said to be still loading. */
const loadingNotice = 1_500;

export function createActivePage(windowId: number): ActivePage {
  const state = createState<ActivePageState>({ status: 'none' });
  let controller = new AbortController();
  let reading: Promise<void> = Promise.resolve();

  const read = async ({ mode = 'article', immediately = false }: Parameters<ActivePage['read']>[0] = {}) => {
    controller.abort(new DOMException('A newer reading replaces this one', 'AbortError'));
    controller = new AbortController();
    const { signal } = controller;
    let tab: TabInfo | undefined;
    let notice: ReturnType<typeof setTimeout> | undefined;
    try {
      tab = await activeTab(windowId);
      if (signal.aborted) return;
      if (!tab) return state.set({ status: 'none' });
      const known = tab;
      // A page that is read again stays on screen until the new reading is there.
      const before = state.get();
      const isSame = before.status === 'ready' && before.tab.id === tab.id && before.tab.url === tab.url;
      if (!isSame) state.set({ status: 'reading', tab: known, loading: false });
      if (known.loading && !immediately) {
        notice = setTimeout(() => {
          if (!signal.aborted) state.set({ status: 'reading', tab: known, loading: true });
        }, loadingNotice);
      }
      // A page that is loading answers when it is ready; its own notice offers to read it as it is.
      const timeout = known.loading && !immediately ? 2 ** 31 - 1 : undefined;
      const source = await readTab(known.id, { mode, immediately, signal, timeout });
      const tokens = await estimateTokensOfLong(source.text);
      if (!signal.aborted) state.set({ status: 'ready', tab: known, page: { source, tokens }, mode });
    } catch (error) {
      if (!signal.aborted) state.set({ status: 'trouble', tab, trouble: toAppError(error).toTrouble() });
    } finally {
      clearTimeout(notice);
    }
  };
  const start = (options?: Parameters<ActivePage['read']>[0]) => {
    reading = read(options);
    return reading;
  };

  const stopTabs = watchActiveTab(windowId, (change) => {
    const current = state.get();
    // The end of loading is news unless the page that was read is complete already.
    if (change === 'complete' && current.status === 'reading' && !current.loading) return;
    start();
  });
  const stopPermissions = watchPermissions(() => {
    if (state.get().status === 'trouble') start();
  });

  return {
    ...state,
    read: start,
    async whenRead() {
      for (let awaited: Promise<void> | undefined; awaited !== reading; ) {
        awaited = reading;
        await awaited;
      }
      return state.get();
    },
    close() {
      controller.abort();
      stopTabs();
      stopPermissions();
    },
  };
}
