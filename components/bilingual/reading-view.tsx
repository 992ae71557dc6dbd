import { useEffect, useRef, useState } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso } from '@/utils/i18n';
import { type ReadingPlace, readings } from '@/utils/store/readings';
import { settings } from '@/utils/store/settings';
import { targetLanguage } from '@/utils/translate/languages';
import { depsWith } from '@/utils/translate/page-run-in-tab';
import { createSourceReading, cutSlowly, type SourceReading } from '@/utils/translate/source-run';
import type { CutSource } from '@/utils/translate/source-units';
import { ReadingBody } from './reading-body';
import { ReadingFrame } from './reading-frame';

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
    void made.run.start();
    return () => made.run.end();
  }, [cut, isLeft]);
  if (!reading) return <ReadingFrame source={entry.source} onBack={onBack} isLoading />;
  return (
    <ReadingBody
      reading={reading}
      start={place.passage}
      isLeft={isLeft}
      onStart={() => setLeft(false)}
      onKeep={keep}
      onBack={onBack}
    />
  );
}
