import { createRoot } from 'react-dom/client';
import { ComparisonPage } from '@/components/comparison-page/comparison-page';
import { type ReadingActions, ReadingActionsProvider } from '@/components/panel/actions';
import { applyPreferences } from '@/components/use-preferences';
import { useWatched } from '@/components/use-watched';
import { originPattern, requestPermission } from '@/utils/browser/permissions';
import { showPassage } from '@/utils/browser/show-passage';
import { currentWindowId, openTab } from '@/utils/browser/tabs';
import { followKeptAnswer } from '@/utils/chat/kept-answer';
import { sayAlso } from '@/utils/i18n';
import { onDeleteEverything } from '@/utils/store/delete-everything';

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
};

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
