import { ScanText } from 'lucide-react';
import { useMemo } from 'react';
import type { ActivePageState } from '@/utils/chat/active-page';
import { targetOfPage } from '@/utils/chat/scan-targets';
import { sayAlso, t } from '@/utils/i18n';
import { useActions } from '../panel/actions';
import { ScannedNotice } from './scanned-notice';

await sayAlso('troubles');

/** Scanned pages of the PDF in front: what was read of them on this computer, and the ways to have the others read. */
export function PageScan({ state }: { state: ActivePageState }) {
  const { readPage } = useActions();
  const target = useMemo(() => targetOfPage(state, readPage), [state, readPage]);
  const notes = state.status === 'ready' ? (state.page.source.file?.notes ?? []) : [];
  const read = notes.find(({ what }) => what === 'read-by-ocr');
  const unsure = notes.find(({ what }) => what === 'unsure-ocr');
  return (
    <>
      {read && (
        <div className="notice" role="note">
          <ScanText className="icon" aria-hidden="true" />
          <div className="grow">
            <p>{t('scan.byOcr', { count: read.size ?? 0, list: read.sample ?? '' })}</p>
            {unsure && <p>{t('scan.unsure', { list: unsure.sample ?? '' })}</p>}
          </div>
        </div>
      )}
      {target && <ScannedNotice target={target} />}
    </>
  );
}
