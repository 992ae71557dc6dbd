import { createContext, type MouseEvent, type ReactNode, useContext, useState } from 'react';
import { citedPassage, type Citation as Place, plainPassage } from '@/utils/citations';
import { t } from '@/utils/i18n';
import { QuoteCard } from './quote-card';
import { useAnswerSources } from './sources-context';

type CitedPlace = Place & { mark: string };
interface Scope {
  open?: string;
  toggle: (place: CitedPlace) => void;
}

const ScopeContext = createContext<Scope>({ toggle: () => {} });

/**
 * The part of an answer (paragraph, list item, table) under which the quote of its citations opens. The state
 * lives here, so that opening a quote redraws this block and no other.
 */
export function CitationScope({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<CitedPlace>();
  const toggle = (next: CitedPlace) =>
    setPlace((current) => (current?.mark === next.mark ? undefined : next));
  return (
    <ScopeContext value={{ open: place?.mark, toggle }}>
      {children}
      {place && <QuoteCard place={place} onClose={() => setPlace(undefined)} />}
    </ScopeContext>
  );
}

/** `¶12`: opens the passage, word for word. A place that does not exist is struck out. */
export function Citation({ citation }: { citation: CitedPlace }) {
  const sources = useAnswerSources();
  const { open, toggle } = useContext(ScopeContext);
  const passage = citedPassage(
    citation,
    sources.map(({ source }) => source),
  );
  const { mark } = citation;
  if (passage === undefined) {
    const label = t('citation.missing', { mark });
    return (
      <span className="citation citation-missing" title={label}>
        {mark}
        <span className="for-screen-readers">{label}</span>
      </span>
    );
  }
  const show = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.button !== 0) return; // the browser opens the page at the passage
    event.preventDefault();
    toggle(citation);
  };
  const { url } = sources[citation.document - 1]?.source ?? {};
  return (
    <a
      className="citation"
      href={passageAddress(url, passage)}
      target="_blank"
      rel="noreferrer"
      aria-label={t('citation.label', { mark })}
      aria-expanded={open === mark}
      onClick={show}
    >
      {mark}
    </a>
  );
}

/** The page's address with a text fragment that leads to the passage. */
function passageAddress(url: string | undefined, passage: string): string {
  if (!url || !/^https?:/.test(url)) return '#';
  const words = plainPassage(passage).replace(/\s+/g, ' ').trim();
  const start = words.length > 80 ? words.slice(0, 60).replace(/\s\S*$/, '') : words;
  return `${url.split('#', 1)[0]}#:~:text=${encodeURIComponent(start).replaceAll('-', '%2D')}`;
}
