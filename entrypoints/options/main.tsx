import { createRoot } from 'react-dom/client';
import { type SettingsActions, SettingsActionsProvider } from '@/components/settings/actions';
import { SettingsPage } from '@/components/settings/settings-page';
import { applyPreferences } from '@/components/use-preferences';
import { openShortcuts, shortcuts } from '@/utils/browser/panel';
import {
  grantedOrigins,
  hasPermission,
  originPattern,
  removePermission,
  requestPermission,
  watchPermissions,
} from '@/utils/browser/permissions';
import { sayPages } from '@/utils/i18n';
import { onDeleteEverything } from '@/utils/store/delete-everything';

sayPages();
await applyPreferences();
onDeleteEverything({ done: () => location.reload() });

const actions: SettingsActions = {
  // No await before the request: the browser asks only inside a click.
  allow: async (...addresses) =>
    requestPermission(addresses.flatMap((address) => originPattern(address) ?? [])),
  mayRead: async (address) => hasPermission([originPattern(address) ?? []].flat()),
  shortcuts,
  openShortcuts: () => void openShortcuts(),
  grantedOrigins,
  watchGrants: watchPermissions,
  takeBack: (...origins) => removePermission(origins),
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
