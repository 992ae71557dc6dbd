import { useEffect, useState } from 'react';
import { createPicking, type Picking, type PickingState } from '@/utils/chat/picking';

/** Lists what can be picked for as long as the component is there. */
export function usePicking(search: string, create = createPicking): [PickingState, Picking | undefined] {
  const [picking, setPicking] = useState<Picking>();
  const [state, setState] = useState<PickingState>({ groups: [], lacks: [], status: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: one list for as long as it is open
  useEffect(() => {
    const created = create();
    setPicking(created);
    const take = () => setState(created.get());
    const stop = created.subscribe(take);
    take();
    return () => {
      stop();
      created.close();
    };
  }, []);
  useEffect(() => picking?.search(search), [picking, search]);
  return [state, picking];
}
