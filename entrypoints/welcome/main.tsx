import { createRoot } from 'react-dom/client';
import { applyPreferences, useLanguage } from '@/components/use-preferences';
import { WelcomePage } from '@/components/welcome/welcome-page';
import { openPanel, openPanelInTab, openSettings, shortcutOf } from '@/utils/browser/panel';
import { hasPermission, originPattern, requestPermission } from '@/utils/browser/permissions';
import { openSample, sampleWords } from '@/utils/browser/sample';
import { activeTab, currentWindowId } from '@/utils/browser/tabs';
import { languages, sayPages } from '@/utils/i18n';
import { onDeleteEverything } from '@/utils/store/delete-everything';
import { pendingRequest } from '@/utils/store/pending-request';

sayPages();
await applyPreferences();
// The toolbar button's own command has another name in Firefox.
const openShortcut =
  (await shortcutOf('_execute_action')) ?? (await shortcutOf('_execute_sidebar_action')) ?? '';
const summarizeShortcut = (await shortcutOf('summarize-page')) ?? '';

onDeleteEverything({ done: () => location.reload() });

/** Known before the click, in which there is no time to ask; a tab may be dragged into another window. */
let windowId = await currentWindowId();
addEventListener(
  'focus',
  () =>
    void currentWindowId().then((id) => {
      windowId = id;
    }),
);

/** Opens the panel first: any await before it loses the click. Where the browser opens none, it comes in a tab. */
async function openBeside(work: () => Promise<number | undefined>): Promise<void> {
  const opening = openPanel(windowId).then(
    () => true,
    () => false,
  );
  const tabId = await work();
  if (tabId !== undefined && !(await opening)) await openPanelInTab(tabId, windowId);
}

async function trySample(languageTag: string): Promise<number | undefined> {
  const askedAt = Date.now();
  const tabId = await openSample(languageTag, windowId);
  if (tabId === undefined) return undefined;
  await pendingRequest.leave({ action: 'summarize', id: crypto.randomUUID(), tabId, windowId, askedAt });
  return tabId;
}

function Welcome() {
  const { tag } = languages[useLanguage()];
  return (
    <WelcomePage
      // No await before the request: the browser asks only inside a click.
      allow={async (...addresses) =>
        requestPermission(addresses.flatMap((address) => originPattern(address) ?? []))
      }
      mayRead={async (address) => hasPermission([originPattern(address) ?? []].flat())}
      shortcuts={{ open: openShortcut, summarize: summarizeShortcut }}
      sampleWords={sampleWords(tag)}
      onTry={() => void openBeside(() => trySample(tag))}
      onLookAround={() => void openBeside(async () => (await activeTab(windowId))?.id)}
      openSettings={() => void openSettings()}
    />
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Welcome />);
