import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for a throw-away profile. */
export function createProfile(): string {
  return mkdtempSync(join(tmpdir(), 'wholemoon-profile-'));
}

/** Removes a profile; the browser may still be writing its last files. */
export function removeProfile(folder: string) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** The id that Chromium gives to an unpacked extension without a key: it is made from the folder's path. */
export function unpackedId(folder: string): string {
  const path = realpathSync(folder);
  const bytes = Buffer.from(path, process.platform === 'win32' ? 'utf16le' : 'utf8');
  const digits = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return Array.from(digits, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

type Settings = Record<string, Record<string, unknown>>;

/**
 * Marks origins (`http://127.0.0.1/*`) and other permissions (`bookmarks`) as granted before, so that `permissions.request()` answers true at once and without the native
 * dialog, which nothing can click in a headless browser. The extension still starts without access to any host.
 */
export function seedGrants(profile: string, extensionId: string, grants: string[]) {
  const isOrigin = (grant: string) => /:\/\/|^</.test(grant);
  const file = join(profile, 'Default', 'Preferences');
  const preferences = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { extensions?: { settings?: Settings } })
    : {};
  preferences.extensions ??= {};
  preferences.extensions.settings ??= {};
  // Only this key: next to a partial `granted_permissions` Chromium would disable the extension, and when it
  // finds its own complete entry of an earlier start, it drops the grants from it.
  preferences.extensions.settings[extensionId] = {
    runtime_granted_permissions: {
      api: grants.filter((grant) => !isOrigin(grant)),
      explicit_host: grants.filter(isOrigin),
      manifest_permissions: [],
      scriptable_host: [],
    },
  };
  mkdirSync(join(profile, 'Default'), { recursive: true });
  writeFileSync(file, JSON.stringify(preferences));
}

/** A killed browser leaves its lock behind, and the next one would ask whether to unlock the profile. */
export function removeLocks(profile: string) {
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie'])
    rmSync(join(profile, name), { force: true });
}
