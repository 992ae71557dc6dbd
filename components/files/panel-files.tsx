import { type ComponentProps, lazy, Suspense } from 'react';
import type { HandedOver } from './handed-over';
import { useFileDrop } from './use-file-drop';

// Nothing of the first drawing: loaded when there is a file.
const DropOverlay = lazy(() => import('./drop-overlay'));
const FileSection = lazy(() => import('./file-section'));

/** The files of the next question. */
export const Files = (props: ComponentProps<typeof FileSection>) => (
  <Suspense>
    <FileSection {...props} />
  </Suspense>
);

/** Makes the whole panel a place where files can be dropped. */
export function DropTarget({ onDrop }: { onDrop: (over: HandedOver) => void }) {
  const isOver = useFileDrop(onDrop);
  return (
    isOver && (
      <Suspense>
        <DropOverlay />
      </Suspense>
    )
  );
}
