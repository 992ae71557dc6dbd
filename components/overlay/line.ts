import type { OverlayLine } from '@/utils/browser/overlay';

/** What a view in the frame is given: what it was opened for, and the line to the page that holds it. */
export type { OverlayLine };

/** A view of the frame: one file each, loaded when it is asked for (entrypoints/overlay/main.tsx). */
export type OverlayView = (props: { line: OverlayLine }) => React.ReactNode;
