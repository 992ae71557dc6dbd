/** Where scanned pages are met: in the tab in front, in a file that was read in part, in one without any text. */

import { bytesOfPdfTab, nameOf } from '../browser/pdf-tab';
import { AppError } from '../errors';
import { pagesIn } from '../files/pdf/page-list';
import type { Gap, Source } from '../source';
import { fileStore } from '../store/files';
import type { ActivePageState } from './active-page';
import type { ScanTarget } from './scan-runs';

/** Pages without text of a reading. */
export function scannedPages(gaps: readonly Gap[]): number[] {
  return gaps.flatMap(({ why, sample }) => (why === 'scanned-pages' && sample ? pagesIn(sample) : []));
}

/** The PDF in the tab in front, when it has scanned pages. */
export function targetOfPage(state: ActivePageState, readAgain: () => void): ScanTarget | undefined {
  if (state.status !== 'ready' && state.status !== 'trouble') return undefined;
  const { tab } = state;
  if (!tab?.url) return undefined;
  const [url = ''] = tab.url.split('#', 1);
  const at = { id: tab.id, url };
  const common = {
    id: `tab ${tab.id} ${url}`,
    name: nameOf(url),
    open: () => bytesOfPdfTab(at),
    onRead: readAgain,
  };
  if (state.status === 'trouble') {
    const { code, facts } = state.trouble;
    return code === 'pdf-scanned' ? { ...common, count: Number(facts.pages) } : undefined;
  }
  const pages = scannedPages(state.page.source.gaps);
  return pages.length > 0 ? { ...common, pages, count: pages.length } : undefined;
}

/** A file that was read and has scanned pages. */
export function targetOfSource(
  { file, gaps }: Pick<Source, 'file' | 'gaps'>,
  readAgain: () => unknown,
): ScanTarget | undefined {
  const pages = scannedPages(gaps);
  if (!file || pages.length === 0) return undefined;
  const { hash, name } = file;
  return { id: hash, name, pages, count: pages.length, open: () => keptBytes(hash, name), onRead: readAgain };
}

/** A file without any text that can be read. */
export function targetOfFile(
  { hash, name, pages }: { hash: string; name: string; pages: number },
  readAgain: () => unknown,
): ScanTarget {
  return { id: hash, name, count: pages, open: () => keptBytes(hash, name), onRead: readAgain };
}

async function keptBytes(hash: string, name: string) {
  const record = await fileStore.get(hash);
  if (!record) throw new AppError('file-gone', { name });
  return { bytes: record.bytes, hash };
}
