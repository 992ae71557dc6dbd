import { createContext, useContext } from 'react';
import { matches } from './search';

/** A setting that somebody is led to; a new object each time, also for the same place. */
export interface Place {
  id: string;
}

interface Searching {
  query: string;
  place?: Place;
}

const SearchingContext = createContext<Searching>({ query: '' });

export const SearchingProvider = SearchingContext.Provider;

/** What is searched for on this page, and where somebody is led. */
export function useSearching() {
  const { query, place } = useContext(SearchingContext);
  return {
    place,
    isSearching: query.trim() !== '',
    isFound: (texts: string[]) => matches(query, texts),
  };
}
