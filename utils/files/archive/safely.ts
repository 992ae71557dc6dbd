import { AppError } from '../../errors';

/** What comes out of an entry, undefined when it is damaged. Bombs and locks are told. */
export function safely<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'file-broken') return undefined;
    throw error;
  }
}
