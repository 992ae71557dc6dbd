import { fileKinds } from '../files/kinds';
import type { FileFamily, FileKind } from '../files/types';
import type { GatheredFile } from './gathered';

const families = new Map<string, FileFamily>(fileKinds.map(({ id, family }: FileKind) => [id, family]));

/** What a row shows for a type of file; undefined for one that nothing can read. */
export const familyOf = (type: GatheredFile['type'] | string): FileFamily | undefined =>
  type === 'picture' || type === 'folder' ? type : families.get(type ?? '');
