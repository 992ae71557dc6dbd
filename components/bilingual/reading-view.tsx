import { useEffect, useRef, useState } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso } from '@/utils/i18n';
import { type ReadingPlace, readings } from '@/utils/store/readings';
import { settings } from '@/utils/store/settings';
import { serveRun } from '@/utils/store/translation-runs';
import { targetLanguage } from '@/utils/translate/languages';
import { depsWith } from '@/utils/translate/page-run-in-tab';
import { createSourceReading, cutSlowly, type SourceReading } from '@/utils/translate/source-run';
import type { CutSource } from '@/utils/translate/source-units';
import { ReadingBody } from './reading-body';
import { ReadingFrame } from './reading-frame';
import { ReadingGlossary } from './reading-glossary';

await Promise.all([sayAlso('runs'), sayAlso('sheets')]);

export interface ReadingViewProps {
  entry: MeasuredSource;
  /** The chat that has the same source as its first. */
  chatId?: string;
  /** Absent in a tab of its own. */
  onBack?: () => void;
}

interface Opened {
  cut: CutSource;
  place: ReadingPlace;
  deps: ReturnType<typeof depsWith>;
}

/** Any source in two languages, paragraph by paragraph: in the panel, and with the width of a tab. */
export default function ReadingView({ entry, chatId, onBack }: ReadingViewProps) {
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    let isHere = true;
    open(entry).then((found) => isHere && setOpened(found));
    return () => {
      isHere = false;
    };
  }, [entry]);
  return opened ? (
    <OpenedReading entry={entry} chatId={chatId} onBack={onBack} {...opened} />
  ) : (
    <ReadingFrame source={entry.source} onBack={onBack} isLoading />
  );
}

async function open(entry: MeasuredSource): Promise<Opened> {
  const { source } = entry;
  const [cut, kept, lang, never] = await Promise.all([
    cutSlowly(source),
    readings.place(source.id),
    targetLanguage(),
    settings.neverTranslateLanguages.read(),
  ]);
  const place = kept ?? { passage: cut.passages[0]?.number ?? 1, lang, display: 'both', at: 0 };
  return { cut, place, deps: depsWith(never) };
}

function OpenedReading({ entry, chatId, onBack, cut, place, deps }: ReadingViewProps & Opened) {
  /** What was asked and answered with no: the text stands here as it is, until it is wanted. */
  const [isLeft, setLeft] = useState(false);
  const [reading, setReading] = useState<SourceReading>();
  /** The terms are shown in the place of the text, beginning with this one. */
  const [terms, setTerms] = useState<{ first?: string }>();
  const newest = useRef(place);
  const keep = (change: Partial<ReadingPlace>) => {
    newest.current = { ...newest.current, ...change, at: Date.now() };
    void readings.keepPlace(entry.source.id, newest.current);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one run for each time the text is opened
  useEffect(() => {
    if (isLeft) return;
    const { lang, display } = newest.current;
    const made = createSourceReading(
      cut,
      { entry, lang, display, ...(chatId ? { chatId } : {}), onOver: () => setLeft(true) },
      deps,
    );
    setReading(made);
    // The list of its terms asks it for its texts and gives it commands, as that of a page does.
    const served = serveRun(made.run.get(), { command: made.run.command, texts: made.run.texts });
    const stop = made.run.subscribe(() => served.publish(made.run.get()));
    void made.run.start();
    return () => {
      stop();
      served.close();
      made.run.end();
    };
  }, [cut, isLeft]);
  if (!reading) return <ReadingFrame source={entry.source} onBack={onBack} isLoading />;
  if (terms) {
    return <ReadingGlossary reading={reading} first={terms.first} onBack={() => setTerms(undefined)} />;
  }
  return (
    <ReadingBody
      reading={reading}
      start={newest.current.passage}
      onTerms={(first) => setTerms(first === undefined ? {} : { first })}
      isLeft={isLeft}
      onStart={() => setLeft(false)}
      onKeep={keep}
      onBack={onBack}
    />
  );
}
