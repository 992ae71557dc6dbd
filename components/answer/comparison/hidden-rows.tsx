import { t } from '@/utils/i18n';

/** How many rows the reader has hidden, and the way back. Said to those who do not see the table as well. */
export function HiddenRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div role="status" className={count > 0 ? 'comparison-hidden' : undefined}>
      {count > 0 && (
        <>
          <span>{t('comparison.hidden', { count })}</span>
          <button type="button" className="button button-quiet button-small" onClick={onShow}>
            {t('comparison.showHidden', { count })}
          </button>
        </>
      )}
    </div>
  );
}
