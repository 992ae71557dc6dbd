import { BookOpenText, FileText } from 'lucide-react';
import { lazy, type Ref, Suspense, useEffect, useImperativeHandle, useState } from 'react';
import { placeWords, segmentOf } from '@/utils/chat/place-words';
import type { CheckedMark } from '@/utils/citations';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import { useReadingActions } from '../panel/actions';

await sayAlso('files');

const SourceViewer = lazy(() => import('../viewer/source-viewer'));

/** Where the cited passage stands in its file. */
export function PlaceLine({ entry: { source }, citation }: { entry: MeasuredSource; citation: CheckedMark }) {
  const words = placeWords(source, citation.paragraph, citation.last);
  return (
    words && (
      <p className="quote-note quote-place">
        <bdi lang={scriptLanguage(words)}>{words}</bdi>
      </p>
    )
  );
}

export interface PlaceHandle {
  /** Shows the passage among the rest of its text. */
  show: () => void;
}

/** The ways to the place: the text with the passage marked, and the page of a PDF whose bytes are kept. */
export function PlaceButtons({
  entry,
  citation,
  ref,
}: {
  entry: MeasuredSource;
  citation: CheckedMark;
  ref?: Ref<PlaceHandle>;
}) {
  const { openLink } = useReadingActions();
  const [isShown, setShown] = useState(false);
  const { source } = entry;
  const page = segmentOf(source, citation.paragraph)?.page;
  const file = useKeptPdf(source.file?.type === 'pdf' && page !== undefined ? source.file.hash : undefined);
  useImperativeHandle(ref, () => ({ show: () => setShown(true) }));
  return (
    <>
      <button type="button" className="button button-solid button-small" onClick={() => setShown(true)}>
        <BookOpenText className="icon icon-small" aria-hidden="true" />
        {t(source.kind === 'file' ? 'places.show' : 'places.showText')}
      </button>
      {file && page !== undefined && (
        <button
          type="button"
          className="button button-line button-small"
          onClick={() => openLink(`${URL.createObjectURL(file)}#page=${page}`)}
        >
          <FileText className="icon icon-small" aria-hidden="true" />
          {t('places.openPage', { page })}
        </button>
      )}
      {isShown && (
        <Suspense>
          <SourceViewer entry={entry} citation={citation} onClose={() => setShown(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The bytes of a PDF that are kept, as a file that the browser’s viewer opens; undefined where there are none. */
function useKeptPdf(hash: string | undefined): Blob | undefined {
  const [file, setFile] = useState<Blob>();
  useEffect(() => {
    let isCurrent = true;
    if (hash === undefined) return;
    void import('@/utils/store/files')
      .then(({ fileStore }) => fileStore.get(hash))
      .then((record) => isCurrent && record && setFile(record.bytes.slice(0, undefined, 'application/pdf')))
      .catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [hash]);
  return file;
}
