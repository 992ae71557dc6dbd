import { useEffect, useState } from 'react';
import { getLanguage, languages, t } from '@/utils/i18n';
import { keptSize } from '@/utils/store/kept-size';
import { useActions } from '../panel/actions';

/** Where the chats are, how many there are, and how much room they take. */
export function HistoryFooter({ count }: { count: number }) {
  const { isPrivate } = useActions();
  const [bytes, setBytes] = useState<number>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when chats come or go
  useEffect(() => {
    let isCurrent = true;
    keptSize().then((size) => isCurrent && setBytes(size));
    return () => {
      isCurrent = false;
    };
  }, [count]);
  if (isPrivate) return <p className="history-end meta">{t('history.private')}</p>;
  return (
    <p className="history-end meta">
      {count === 0 && t('panel.noHistory')}
      {count > 0 &&
        (bytes === undefined
          ? t('history.keptUnmeasured', { count })
          : t('history.kept', { count, size: formatBytes(bytes) }))}
    </p>
  );
}

/** In megabytes of a million bytes, as disks count; one decimal while they are few. */
function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e9, 'gigabyte'];
  return new Intl.NumberFormat(languages[getLanguage()].tag, {
    style: 'unit',
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(Math.max(value, 0.1));
}
