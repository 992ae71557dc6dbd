import { ScanText } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { nextPlace } from '@/utils/chat/attaching';
import type { Gathering } from '@/utils/chat/gathering';
import { imageBlob, type PendingImage } from '@/utils/chat/images';
import { forgetScan, type ScanTarget, scanRuns, startPictureOcr } from '@/utils/chat/scan-runs';
import { targetOfFile, targetOfSource } from '@/utils/chat/scan-targets';
import { sayAlso, t } from '@/utils/i18n';
import { useActions } from '../panel/actions';
import { TroubleNotice } from '../panel/trouble-notice';
import type { useNextSources } from '../panel/use-next-sources';
import { useWatched } from '../use-watched';
import type { FileRow } from './file-rows';
import { OcrLanguages } from './ocr-languages';
import { useScanPlace } from './scan-place';
import { ScanProgress } from './scan-progress';
import { ScannedNotice } from './scanned-notice';
import type { ReadingAgain } from './use-reading-again';

await sayAlso('troubles');

/** Scanned pages of the files and pictures that the model cannot see: the ways to have them read. */
export default function FileScans({
  rows,
  again,
  gathering,
  attachEntry,
  removeImage,
}: {
  rows: readonly FileRow[];
  again: ReadingAgain;
  gathering: Gathering;
  attachEntry: ReturnType<typeof useNextSources>['attachEntry'];
  removeImage: (image: PendingImage) => void;
}) {
  const { connection } = useScanPlace();
  const targets = useMemo(
    () =>
      rows.flatMap((row): ScanTarget[] => {
        if (row.is === 'read') {
          const { entry } = row;
          const target = targetOfSource(entry.source, () => again.read(entry, {}));
          return target ? [target] : [];
        }
        if (row.is !== 'trouble' || row.item.status !== 'trouble') return [];
        const { id, trouble, file } = row.item;
        if (trouble.code !== 'pdf-scanned' || !file?.hash) return [];
        const scanned = { hash: file.hash, name: row.name, pages: Number(trouble.facts.pages) };
        const target = targetOfFile(scanned, () => gathering.retry(id));
        return [{ ...target, onDrawn: () => gathering.remove(id) }];
      }),
    [rows, again, gathering],
  );
  const isBlind = connection !== undefined && !connection.model.vision;
  const unseen = isBlind ? rows.filter((row) => row.is === 'picture') : [];
  return (
    <>
      {targets.map((target) => (
        <ScannedNotice key={target.id} target={target} />
      ))}
      {unseen.map((row) => (
        <PictureWords
          key={row.id}
          image={row.image}
          onRead={async (entry) => {
            await attachEntry(entry, { key: entry.source.id, place: nextPlace(), title: entry.source.title });
            removeImage(row.image);
          }}
        />
      ))}
    </>
  );
}

/** A picture for a model that does not see: its words can go instead. */
function PictureWords({
  image,
  onRead,
}: {
  image: PendingImage;
  onRead: Parameters<typeof startPictureOcr>[3];
}) {
  const { chooseModel } = useActions();
  const { connection } = useScanPlace();
  const [asksLanguages, setAsksLanguages] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { name, data } = image;
  const id = `picture ${name} ${data.length}`;
  const run = useWatched(scanRuns).get(id);
  if (run && (run.status === 'loading' || run.status === 'reading' || run.status === 'drawing'))
    return <ScanProgress run={run} />;
  if (run?.status === 'trouble')
    return (
      <TroubleNotice
        trouble={run.trouble}
        on={{
          retry: () => {
            forgetScan(id);
            setAsksLanguages(true);
          },
          dismiss: () => forgetScan(id),
        }}
      />
    );
  return (
    <section className="notice notice-lamp scanned" aria-label={name}>
      <ScanText className="icon" aria-hidden="true" />
      <div className="grow">
        <p>
          <bdi>{name}</bdi>: {t('scan.noEyes', { model: connection?.model.name ?? '' })}
        </p>
        {asksLanguages ? (
          <OcrLanguages
            title={name}
            question={t('scan.whichPicture')}
            start={t('scan.startPicture')}
            onStart={(languages) => {
              setAsksLanguages(false);
              void startPictureOcr(id, { picture: imageBlob(image), name }, languages, onRead);
            }}
            onCancel={() => {
              setAsksLanguages(false);
              requestAnimationFrame(() => opener.current?.focus());
            }}
          />
        ) : (
          <div className="notice-actions">
            <button
              ref={opener}
              type="button"
              className="button button-small button-solid"
              onClick={() => setAsksLanguages(true)}
            >
              {t('scan.ocrPicture')}
            </button>
            {chooseModel && (
              <button type="button" className="button button-small button-quiet" onClick={chooseModel}>
                {t('scan.otherModel')}
              </button>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
