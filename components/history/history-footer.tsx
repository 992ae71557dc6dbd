import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { keptSize } from '@/utils/store/kept-size';
import { formatBytes } from '../format';
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
