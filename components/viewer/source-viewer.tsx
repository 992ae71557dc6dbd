import type { CheckedMark } from '@/utils/citations';
import type { MeasuredSource } from '@/utils/context/compose';
import { SourceText } from '../search/source-text';

/** The whole text of a source. */
export default function SourceViewer({
  entry,
  onClose,
}: {
  entry: MeasuredSource;
  citation?: CheckedMark;
  onClose: () => void;
}) {
  return <SourceText entry={entry} onClose={onClose} />;
}
