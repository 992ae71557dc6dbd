import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import type { ReadingTexts } from '@/utils/translate/reading-texts';
import type { CutSource } from '@/utils/translate/source-units';
import type { Display } from '@/utils/translate/types';
import { plainMarked } from '@/utils/translate/write-inline';
import { IconButton } from '../ui/icon-button';
import type { PassagesHandle } from './passages';

/** The name under which the marks are registered with the browser, as the style sheet has it. */
const markName = 'reading-find';

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Passages that have these words in what is shown of them, by their ¶, in their order. */
export function findPassages(cut: CutSource, texts: ReadingTexts, display: Display, query: string): number[] {
  const words = fold(query.trim());
  if (words === '') return [];
  return cut.passages.flatMap(({ number, blocks }) => {
    const has = blocks.some(({ content, unit }) => {
      const placement = unit === undefined ? undefined : texts.get(unit).placement;
      const isOriginal = display !== 'translation' || !placement;
      if (isOriginal && fold(plainMarked(content.marked)).includes(words)) return true;
      return display !== 'original' && placement && fold(plainMarked(placement.text)).includes(words);
    });
    return has ? number : [];
  });
}

/** Finds words in all of the text, drawn or not, in both languages. */
export function FindBar({
  cut,
  texts,
  display,
  passages,
  scroller,
  onClose,
}: {
  cut: CutSource;
  texts: ReadingTexts;
  display: Display;
  passages: RefObject<PassagesHandle | null>;
  scroller: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [version, setVersion] = useState(texts.version());
  useEffect(() => texts.onPlace(() => setVersion(texts.version())), [texts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more is found as translations come
  const found = useMemo(
    () => findPassages(cut, texts, display, query),
    [cut, texts, display, query, version],
  );
  const position = Math.min(at, Math.max(0, found.length - 1));
  const current = found[position];

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (current === undefined) return;
    const element = passages.current?.show(current, 'center');
    mark(element, query);
    return () => void globalThis.CSS?.highlights?.delete(markName);
  }, [current, query, passages]);

  const move = (step: number) => {
    if (found.length > 0) setAt((position + step + found.length) % found.length);
  };
  const close = () => {
    onClose();
    scroller.current?.focus();
  };
  return (
    <search className="reading-find">
      <input
        ref={field}
        type="text"
        aria-label={t('bilingual.find')}
        placeholder={t('bilingual.find')}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={200}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') move(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="meta" role="status">
        {query.trim() &&
          (found.length > 0
            ? t('bilingual.found', { at: position + 1, count: found.length })
            : t('bilingual.foundNone'))}
      </span>
      <IconButton icon={ChevronUp} label={t('bilingual.previous')} onClick={() => move(-1)} />
      <IconButton icon={ChevronDown} label={t('bilingual.next')} onClick={() => move(1)} />
      <IconButton icon={X} label={t('bilingual.closeFind')} onClick={close} />
    </search>
  );
}

/** Marks the words in a passage, without a change to the document. */
function mark(element: Element | undefined, query: string): void {
  const highlights = globalThis.CSS?.highlights;
  if (!highlights || !element) return;
  const words = fold(query.trim());
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = fold(node.textContent ?? '');
    // Folding that changes the length would mark the wrong letters.
    if (text.length !== node.textContent?.length) continue;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      ranges.push(range);
    }
  }
  highlights.set(markName, new Highlight(...ranges));
}
