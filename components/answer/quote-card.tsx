import { Copy, Crosshair, X } from 'lucide-react';
import {
  lazy,
  type ReactNode,
  type Ref,
  Suspense,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { ShownPassage } from '@/utils/browser/show-passage';
import { type CheckedMark, indexOf, type Span } from '@/utils/citations';
import { type MessageKey, t } from '@/utils/i18n';
import { type Source, scriptLanguage } from '@/utils/source';
import { useReadingActions } from '../panel/actions';
import type { PlaceHandle } from './place-in-file';
import { directionOf, isOnPage, languageOf, markedSpans, placeOf, quotedText } from './quoted-passage';
import { useAnswerSources } from './sources-context';
import { useCopy } from './use-copy';

// Only for what is no page of the web.
const PlaceLine = lazy(async () => ({ default: (await import('./place-in-file')).PlaceLine }));
const PassageTable = lazy(async () => ({
  default: (await import('../viewer/viewer-passage')).PassageTable,
}));
const PlaceButtons = lazy(async () => ({ default: (await import('./place-in-file')).PlaceButtons }));

export interface QuoteCardHandle {
  /** Does what “Show in page” does, or “Show in the file”. */
  show: () => void;
}

/** The cited passage to the letter with the quoted words marked, and the way to its place in the page. */
export function QuoteCard({
  citation,
  onClose,
  ref,
}: {
  citation: CheckedMark;
  onClose: () => void;
  ref?: Ref<QuoteCardHandle>;
}) {
  const { showPassage, allow } = useReadingActions();
  const sources = useAnswerSources();
  const entry = sources[citation.document - 1];
  const source = entry?.source;
  const [outcome, setOutcome] = useState<ShownPassage>();
  const [copied, copy] = useCopy();
  const inFile = useRef<PlaceHandle>(null);
  const show = () => {
    if (source && isOnPage(source)) showPassage(placeOf(source, citation)).then(setOutcome);
    else inFile.current?.show();
  };
  useImperativeHandle(ref, () => ({ show }));
  if (!entry || !source || indexOf(source).passage(citation.paragraph) === undefined) return null;
  const { verdict, paragraph } = citation;
  const words = quotedText(source, citation);
  const lang = languageOf(words, source);
  const page = source.segments[paragraph - 1]?.page;
  const passage = <Passage words={words} lang={lang} spans={markedSpans(words, verdict)} />;
  // Columns of a sheet are told apart by where they stand.
  const isTable =
    source.file !== undefined &&
    citation.last === undefined &&
    source.segments[paragraph - 1]?.kind === 'table';
  const notes = notesOf(citation, source, sources.length);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the card from anything inside it
    <div
      className="quote-card"
      onKeyDown={(event) => {
        const sheet = (event.target as Element).closest('dialog');
        // A sheet that was opened from the card closes first.
        if (event.key !== 'Escape' || (sheet && event.currentTarget.contains(sheet))) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {verdict.state === 'missing' && notes}
      {isTable ? (
        <Suspense fallback={passage}>
          <PassageTable source={source} number={paragraph} verdict={verdict} otherwise={passage} />
        </Suspense>
      ) : (
        passage
      )}
      {verdict.state !== 'missing' && notes}
      {source.file && (
        <Suspense fallback={<p className="quote-note">&nbsp;</p>}>
          <PlaceLine entry={entry} citation={citation} />
        </Suspense>
      )}
      {outcome && (
        <p className={outcome === 'shown' ? 'for-screen-readers' : 'quote-note'} role="status">
          {t(outcomes[outcome])}
        </p>
      )}
      <footer>
        {isOnPage(source) && (
          <button type="button" className="button button-solid button-small" onClick={show}>
            <Crosshair className="icon icon-small" aria-hidden="true" />
            {page === undefined ? t('citation.show') : t('citation.showPage', { page })}
          </button>
        )}
        {(source.file || !isOnPage(source)) && (
          <Suspense>
            <PlaceButtons ref={inFile} entry={entry} citation={citation} />
          </Suspense>
        )}
        {outcome === 'opened' && source.url && (
          <button
            type="button"
            className="button button-line button-small"
            onClick={() => source.url && allow(source.url).then((isAllowed) => isAllowed && show())}
          >
            {t('action.allowSite')}
          </button>
        )}
        <button type="button" className="button button-quiet button-small" onClick={() => copy(words)}>
          <Copy className="icon icon-small" aria-hidden="true" />
          {copied ? t('action.copied') : t('citation.copy')}
        </button>
        <span className="meta">
          {t('citation.position', { number: paragraph, count: lastNumber(source) })}
        </span>
        <button
          type="button"
          className="icon-button quote-close"
          aria-label={t('action.close')}
          title={t('action.close')}
          onClick={onClose}
        >
          <X className="icon icon-small" aria-hidden="true" />
        </button>
      </footer>
    </div>
  );
}

const outcomes = {
  shown: 'citation.shown',
  folded: 'citation.folded',
  changed: 'citation.changed',
  opened: 'citation.opened',
  nowhere: 'citation.nowhere',
} as const satisfies Record<ShownPassage, MessageKey>;

/** What has to be said about a citation besides its words, honestly and in one line. */
function notesOf({ document, verdict, isUnnamed }: CheckedMark, source: Source, count: number): ReactNode {
  const notes: string[] = [];
  if (verdict.state === 'moved') notes.push(t('citation.movedNote', { from: verdict.from }));
  if (verdict.state === 'missing' && verdict.why === 'words') {
    for (const words of verdict.words) notes.push(t('citation.wordsMissing', { words }));
  }
  if (verdict.state === 'place')
    notes.push(t(verdict.isTranslated ? 'citation.translated' : 'citation.placeOnly'));
  if (isUnnamed && verdict.state === 'place') notes.push(t('citation.unnamed', { document }));
  return (
    <>
      {count > 1 && (
        <p className="quote-note">
          {document} · <bdi lang={scriptLanguage(source.title)}>{source.title}</bdi>
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className={verdict.state === 'missing' ? 'quote-note quote-alarm' : 'quote-note'}>
          {note}
        </p>
      ))}
    </>
  );
}

function Passage({ words, lang, spans }: { words: string; lang?: string; spans: Span[] }) {
  const first = useRef<HTMLElement>(null);
  const box = useRef<HTMLParagraphElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // What comes into sight first is what the answer quotes. The box is what offsets are measured from.
    if (first.current) element.scrollTop = Math.max(0, first.current.offsetTop - 48);
    const measure = () => setScrolls(element.scrollHeight > element.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  let last = 0;
  const pieces: ReactNode[] = [];
  for (const { start, end } of spans) {
    pieces.push(
      words.slice(last, start),
      <mark key={start} ref={last === 0 ? first : undefined}>
        {words.slice(start, end)}
      </mark>,
    );
    last = end;
  }
  pieces.push(words.slice(last));
  return (
    <p
      ref={box}
      className="quote-words"
      lang={lang}
      dir={directionOf(words)}
      {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': t('citation.passage') })}
    >
      {pieces}
    </p>
  );
}

const lastNumber = ({ segments }: Source) => segments.reduce((last, { number }) => Math.max(last, number), 0);
