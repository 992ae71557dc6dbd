import { createRoot } from 'react-dom/client';
import { SettingsPage } from '@/components/settings/settings-page';
import { applyPreferences } from '@/components/use-preferences';
import { hasPermission, originPattern, requestPermission } from '@/utils/browser/permissions';

await applyPreferences();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    // No await before the request: the browser asks only inside a click.
    <SettingsPage
      allow={async (...addresses) =>
        requestPermission(addresses.flatMap((address) => originPattern(address) ?? []))
      }
      mayRead={async (address) => hasPermission([originPattern(address) ?? []].flat())}
    />,
  );
}
