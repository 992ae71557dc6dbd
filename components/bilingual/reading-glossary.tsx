import type { SourceReading } from '@/utils/translate/source-run';
import GlossaryView from '../glossary/glossary-view';
import { useWatched } from '../use-watched';

/** The terms of a source that is read in two languages, in the place of its text. */
export function ReadingGlossary({
  reading,
  first,
  onBack,
}: {
  reading: SourceReading;
  /** Id of the term to begin with. */
  first?: string;
  onBack: () => void;
}) {
  const run = useWatched(reading.run);
  return <GlossaryView url={run.url} lang={run.lang} run={run} shown={first} onBack={onBack} />;
}
