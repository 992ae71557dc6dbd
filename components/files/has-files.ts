import type { Source } from '@/utils/source';
import type { useAsk } from '../panel/use-ask';
import type { Collecting } from './use-handing-over';

/** Whether a source was handed over as a file and has a row. A pasted text is of this kind too, and has a chip. */
export const isFile = ({ kind, file }: Pick<Source, 'kind' | 'file'>): boolean =>
  kind === 'file' && file !== undefined;

/** Whether there is a list of files to show: of the next question, on their way, or looked for in a folder. */
export const hasFiles = (
  { gathered, sources, images }: Pick<ReturnType<typeof useAsk>, 'gathered' | 'sources' | 'images'>,
  { collecting }: { collecting: readonly Collecting[] },
  withPictures = false,
): boolean =>
  collecting.length > 0 ||
  (withPictures && images.length > 0) ||
  gathered.some(({ kind }) => kind === 'file') ||
  sources.attachedAll.some(({ source }) => isFile(source) && !sources.plan.omit.has(source.id));
