import { FilePlus2, FolderPlus, Plus } from 'lucide-react';
import { useRef } from 'react';
import { t } from '@/utils/i18n';
import type { ScreenshotPlace } from '../files/add-screenshots';
import { MenuButton, type MenuEntry } from '../ui/menu';

/** Screenshots come with the code that takes them, before the menu can be open. */
let shots: ((place: ScreenshotPlace) => MenuEntry[]) | undefined;
const loadShots = () => {
  import('../files/add-screenshots').then((module) => {
    shots = module.screenshotEntries;
  });
};

/** The `+` of the composer: a menu of what can be added to the question, and the fields behind it. */
export function AddButton({
  onFiles,
  onFolder,
  place,
}: {
  onFiles: (files: File[]) => void;
  onFolder: (files: File[]) => void;
  place: ScreenshotPlace;
}) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what the button inside will show is loaded ahead */}
      <span onPointerEnter={loadShots} onFocus={loadShots}>
        <MenuButton
          label={t('action.addFiles')}
          icon={Plus}
          align="start"
          entries={() => [
            { label: t('action.chooseFiles'), icon: FilePlus2, run: () => files.current?.click() },
            { label: t('action.chooseFolder'), icon: FolderPlus, run: () => folder.current?.click() },
            ...(shots?.(place) ?? []),
          ]}
        />
      </span>
      <Chosen field={files} onChosen={onFiles} />
      <Chosen field={folder} onChosen={onFolder} webkitdirectory="" />
    </>
  );
}

function Chosen({
  field,
  onChosen,
  ...rest
}: {
  field: React.RefObject<HTMLInputElement | null>;
  onChosen: (files: File[]) => void;
  webkitdirectory?: string;
}) {
  return (
    <input
      ref={field}
      {...rest}
      type="file"
      hidden
      multiple
      onChange={(event) => {
        onChosen([...(event.target.files ?? [])]);
        // The same file can be chosen again.
        event.target.value = '';
      }}
    />
  );
}
