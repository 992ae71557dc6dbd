import { createRoot } from 'react-dom/client';
import { type SettingsActions, SettingsActionsProvider } from '@/components/settings/actions';
import { SettingsPage } from '@/components/settings/settings-page';
import { applyPreferences } from '@/components/use-preferences';
import { openShortcuts, shortcuts } from '@/utils/browser/panel';
import {
  everySite,
  grantedOrigins,
  hasPermission,
  originPattern,
  removePermission,
  requestPermission,
  watchPermissions,
} from '@/utils/browser/permissions';
import { goToTab } from '@/utils/browser/tabs';
import { sayPages } from '@/utils/i18n';
import { onDeleteEverything } from '@/utils/store/delete-everything';

sayPages();
await applyPreferences();
onDeleteEverything({ done: () => location.reload() });

/** The patterns that the browser is asked for; one of all sites stands for itself. */
const patternsOf = (addresses: string[]): string[] =>
  addresses.flatMap((address) => (everySite.includes(address) ? address : (originPattern(address) ?? [])));

const actions: SettingsActions = {
  // No await before the request: the browser asks only inside a click.
  allow: async (...addresses) => requestPermission(patternsOf(addresses)),
  mayRead: async (address) => hasPermission(patternsOf([address])),
  shortcuts,
  openShortcuts: () => void openShortcuts(),
  grantedOrigins,
  watchGrants: watchPermissions,
  takeBack: (...origins) => removePermission(origins),
  showTab: (tabId) => void goToTab(tabId).catch(() => {}),
  beginAgain: () => location.assign('/welcome.html'),
};

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <SettingsActionsProvider value={actions}>
      <SettingsPage />
    </SettingsActionsProvider>,
  );
}
