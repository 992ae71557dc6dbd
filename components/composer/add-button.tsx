import { Camera, FilePlus2, FolderPlus, Plus } from 'lucide-react';
import { useRef } from 'react';
import { t } from '@/utils/i18n';
import type { ScreenshotPlace } from '../files/add-screenshots';
import { MenuButton } from '../ui/menu';

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
  const shoot = async (part: boolean) =>
    (await import('../files/add-screenshots')).addScreenshot(place, part);
  return (
    <>
      <MenuButton
        label={t('action.addFiles')}
        icon={Plus}
        align="start"
        entries={() => [
          { label: t('action.chooseFiles'), icon: FilePlus2, run: () => files.current?.click() },
          { label: t('action.chooseFolder'), icon: FolderPlus, run: () => folder.current?.click() },
          { label: t('action.screenshot'), icon: Camera, run: () => shoot(false) },
          { label: t('action.screenshotPart'), icon: Camera, run: () => shoot(true) },
        ]}
      />
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
