import { AppError } from '../errors';
import { type Check, count, object, oneOf, text } from './shape';

/** A text locked with a passphrase: AES-256-GCM under a key made by PBKDF2 with SHA-256. Bytes are in base64. */
export interface Locked {
  version: 1;
  iterations: number;
  salt: string;
  iv: string;
  data: string;
}

/** Rounds of PBKDF2-HMAC-SHA-256: what OWASP's Password Storage Cheat Sheet asks for at least. */
export const iterations = 600_000;

/** More than this takes minutes: a file must not be able to hold the page up. */
const mostIterations = 10_000_000;

/** Characters that a passphrase has at least. */
export const shortestPassphrase = 12;

const one: Check<1> = (value, place) => Number(oneOf({ 1: true })(String(value), place)) as 1;

export const lockedShape = object<Locked>({
  version: one,
  iterations: count,
  salt: text,
  iv: text,
  data: text,
});

/** Says what is locked, so that a text cannot be put in the place of another. */
const purpose = new TextEncoder().encode('wholemoon keys 1');

export async function lock(plain: string, passphrase: string): Promise<Locked> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyFrom(passphrase, salt, iterations);
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: purpose },
    key,
    new TextEncoder().encode(plain),
  );
  return {
    version: 1,
    iterations,
    salt: toBase64(salt),
    iv: toBase64(iv),
    data: toBase64(new Uint8Array(data)),
  };
}

/** @throws AppError `backup-passphrase` when it does not open, for whatever reason */
export async function unlock(locked: Locked, passphrase: string): Promise<string> {
  try {
    if (locked.iterations < iterations || locked.iterations > mostIterations) throw new Error('iterations');
    const key = await keyFrom(passphrase, fromBase64(locked.salt), locked.iterations);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(locked.iv), additionalData: purpose },
      key,
      fromBase64(locked.data),
    );
    return new TextDecoder().decode(plain);
  } catch (error) {
    throw new AppError('backup-passphrase', {}, error);
  }
}

async function keyFrom(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<CryptoKey> {
  // The same letters can be typed as different characters on different keyboards.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const fromBase64 = (letters: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
