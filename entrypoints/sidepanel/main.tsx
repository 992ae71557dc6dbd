import { createRoot } from 'react-dom/client';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import { Panel } from '@/components/panel/panel';
import { applyPreferences } from '@/components/use-preferences';
import {
  isPrivateWindow,
  openComparison,
  openReading,
  openSettings,
  shortcutOf,
  shortcuts,
} from '@/utils/browser/panel';
import {
  allFiles,
  everySite,
  hasPermission,
  originPattern,
  requestPermission,
  watchPermissions,
} from '@/utils/browser/permissions';
import { readRemovals } from '@/utils/browser/read-tab';
import { activeTab, currentWindowId, goToTab, openTab, tabOf, wakeTab } from '@/utils/browser/tabs';
import { placeBar } from '@/utils/browser/translate-tab';
import { createAccount } from '@/utils/chat/accounts';
import { createActivePage } from '@/utils/chat/active-page';
import { activeConnection, checkConnection, isInsecureAllowed } from '@/utils/chat/connection';
import { createConversation } from '@/utils/chat/conversation';
import { createGathering } from '@/utils/chat/gathering';
import { serveRequests } from '@/utils/chat/requests';
import { restoreConversation } from '@/utils/chat/startup';
import { panelSurroundings } from '@/utils/chat/surroundings';
import { onDeleteEverything } from '@/utils/store/delete-everything';
import { settingsPlace } from '@/utils/store/settings-place';
import { createPanelRuns } from '@/utils/translate/panel-runs';

const windowId = await currentWindowId();
await applyPreferences();

/** In a tab of its own the panel is about the tab that its address names. */
const named = Number(new URLSearchParams(location.search).get('tab'));
const tabId = Number.isInteger(named) && named > 0 ? named : undefined;
const tabInFront = () => (tabId === undefined ? activeTab(windowId) : tabOf(tabId));

const page = createActivePage(windowId, tabId);
const conversation = createConversation({
  surroundings: panelSurroundings,
  account: createAccount(),
  connect: activeConnection,
  check: async (connection) =>
    checkConnection(connection, { allowInsecure: await isInsecureAllowed(connection.provider.id) }),
});
await restoreConversation(conversation, await tabInFront());
const gathering = createGathering(conversation);
const { translate } = createPanelRuns();
const desk = serveRequests({
  conversation,
  page,
  gathering,
  windowId,
  tabId,
  translatePage: translate,
  readWords: async (tab, given) => {
    const { selectedWords } = await import('@/utils/browser/selected-words');
    return selectedWords(tab, given);
  },
  askTranslation: async (words, document) => {
    const { askTranslation } = await import('@/utils/translate/ask-in-chat');
    return askTranslation(words, document);
  },
});
onDeleteEverything({ begin: () => conversation.stop(), done: () => location.reload() });

const actions: PanelActions = {
  search: conversation.search,
  isPrivate: isPrivateWindow(),
  openSettings: (place) => {
    if (place) void settingsPlace.leave(place);
    void openSettings();
  },
  // No await before the request: the browser asks only inside a click.
  allow: (...addresses) => requestPermission(addresses.flatMap((address) => originPattern(address) ?? [])),
  allowEverySite: () => requestPermission(everySite),
  watchEverySite: (listener) => {
    const tell = () => void hasPermission(everySite).then(listener);
    tell();
    return watchPermissions(tell);
  },
  allowFiles: () => requestPermission(allFiles),
  readPage: () => void page.read(),
  readNow: () => void page.read({ immediately: true }),
  readAs: (choice) => void page.read(choice),
  takeNewer: () => void page.takeNewer(),
  readRemovals: async () => {
    const state = page.get();
    return state.status === 'ready'
      ? readRemovals(state.tab.id, { mode: state.mode, withHidden: state.withHidden })
      : [];
  },
  readWithPassword: (password) => void page.read({ password }),
  stopReading: page.stop,
  usePart: () => void page.read({ partial: true }),
  wakeTab: () => void tabInFront().then((tab) => tab && wakeTab(tab.id)),
  showPassage: async (passage) =>
    (await import('@/utils/browser/show-passage')).showPassage(windowId, passage),
  openLink: (url) => void openTab(url),
  // A tab that is gone by now is one that nobody can be shown.
  showTab: (id) => void goToTab(id).catch(() => {}),
  openComparison: (answerId, start) => void openComparison(answerId, start),
  openReading: (sourceId) => void openReading(sourceId),
  translatePage: () =>
    void tabInFront().then((tab) => tab && placeBar(tab, { toggles: false }, () => translate(tab))),
  listCommands: shortcuts,
  summarizeShortcut: await shortcutOf('summarize-page'),
  translateShortcut: await shortcutOf('translate-page'),
};

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ActionsProvider value={actions}>
      <Panel conversation={conversation} page={page} gathering={gathering} desk={desk} />
    </ActionsProvider>,
  );
}
// Nobody waits for it.
void import('@/utils/store/inboxes').then(({ removeUndelivered }) => removeUndelivered());
void import('@/utils/browser/own-tab').then(({ sweepOwnTabs }) => sweepOwnTabs());
void import('@/utils/store/files').then(({ fileStore }) => fileStore.sweep());
