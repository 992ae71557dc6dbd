import { AppError } from '../errors';
import type { ReadFile } from './types';

export const readCode: ReadFile = async (_bytes, { name }) => {
  throw new AppError('file-kind', { name });
};
