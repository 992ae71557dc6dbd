import { useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { fileStore, type KeptFile, watchUnusedFiles } from '@/utils/store/files';
import { formatBytes } from '../format';

/** Files that stayed when the chats that used them were deleted, and the way to delete them. */
export function UnusedFiles() {
  const [files, setFiles] = useState<KeptFile[]>([]);
  const [gone, setGone] = useState(0);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const subscription = watchUnusedFiles().subscribe({ next: setFiles, error: () => setFiles([]) });
    return () => subscription.unsubscribe();
  }, []);
  const remove = async () => {
    const { files: removed } = await fileStore.remove(files.map(({ id }) => id));
    setGone(removed.length);
    // The button has gone with what it was for.
    requestAnimationFrame(() => said.current?.focus());
  };
  return (
    <>
      {files.length > 0 && (
        <>
          <p className="meta">
            {t('privacy.unusedFiles', {
              count: files.length,
              size: formatBytes(files.reduce((sum, { size }) => sum + size, 0)),
            })}
          </p>
          <div className="form-actions">
            <button
              type="button"
              className="button button-line button-small button-danger"
              onClick={() => void remove()}
            >
              {t('privacy.deleteUnused', { count: files.length })}
            </button>
          </div>
        </>
      )}
      <div role="status">
        {gone > 0 && (
          <p ref={said} tabIndex={-1} className="meta">
            {t('privacy.unusedGone', { count: gone })}
          </p>
        )}
      </div>
    </>
  );
}
