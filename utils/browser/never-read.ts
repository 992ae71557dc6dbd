import { AppError } from '../errors';
import { entryCovering } from '../store/hosts';
import { settings } from '../store/settings';

/**
 * Ends the reading of an address that the user never wants read. Everything that reads a page or a file of the web
 * asks here first, and again once it knows where it has arrived.
 * @throws AppError never-read
 */
export async function refuseNeverRead(address: string | undefined): Promise<void> {
  const site = address && entryCovering(await settings.neverRead.read(), address);
  if (site) throw new AppError('never-read', { site });
}

/** The frames among these that may be read, by their ids; undefined when all of them may. */
export async function framesToRead(
  frames: { frameId: number; origin: string }[],
): Promise<number[] | undefined> {
  const list = await settings.neverRead.read();
  const allowed = frames.filter(({ origin }) => entryCovering(list, origin) === undefined);
  return allowed.length < frames.length ? allowed.map(({ frameId }) => frameId) : undefined;
}
