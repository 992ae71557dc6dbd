import { t } from '../../i18n';
import type { Place, Segment } from '../../source';

/** Where a passage begins, in the units of its file: `Costs!A2:F41`, `page 3`. */
export function placeLabel(segment: Pick<Segment, 'page' | 'place'> | undefined): string {
  const { page, place = {} } = segment ?? {};
  const { path, sheet, cells, chapter, slide, notebookCell, line, time }: Place = place;
  const said = [
    path,
    [sheet, cells].filter(Boolean).join('!'),
    chapter && t('saved.chapter', { number: chapter }),
    page && t('saved.page', { number: page }),
    slide && t('saved.slide', { number: slide }),
    notebookCell && t('saved.notebookCell', { number: notebookCell }),
    line && t('saved.line', { number: line }),
    time,
  ];
  return said.filter(Boolean).join(', ');
}
