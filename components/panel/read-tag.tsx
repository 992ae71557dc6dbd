import { Check, CircleDashed } from 'lucide-react';
import { t } from '@/utils/i18n';
import type { Coverage, Gap, Source } from '@/utils/source';

/** Left-out characters up to this many (a share line, a date) do not take “Read in full” away; they are listed all the same. */
const negligible = 200;

/** “Read in full” is said only when nothing that belongs to the text is missing. */
export function ReadTag({ source }: { source: Source }) {
  const missing = missingFrom(source);
  if (!missing) {
    return (
      <span className="tag tag-pine">
        <Check className="icon icon-small" aria-hidden="true" />
        {t('page.read')}
      </span>
    );
  }
  return (
    <span className="tag tag-lamp">
      <CircleDashed className="icon icon-small" aria-hidden="true" />
      {partly(source, missing)}
    </span>
  );
}

/** What is missing of a text, if something that belongs to it is. */
export const missingFrom = ({ gaps }: Source): Gap | undefined =>
  gaps.find(
    ({ why, size }) =>
      isPages(why) ||
      isPart(why, size) ||
      why === 'still-loading' ||
      (why === 'outside-article' && size > negligible),
  );

const isPages = (why: Gap['why']) => why.endsWith('-pages');

/** What the page did not hand over. A list that only might go on is said in the details. */
const isPart = (why: Gap['why'], size: number) =>
  why === 'too-large' ||
  why === 'export' ||
  why === 'transcript' ||
  why === 'undrawn-lines' ||
  (why === 'not-loaded' && size > 0);

/** How much was read of a text of which something is missing. */
export function partly({ gaps, pages = 0, coverage }: Source, { why, size }: Gap): string {
  if (why === 'outside-article') return t('page.partly', { share: shareOf(coverage) });
  if (isPart(why, size)) return t('page.partMissing');
  if (!isPages(why)) return t(`page.gaps.${why}`, { count: size });
  const missing = gaps.reduce((sum, gap) => sum + (isPages(gap.why) ? gap.size : 0), 0);
  return t('pdf.partly', { read: pages - missing, pages });
}

/** Rounded down, so that something missing never reads as 100 %. */
export const shareOf = (coverage: Coverage | undefined) =>
  coverage && coverage.visible > 0 ? Math.floor((coverage.read / coverage.visible) * 100) / 100 : 1;
