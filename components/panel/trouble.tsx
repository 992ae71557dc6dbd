import { type ComponentProps, lazy, Suspense } from 'react';
import type { TroubleNotice } from './trouble-notice';

const loadNotice = () => import('./trouble-notice');
const Notice = lazy(async () => ({ default: (await loadNotice()).TroubleNotice }));

/** Loads the notice before there is a trouble, once nothing else has to be done. */
globalThis.requestIdleCallback?.(() => void loadNotice());

/** An expected trouble. What each looks like is no part of the first paint. */
export const Trouble = (props: ComponentProps<typeof TroubleNotice>) => (
  <Suspense>
    <Notice {...props} />
  </Suspense>
);
