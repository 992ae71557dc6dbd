import { FilePlus2 } from 'lucide-react';
import { sayAlso, t } from '@/utils/i18n';

await sayAlso('files');

/** Lies over the panel while files are held over it. The pointer's way to the panel stays open. */
export default function DropOverlay() {
  return (
    <div className="drop-overlay" aria-hidden="true">
      <div className="drop-box">
        <FilePlus2 className="icon icon-large" />
        <b>{t('files.drop')}</b>
        <span className="meta">{t('files.dropKinds')}</span>
      </div>
    </div>
  );
}
