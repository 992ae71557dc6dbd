import { AppError } from '../errors';
import { isSearchKey } from './keys';
import { type Locked, lock, unlock } from './passphrase';
import type { KeyRecord } from './records';
import type { ProviderSetting } from './settings';
import { list, object, text } from './shape';

/**
 * A key and the address that it was given for. Both are locked: the address in the open part of a file can be changed
 * by whoever has the file.
 */
export interface AddressedKey extends KeyRecord {
  baseUrl: string;
}

const keysShape = list(object<AddressedKey>({ providerId: text, key: text, baseUrl: text }));

/**
 * Engines with a key have the address of their vendor, which is in the program and in no file and no setting: whoever
 * changes a file cannot lead their key elsewhere.
 */
const vendorAddress = '';

/**
 * Locks the keys of search engines, and of providers that are set up; a key without a provider has no address to come
 * back to.
 */
export function lockKeys(
  keys: KeyRecord[],
  providers: ProviderSetting[],
  passphrase: string,
): Promise<Locked> {
  const addressOf = addressesOf(providers);
  const addressed = keys.flatMap(({ providerId, key }) => {
    const baseUrl = addressOf(providerId);
    return baseUrl === undefined ? [] : [{ providerId, key, baseUrl }];
  });
  return lock(JSON.stringify(addressed), passphrase);
}

/**
 * The keys in a file.
 * @throws AppError `backup-passphrase`
 */
export async function unlockKeys(locked: Locked, passphrase: string): Promise<AddressedKey[]> {
  const plain = await unlock(locked, passphrase);
  try {
    return keysShape(JSON.parse(plain), 'keys');
  } catch {
    // The cause is left out: it may hold a part of what was locked.
    throw new AppError('backup-passphrase');
  }
}

/** The keys that may be added, given the providers as they will be here: a key never goes to another address. */
export function keysFor(keys: AddressedKey[], providers: ProviderSetting[]): KeyRecord[] {
  const addressOf = addressesOf(providers);
  return keys
    .filter(({ providerId, baseUrl }) => addressOf(providerId) === baseUrl)
    .map(({ providerId, key }) => ({ providerId, key }));
}

/** Where a provider is there twice, the first one counts. */
function addressesOf(providers: ProviderSetting[]): (id: string) => string | undefined {
  const addresses = new Map(providers.toReversed().map(({ providerId, baseUrl }) => [providerId, baseUrl]));
  return (id) => (isSearchKey(id) ? vendorAddress : addresses.get(id));
}
