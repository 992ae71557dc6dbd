import { createRoot } from 'react-dom/client';
import { ComparisonPage } from '@/components/comparison-page/comparison-page';
import { type ReadingActions, ReadingActionsProvider } from '@/components/panel/actions';
import { applyPreferences } from '@/components/use-preferences';
import { useWatched } from '@/components/use-watched';
import { openPanel, openPanelInTab } from '@/utils/browser/panel';
import { originPattern, requestPermission } from '@/utils/browser/permissions';
import { showPassage } from '@/utils/browser/show-passage';
import { activeTab, currentWindowId, openTab } from '@/utils/browser/tabs';
import { followKeptAnswer } from '@/utils/chat/kept-answer';
import { sayAlso } from '@/utils/i18n';
import { onDeleteEverything } from '@/utils/store/delete-everything';
import { pendingRequest } from '@/utils/store/pending-request';

/** A tab may be dragged into another window; a click there finds the new one. */
let windowId = await currentWindowId();
addEventListener('focus', () => void currentWindowId().then((id) => (windowId = id)));

await applyPreferences();
await sayAlso('comparisons');
onDeleteEverything({ done: () => location.reload() });

const address = new URLSearchParams(location.search);
const kept = followKeptAnswer(address.get('answer') ?? '');
const start = Number(address.get('at') ?? Number.NaN);

const actions: ReadingActions = {
  // No await before the request: the browser asks only inside a click.
  allow: (...addresses) => requestPermission(addresses.flatMap((url) => originPattern(url) ?? [])),
  // A tab may be dragged into another window.
  showPassage: async (passage) => showPassage(await currentWindowId(), passage),
  openLink: (url) => void openTab(url),
  searchFor: (question) => void askInPanel(question),
};

/** Asks in the chat of the comparison, in the panel beside this page. */
async function askInPanel(question: string): Promise<void> {
  // Before anything is waited for: the browser opens a panel only inside a click. Where it opens none, it comes in a tab.
  const opening = openPanel(windowId).then(
    () => true,
    () => false,
  );
  const state = kept.get();
  const tab = await activeTab(windowId);
  if (state.status !== 'ready' || !tab) return;
  const about = { action: 'ask' as const, question, chatId: state.chat.id, isSearch: true };
  const { id: tabId } = tab;
  await pendingRequest.leave({ ...about, id: crypto.randomUUID(), tabId, windowId, askedAt: Date.now() });
  if (!(await opening)) await openPanelInTab(tabId, windowId);
}

function Page() {
  return <ComparisonPage state={useWatched(kept)} start={start} />;
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ReadingActionsProvider value={actions}>
      <Page />
    </ReadingActionsProvider>,
  );
}
