import { useSyncExternalStore } from 'react';

/** The value of something that can be watched (utils/chat/state), drawn again after each change. */
export const useWatched = <T>(state: { get(): T; subscribe(listener: () => void): () => void }): T =>
  useSyncExternalStore(state.subscribe, state.get);
