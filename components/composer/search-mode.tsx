import { Globe, GlobeOff, type LucideIcon, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { type SearchMode, settings } from '@/utils/store/settings';
import { useActions } from '../panel/actions';
import { MenuButton, type MenuEntry } from '../ui/menu';
import { useLanguage } from '../use-preferences';

await sayAlso('searches');

const modes = ['auto', 'always', 'off'] as const satisfies SearchMode[];
const icons: Record<SearchMode, LucideIcon> = { auto: Globe, always: Globe, off: GlobeOff };
const names = {
  auto: 'searchRun.auto',
  always: 'searchRun.always',
  off: 'searchRun.off',
} as const;
const means = {
  auto: 'searchRun.autoMeans',
  always: 'searchRun.alwaysMeans',
  off: 'searchRun.offMeans',
} as const;

/** When questions are searched for, as a button that opens the three choices. What is chosen holds until it is changed. */
export function SearchModeButton() {
  useLanguage();
  const { openSettings, allowEverySite, watchEverySite } = useActions();
  const [mode, setMode] = useState<SearchMode>();
  /** Whether results can be read in full; true until it is known, so that nothing is asked for that is there. */
  const [mayRead, setMayRead] = useState(true);
  useEffect(() => {
    settings.searchMode.read().then(setMode);
    return settings.searchMode.watch(setMode);
  }, []);
  useEffect(() => watchEverySite?.(setMayRead), [watchEverySite]);
  if (!mode) return null;
  const entryOf = (choice: SearchMode): MenuEntry => ({
    label: t(names[choice]),
    hint: t(means[choice]),
    checked: choice === mode,
    run: () => void settings.searchMode.write(choice),
    // The browser's question hides the panel's menu or stands beside it; either answer leaves the choice as it is.
    atClick: choice === 'off' || mayRead ? undefined : () => void allowEverySite().catch(() => {}),
  });
  return (
    <MenuButton
      label={t('searchRun.mode', { mode: t(names[mode]) })}
      icon={icons[mode]}
      className={`icon-button search-mode is-${mode}`}
      align="start"
      entries={() => [
        ...modes.map(entryOf),
        {
          label: t('searchRun.settings'),
          icon: SlidersHorizontal,
          separated: true,
          run: () => openSettings('search'),
        },
      ]}
      note={mayRead ? undefined : t('searchRun.permissionMeans')}
    />
  );
}
