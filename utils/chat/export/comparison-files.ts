/** A comparison to take along. Each waits until long sources are looked through, so that nothing goes out unchecked. */

import type { Comparison } from '../../compare';
import type { Source } from '../../source';
import { comparisonCsv, comparisonMarkdown, quotesCsv, writtenComparison } from './comparison-text';
import { comparisonWorkbook } from './comparison-workbook';
import { whenChecked } from './when-checked';

const checked = (comparison: Comparison, sources: readonly Source[]) =>
  whenChecked(() => writtenComparison(comparison, sources));

/** A table in GitHub's Markdown with citations; with `links` they lead to the words on the pages. */
export const comparisonAsMarkdown = async (
  comparison: Comparison,
  sources: readonly Source[],
  links = false,
): Promise<string> => comparisonMarkdown(await checked(comparison, sources), sources.length, links);

/** `values`: the table. `quotes`: one line for each cell with the words of its document, paragraph and address. */
export async function comparisonAsCsv(
  comparison: Comparison,
  sources: readonly Source[],
  form: 'values' | 'quotes' = 'values',
): Promise<string> {
  const written = await checked(comparison, sources);
  return form === 'quotes' ? quotesCsv(written) : comparisonCsv(written, sources.length);
}

/** A spreadsheet (.xlsx) with the table on one sheet and every quote on another. */
export const comparisonAsWorkbook = async (
  comparison: Comparison,
  sources: readonly Source[],
): Promise<Blob> => comparisonWorkbook(await checked(comparison, sources), sources.length);
