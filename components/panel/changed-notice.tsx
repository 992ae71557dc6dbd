import { FileDiff } from 'lucide-react';
import { useMemo, useState } from 'react';
import { changeSince } from '@/utils/chat/changed-since';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import { Notice } from '../ui/notice';

await sayAlso('sheets');

/** Readings of a page beside which the user goes on with the earlier one, by chat, as long as the panel is open. */
const settled = new Set<string>();

/**
 * Says that the page in front is not any more what the chat has read of it, and lets the user choose. Nothing is read
 * anew for the chat, or sent, before that.
 */
export default function ChangedNotice({
  chatId,
  sources,
  entry,
  onAgain,
}: {
  chatId: string;
  /** What the chat has read. */
  sources: MeasuredSource[];
  /** The page as it is now. */
  entry: MeasuredSource;
  onAgain: () => void;
}) {
  const [, setStays] = useState(0);
  const { source } = entry;
  const change = useMemo(() => changeSince(sources, source), [sources, source]);
  const key = `${chatId} ${source.id}`;
  if (!change || settled.has(key)) return null;
  const { fresh, gone } = change;
  const again = { label: t('changed.again'), run: onAgain };
  const stay = {
    label: t('changed.stay'),
    run: () => {
      settled.add(key);
      setStays((count) => count + 1);
      // The button goes away with the notice.
      document.querySelector<HTMLElement>('.composer textarea')?.focus();
    },
  };
  return (
    <Notice icon={FileDiff} tone="lamp" title={t('changed.title')} actions={[again, stay]} alert>
      {fresh > 0 && t('changed.fresh', { fresh })} {gone > 0 && t('changed.gone', { gone })}
    </Notice>
  );
}
