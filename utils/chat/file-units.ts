/** How much was read of a file, in its own units. */

import { type MessageKey, sayAlso, t } from '../i18n';
import type { FileUnit, Source } from '../source';
import { familyOf } from './file-family';

await sayAlso('files');

/** In the order in which they are said; of two that say nearly the same the first is said. */
const units = [
  ['files', 'files.units.files'],
  ['messages', 'files.units.messages'],
  ['sheets', 'files.units.sheets'],
  ['chapters', 'files.units.chapters'],
  ['slides', 'files.units.slides'],
  ['subtitles', 'files.units.subtitles'],
  ['notebookCells', 'files.units.notebookCells'],
  ['rows', 'files.units.rows'],
  ['cells', 'files.units.cells'],
  ['lines', 'files.units.lines'],
] as const satisfies (readonly [FileUnit, MessageKey])[];

/** Most units of one file that are said. */
const mostUnits = 2;

/** “4 sheets”, “1,908 rows”; “38 chapters”, “34,100 words”. `pages` says how much of its pages was read, where it has some. */
export function unitParts({ file, pages, words }: Source, pagesRead?: string): string[] {
  const said = pages === undefined ? [] : [pagesRead ?? t('pdf.pages', { count: pages })];
  for (const [unit, key] of units) {
    const count = file?.units[unit];
    // Who knows the rows of a table does not ask for its cells.
    if (unit === 'cells' && file?.units.rows !== undefined) continue;
    if (count !== undefined && said.length < mostUnits) said.push(t(key, { count }));
  }
  // Prose is measured in words; tables, programs and pages are not.
  const isProse = !/^(sheet|code|folder)$/.test(familyOf(file?.type ?? '') ?? '');
  if ((isProse && pages === undefined && said.length < mostUnits) || said.length === 0)
    said.push(t('page.words', { count: words }));
  return said;
}
