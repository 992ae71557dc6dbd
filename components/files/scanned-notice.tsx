import { ScanText } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { picturesLeft } from '@/utils/chat/page-pictures';
import {
  forgetScan,
  type ScanRun,
  type ScanTarget,
  scanRuns,
  startDrawing,
  startOcr,
} from '@/utils/chat/scan-runs';
import { imageTokens } from '@/utils/context/tokens';
import { sayAlso, t } from '@/utils/i18n';
import { formatTokens } from '../format';
import { useActions } from '../panel/actions';
import { TroubleNotice } from '../panel/trouble-notice';
import { useLanguage } from '../use-preferences';
import { useWatched } from '../use-watched';
import { OcrLanguages } from './ocr-languages';
import { pagesInWords } from './page-words';
import { useScanPlace } from './scan-place';
import { ScanProgress } from './scan-progress';

await sayAlso('troubles');

/**
 * Pages of a PDF that are pictures without text, and the two ways to have them read: by a model that sees, or their
 * words recognised here.
 */
export function ScannedNotice({ target }: { target: ScanTarget }) {
  useLanguage();
  const { chooseModel } = useActions();
  const { connection, images, addImages } = useScanPlace();
  const run = useWatched(scanRuns).get(target.id);
  const [asksLanguages, setAsksLanguages] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && !asksLanguages) opener.current?.focus();
    wasAsking.current = asksLanguages;
  }, [asksLanguages]);

  if (run && (run.status === 'loading' || run.status === 'reading' || run.status === 'drawing'))
    return <ScanProgress run={run} />;
  if (run?.status === 'trouble')
    return (
      <TroubleNotice
        trouble={run.trouble}
        on={{
          retry: () => {
            forgetScan(run.id);
            setAsksLanguages(true);
          },
          dismiss: () => forgetScan(run.id),
        }}
      />
    );
  const { name, pages, count } = target;
  const list = pagesInWords(pages);
  const isBlind =
    connection !== undefined && (!connection.model.vision || connection.provider.wire === 'excerpts');
  const left = connection ? picturesLeft(connection, images.length) : 0;
  const mayDraw = connection !== undefined && !isBlind;
  const sent = run?.status === 'done' ? run.pictures : undefined;
  return (
    <section className="notice notice-lamp scanned" aria-label={t('scan.label')}>
      <ScanText className="icon" aria-hidden="true" />
      <div className="grow">
        {pages ? (
          <p>{t('scan.some', { count, list, name })}</p>
        ) : (
          <p role="alert">
            <b>{t('trouble.pdf-scanned.title', { name })}</b>{' '}
            {t('trouble.pdf-scanned.text', { pages: count })}
          </p>
        )}
        {run?.status === 'done' && <Outcome run={run} />}
        {asksLanguages ? (
          <OcrLanguages
            title={name}
            question={t('scan.which')}
            start={t('scan.start', { count })}
            onStart={(languages) => {
              setAsksLanguages(false);
              void startOcr(target, languages);
            }}
            onCancel={() => setAsksLanguages(false)}
          />
        ) : (
          <>
            {mayDraw && count > left && !sent && (
              <p>{t('scan.tooMany', { provider: connection.provider.name, limit: left })}</p>
            )}
            {isBlind && !sent && <p>{t('scan.noEyes', { model: connection.model.name })}</p>}
            <div className="notice-actions">
              <button
                ref={opener}
                type="button"
                className="button button-small button-solid"
                onClick={() => setAsksLanguages(true)}
              >
                {t('scan.ocr')}
              </button>
              {mayDraw && count <= left && !sent && (
                <button
                  type="button"
                  className="button button-small button-line"
                  onClick={() => void startDrawing(target, addImages)}
                >
                  {t('scan.asPictures', { count, tokens: formatTokens(count * imageTokens) })}
                </button>
              )}
              {isBlind && chooseModel && (
                <button type="button" className="button button-small button-quiet" onClick={chooseModel}>
                  {t('scan.otherModel')}
                </button>
              )}
            </div>
          </>
        )}
      </div>
    </section>
  );
}

/** What came of the pages that were tried. */
function Outcome({ run: { failed, empty, pictures } }: { run: ScanRun & { status: 'done' } }) {
  return (
    <div role="status">
      {pictures ? <p>{t('scan.added', { count: pictures })}</p> : null}
      {failed.length > 0 && <p>{t('scan.failed', { count: failed.length, list: pagesInWords(failed) })}</p>}
      {empty.length > 0 && <p>{t('scan.empty', { count: empty.length, list: pagesInWords(empty) })}</p>}
    </div>
  );
}
