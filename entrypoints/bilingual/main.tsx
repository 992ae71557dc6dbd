import { createRoot } from 'react-dom/client';
import { ReadingPage } from '@/components/bilingual/reading-page';
import { type ReadingActions, ReadingActionsProvider } from '@/components/panel/actions';
import { applyPreferences } from '@/components/use-preferences';
import { openSettings } from '@/utils/browser/panel';
import { originPattern, requestPermission } from '@/utils/browser/permissions';
import { showPassage } from '@/utils/browser/show-passage';
import { currentWindowId, openTab } from '@/utils/browser/tabs';
import { onDeleteEverything } from '@/utils/store/delete-everything';
import { readings } from '@/utils/store/readings';
import { settingsPlace } from '@/utils/store/settings-place';

await applyPreferences();
onDeleteEverything({ done: () => location.reload() });

const id = new URLSearchParams(location.search).get('source') ?? '';
// A record that cannot be read is one that is not there.
const entry = await readings.source(id).catch(() => undefined);

const actions: ReadingActions = {
  // No await before the request: the browser asks only inside a click.
  allow: (...addresses) => requestPermission(addresses.flatMap((url) => originPattern(url) ?? [])),
  // A tab may be dragged into another window.
  showPassage: async (passage) => showPassage(await currentWindowId(), passage),
  openLink: (url) => void openTab(url),
  openSettings: (place) => {
    if (place) void settingsPlace.leave(place);
    void openSettings();
  },
};

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ReadingActionsProvider value={actions}>
      <ReadingPage entry={entry} />
    </ReadingActionsProvider>,
  );
}
