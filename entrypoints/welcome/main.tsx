import { createRoot } from 'react-dom/client';
import { applyPreferences } from '@/components/use-preferences';
import { WelcomePage } from '@/components/welcome/welcome-page';
import { openSettings, shortcutOf } from '@/utils/browser/panel';
import { hasPermission, originPattern, requestPermission } from '@/utils/browser/permissions';
import { onDeleteEverything } from '@/utils/store/delete-everything';

await applyPreferences();
// The toolbar button's own command has another name in Firefox.
const openShortcut =
  (await shortcutOf('_execute_action')) ?? (await shortcutOf('_execute_sidebar_action')) ?? '';
const summarizeShortcut = (await shortcutOf('summarize-page')) ?? '';

onDeleteEverything({ done: () => location.reload() });

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <WelcomePage
      // No await before the request: the browser asks only inside a click.
      allow={async (...addresses) =>
        requestPermission(addresses.flatMap((address) => originPattern(address) ?? []))
      }
      mayRead={async (address) => hasPermission([originPattern(address) ?? []].flat())}
      shortcuts={{ open: openShortcut, summarize: summarizeShortcut }}
      openSettings={() => void openSettings()}
    />,
  );
}
