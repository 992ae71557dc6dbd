import { OverlayActionsProvider } from '@/components/overlay/actions';
import type { OverlayLine, OverlayView } from '@/components/overlay/line';
import { SelectionView } from '@/components/overlay/selection-view';
import { ActionsProvider } from '@/components/panel/actions';
import { actionsOf } from './actions';

/** The bubble of a selection, with what it may ask of the browser. */
export async function selectionBubble(line: OverlayLine): Promise<OverlayView> {
  const { own, panel } = await actionsOf(line);
  return () => (
    <ActionsProvider value={panel}>
      <OverlayActionsProvider value={own}>
        <SelectionView line={line} />
      </OverlayActionsProvider>
    </ActionsProvider>
  );
}
