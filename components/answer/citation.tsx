import {
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type CheckedMark, findQuote, indexOf, passageAddress, plainPassage } from '@/utils/citations';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { QuoteCard, type QuoteCardHandle } from './quote-card';
import { useAnswerSources } from './sources-context';

interface Opened {
  /** Which of the citations of the block: several may have the same mark. */
  id: string;
  citation: CheckedMark;
  /** The focus returns there when the quote is closed. */
  link: HTMLElement;
}
interface Scope {
  open?: string;
  toggle: (opened: Opened) => void;
  /** The same citation with a newer verdict. */
  renew: (id: string, citation: CheckedMark) => void;
  show: () => void;
  close: () => void;
}

const none = () => {};
const ScopeContext = createContext<Scope>({ toggle: none, renew: none, show: none, close: none });

/**
 * The part of an answer (paragraph, list item, table) under which the quote of its citations opens. The state
 * lives here, so that opening a quote redraws this block and no other.
 */
export function CitationScope({
  children,
  around = (card) => card,
}: {
  children: ReactNode;
  /** What the open quote stands in, where it cannot stand by itself: below a row of a table. */
  around?: (card: ReactNode) => ReactNode;
}) {
  const [opened, setOpened] = useState<Opened>();
  const card = useRef<QuoteCardHandle>(null);
  const open = opened?.id;
  const scope = useMemo<Scope>(
    () => ({
      open,
      toggle: (next) => setOpened((current) => (current?.id === next.id ? undefined : next)),
      renew: (id, citation) =>
        setOpened((current) => (current?.id === id ? { ...current, citation } : current)),
      show: () => card.current?.show(),
      close: () => setOpened(undefined),
    }),
    [open],
  );
  const close = () => {
    opened?.link.focus();
    setOpened(undefined);
  };
  return (
    <ScopeContext value={scope}>
      {children}
      {opened && around(<QuoteCard key={opened.id} ref={card} citation={opened.citation} onClose={close} />)}
    </ScopeContext>
  );
}

/**
 * `¶12`: opens the passage, word for word. A place that does not exist is struck out and leads nowhere; where only the
 * words are wrong, it is struck out too, and opens what the passage says instead.
 */
export function Citation({
  citation,
  children,
}: {
  citation: CheckedMark;
  /** What is seen of the mark where the place says the rest: `¶3` in the column of source 2. */
  children?: ReactNode;
}) {
  const sources = useAnswerSources();
  const { open, toggle, renew, show, close } = useContext(ScopeContext);
  const id = useId();
  const { mark, verdict } = citation;
  const source = sources[citation.document - 1]?.source;
  const address = useMemo(() => source && addressOf(source, citation), [source, citation]);
  const isOpen = open === id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the verdict is what changes while a quote is open
  useEffect(() => {
    if (isOpen) renew(id, citation);
  }, [verdict.state]);
  const isMissing = verdict.state === 'missing';
  if (!source || (isMissing && verdict.why !== 'words')) {
    const isStruck = verdict.state !== 'pending';
    const label = t(isMissing && verdict.why === 'document' ? 'citation.notSent' : 'citation.missing', {
      mark,
    });
    return (
      <span
        className={isStruck ? 'citation citation-missing' : 'citation'}
        title={isStruck ? label : undefined}
      >
        {children ?? mark}
        {isStruck && <span className="for-screen-readers">{label}</span>}
      </span>
    );
  }
  const act = (event: MouseEvent<HTMLAnchorElement>) => {
    // The browser opens the page at the passage.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    // Enter on an open one goes on to the page.
    if (isOpen && event.detail === 0) show();
    else toggle({ id, citation, link: event.currentTarget });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <a
      className={`citation${classes[verdict.state] ?? ''}`}
      href={address}
      target="_blank"
      rel="noreferrer"
      title={titleOf(citation)}
      aria-label={t(isMissing ? 'citation.missingLabel' : 'citation.label', { mark })}
      aria-expanded={isOpen}
      onClick={act}
      onKeyDown={onKeyDown}
    >
      {children ?? mark}
    </a>
  );
}

const classes: Partial<Record<CheckedMark['verdict']['state'], string>> = {
  moved: ' citation-moved',
  missing: ' citation-missing',
};

function titleOf({ mark, verdict }: CheckedMark): string | undefined {
  if (verdict.state === 'moved') return t('citation.moved', { mark, from: verdict.from });
  return verdict.state === 'missing' ? t('citation.missing', { mark }) : undefined;
}

/** In longer passages (UTF-16 units) nothing is looked for while an answer is drawn. */
const drawn = 100_000;

/** The page's address with a text fragment that leads to the words, or to the passage. */
function addressOf(source: Source, { paragraph, verdict }: CheckedMark): string {
  const passage = indexOf(source).passage(paragraph) ?? '';
  const page = source.segments[paragraph - 1]?.page;
  const [words] = verdict.state === 'verified' || verdict.state === 'moved' ? verdict.words : [];
  if (passage.length > drawn) return passageAddress(source, { passage: words ?? '', page });
  const [span] = (words && findQuote(plainPassage(passage), words)) || [];
  return passageAddress(source, { passage, page, span });
}
