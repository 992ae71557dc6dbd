import { lazy, Suspense } from 'react';

const List = lazy(() => import('../glossary/shared-terms-list'));

/** Terms that hold beyond a single page. */
export const SharedTerms = () => (
  <Suspense>
    <List />
  </Suspense>
);
