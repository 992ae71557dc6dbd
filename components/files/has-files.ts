import type { useAsk } from '../panel/use-ask';
import type { Collecting } from './use-handing-over';

/** Whether there is a list of files to show: of the next question, on their way, or looked for in a folder. */
export const hasFiles = (
  { gathered, sources, images }: Pick<ReturnType<typeof useAsk>, 'gathered' | 'sources' | 'images'>,
  { collecting }: { collecting: readonly Collecting[] },
  withPictures = false,
): boolean =>
  collecting.length > 0 ||
  (withPictures && images.length > 0) ||
  gathered.some(({ kind }) => kind === 'file') ||
  sources.attachedAll.some(({ source }) => source.kind === 'file' && !sources.plan.omit.has(source.id));
