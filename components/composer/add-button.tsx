import { FilePlus2, FolderPlus, Plus } from 'lucide-react';
import { useRef } from 'react';
import { t } from '@/utils/i18n';
import { MenuButton, type MenuEntry } from '../ui/menu';

/** What else the menu offers comes with the code that does it. */
export type AddEntries = () => MenuEntry[];

/** The `+` of the composer: a menu of what can be added to the question, and the fields behind it. */
export function AddButton({
  onFiles,
  onFolder,
  more,
}: {
  onFiles: (files: File[]) => void;
  onFolder: (files: File[]) => void;
  more?: AddEntries;
}) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <>
      <MenuButton
        label={t('action.addFiles')}
        icon={Plus}
        align="start"
        entries={() => [
          { label: t('action.chooseFiles'), icon: FilePlus2, run: () => files.current?.click() },
          { label: t('action.chooseFolder'), icon: FolderPlus, run: () => folder.current?.click() },
          ...(more?.() ?? []),
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
