import { type ComponentProps, lazy, Suspense } from 'react';
import type { TroubleNotice } from './trouble-notice';

const Notice = lazy(async () => ({ default: (await import('./trouble-notice')).TroubleNotice }));

/** An expected trouble. What each looks like is no part of the first paint. */
export const Trouble = (props: ComponentProps<typeof TroubleNotice>) => (
  <Suspense>
    <Notice {...props} />
  </Suspense>
);
