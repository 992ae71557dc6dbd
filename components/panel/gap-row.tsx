import { t } from '@/utils/i18n';
import type { Gap } from '@/utils/source';

/** One thing that was not read, with its first words. */
export function GapRow({ gap }: { gap: Gap }) {
  return (
    <li>
      {t(`page.gaps.${gap.why}`, { count: gap.size })}
      {gap.sample && <> {sampleOf(gap.why, gap.sample)}</>}
    </li>
  );
}

/** Numbers of pages and lines and names of hosts are ours to say; anything else is quoted from the page. */
function sampleOf(why: Gap['why'], sample: string) {
  if (why.endsWith('-pages') || why === 'frame') return t('pdf.which', { list: sample });
  return why === 'undrawn-lines' ? t('page.onlyLines', { list: sample }) : <q>{sample}</q>;
}
