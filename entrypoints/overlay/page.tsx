import { BarActionsProvider } from '@/components/overlay/bar-actions';
import type { OverlayView } from '@/components/overlay/line';
import { PageView } from '@/components/overlay/page-view';
import { ActionsProvider } from '@/components/panel/actions';
import { barActionsOf } from './bar-actions';

/** The bar of a translation of the whole page, with what it may ask of the browser. */
export const PageBar: OverlayView = ({ line }) => {
  const { bar, panel } = barActionsOf(line);
  return (
    <ActionsProvider value={panel}>
      <BarActionsProvider value={bar}>
        <PageView line={line} />
      </BarActionsProvider>
    </ActionsProvider>
  );
};
