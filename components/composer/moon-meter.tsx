import { type NextRequest, nearlyFull } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import { formatTokens } from '../format';
import { Moon } from '../ui/moon';

/** How much of the model's window the next question takes, in words. */
function meterSentence({ total, window, share, questionsLeft }: NextRequest): string {
  const sizes = { used: `≈${formatTokens(total)}`, window: formatTokens(window) };
  if (!Number.isFinite(window)) return t('composer.contextEndless', sizes);
  if (share > 1) return t('composer.contextOver', sizes);
  return nearlyFull(share)
    ? t('composer.left', { ...sizes, count: questionsLeft })
    : t('composer.context', sizes);
}

/** The moon in the composer. It opens the list of what the model will read. */
export function MoonMeter({ next, onOpen }: { next: NextRequest; onOpen: () => void }) {
  const sentence = meterSentence(next);
  const state = next.share > 1 ? ' is-over' : nearlyFull(next.share) ? ' is-nearly-full' : '';
  return (
    <button
      type="button"
      className={`context-meter${state}`}
      aria-haspopup="dialog"
      aria-label={t('composer.openTray', { meter: sentence })}
      title={sentence}
      onClick={onOpen}
    >
      <Moon share={next.share} />
      <span aria-hidden="true">{formatTokens(next.total)}</span>
    </button>
  );
}
