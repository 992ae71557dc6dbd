import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '@/utils/i18n';
import { IconButton } from '../ui/icon-button';

/** Lets pictures be chosen, and takes those that are dropped anywhere in the panel. */
export function ImageButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
    const show = (over: boolean) => document.documentElement.classList.toggle('is-dropping', over);
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      show(true);
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && show(false);
    // Without this the panel would leave for the file.
    const onDrop = (event: DragEvent) => {
      show(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      take.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      show(false);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);

  return (
    <>
      <IconButton icon={Plus} label={t('action.addImage')} onClick={() => field.current?.click()} />
      <input
        ref={field}
        type="file"
        hidden
        multiple
        onChange={(event) => {
          take.current([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
