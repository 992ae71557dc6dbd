import { type ConvertPicture, readImage } from './read-image';

/** Makes pictures of other kinds what models take; what does so is loaded when it is needed. */
export const convertPicture: ConvertPicture = async (file, name) =>
  (await import('../browser/picture')).redrawn(file, name);

/** A file as a picture, converted where models do not take its kind; see `readImage`. */
export const readPictureFile = (file: Blob & { name?: string }, name: string) =>
  readImage(file, name, convertPicture);
