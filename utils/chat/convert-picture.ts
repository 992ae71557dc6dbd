import type { ConvertPicture } from './read-image';

/** Makes pictures of other kinds what models take; what does so is loaded when it is needed. */
export const convertPicture: ConvertPicture = async (file, name) =>
  (await import('../browser/picture')).redrawn(file, name);
