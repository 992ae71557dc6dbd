/**
 * Everything that is kept, as one JSON file, and back. Keys are in it only when asked for, locked with a passphrase.
 * Bringing a file in only ever adds: what is here stays as it is.
 */

import { AppError } from '../errors';
import { checkSize, version, writeBackup } from './backup-file';
import { type AddressedKey, keysFor, lockKeys } from './backup-keys';
import { type BackupRecords, readRecords, recordNames } from './backup-records';
import { type KeptSetting, kept, merged, newSettings, type Settings } from './backup-settings';
import { type Database, database } from './database';
import { createKeyStore } from './keys';
import { type Locked, lockedShape } from './passphrase';
import { spendingShape } from './record-shapes';
import type { KeyRecord, SpendingRecord } from './records';
import { settings } from './settings';
import { number, ShapeError } from './shape';

export interface Backup extends BackupRecords {
  madeAt: number;
  settings: Settings;
  keys?: Locked;
  /** Records of the file that are damaged: what can be read of them is here, the rest is left out. */
  damaged: number;
}

const tables = recordNames;

/**
 * All that is kept, one record to a line. Keys that are to be forgotten when the browser closes are never in it.
 * With a passphrase, the others are, locked. Damaged records are in it as they are; `onDamaged` is told how many, when
 * there are any.
 * @throws AppError `file-too-large` when it could not be read back
 */
export async function makeBackup({
  passphrase,
  onDamaged,
  db = database,
  now = Date.now,
}: {
  passphrase?: string;
  onDamaged?: (count: number) => void;
  db?: Database;
  now?: () => number;
} = {}): Promise<Blob> {
  const records = await db.transaction('r', [...tables.map((name) => db[name]), db.keys], async () => {
    const all: Record<string, unknown[]> = {};
    for (const name of tables) all[name] = await db[name].toArray();
    return { all, keys: passphrase ? await db.keys.toArray() : [] };
  });
  const values = Object.fromEntries(
    await Promise.all(kept.map(async (name) => [name, await settings[name].read()])),
  ) as Settings;
  const keys = passphrase ? await lockKeys(records.keys, values.providers, passphrase) : undefined;
  const file = writeBackup({ madeAt: now(), settings: values, ...records.all, ...(keys ? { keys } : {}) });
  checkSize(file);
  const { damaged } = await readRecords(records.all);
  if (damaged > 0) onDamaged?.(damaged);
  return file;
}

const settingsOf = (value: unknown): Settings => {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return Object.fromEntries(
    kept.map((name) => [
      name,
      settings[name].checked(Object.hasOwn(given, name) ? harmless(given[name]) : null),
    ]),
  ) as Settings;
};

/** A copy without the one name that could reach the prototype of an object. */
const harmless = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (name, entry) => (name === '__proto__' ? undefined : entry));

/** Keys that are not locked as they should be are no keys; the rest of the file is no worse for it. */
function lockedOf(value: unknown): { keys?: Locked; damaged: number } {
  if (value === undefined) return { damaged: 0 };
  try {
    return { keys: lockedShape(value, 'file.keys'), damaged: 0 };
  } catch {
    return { damaged: 1 };
  }
}

/**
 * Reads a file and checks all of it before anything is done with it. A damaged record costs itself and is counted.
 * @throws AppError `backup-unreadable` with the place, `backup-newer`, `file-too-large`
 */
export async function readBackup(file: Blob): Promise<Backup> {
  checkSize(file);
  try {
    const content: unknown = JSON.parse(await file.text());
    const made =
      typeof content === 'object' && content && 'wholemoon' in content ? content.wholemoon : undefined;
    if (!Number.isSafeInteger(made) || Number(made) < 1) throw new ShapeError('wholemoon');
    if (Number(made) > version) throw new AppError('backup-newer');
    const given = content as Record<string, unknown>;
    // Files of chats have no settings and files of older versions no prompts; what has no chats is something else.
    if (!Array.isArray(given.chats)) throw new ShapeError('file.chats');
    const madeAt = number(given.madeAt, 'file.madeAt');
    const { records, damaged } = await readRecords(given);
    const { keys, damaged: damagedKeys } = lockedOf(given.keys);
    const settings = withoutRisk(settingsOf(given.settings));
    return { madeAt, settings, ...records, ...(keys && { keys }), damaged: damaged + damagedKeys };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const place = error instanceof ShapeError ? error.place : 'JSON';
    throw new AppError('backup-unreadable', { place: place.slice(0, 120) }, error);
  }
}

/** Providers with addresses only, and without the consent to send text unencrypted. */
const withoutRisk = ({ providers, ...others }: Settings): Settings => ({
  ...others,
  providers: providers
    .filter(({ baseUrl }) => baseUrl === '' || /^https?:$/.test(URL.parse(baseUrl)?.protocol ?? ''))
    .map(({ allowInsecure: _, ...entry }) => entry),
});

/** What a file would add here, and how many of its things are here already and stay as they are. */
export interface Additions extends Omit<Required<Backup>, 'madeAt' | 'settings' | 'keys' | 'damaged'> {
  settings: Partial<Settings>;
  keys: KeyRecord[];
  stay: { chats: number; drafts: number; providers: number; settings: number; keys: number };
}

/** Compares a file with what is kept here. Nothing is changed. */
export async function compareBackup(
  backup: Backup,
  { keys = [], db = database }: { keys?: AddressedKey[]; db?: Database } = {},
): Promise<Additions> {
  const welcome = await keysWelcomeHere(keys, backup, db);
  const additions = await db.transaction('r', [...tables.map((name) => db[name]), db.keys], () =>
    additionsTo(db, backup, welcome),
  );
  return withSettings(additions, keys, await newSettings(backup.settings));
}

/** Adds what is not here, all of it or nothing. Resolves with what was added. */
export async function restoreBackup(
  backup: Backup,
  { keys = [], db = database }: { keys?: AddressedKey[]; db?: Database } = {},
): Promise<Additions> {
  const welcome = await keysWelcomeHere(keys, backup, db);
  const added = await db.transaction('rw', [...tables.map((name) => db[name]), db.keys], async () => {
    const additions = await additionsTo(db, backup, welcome);
    await db.chats.bulkAdd(additions.chats);
    await db.turns.bulkAdd(additions.turns);
    await db.answers.bulkAdd(additions.answers);
    // The database numbers what it is given; the file is left as it was.
    await db.journal.bulkAdd(additions.journal.map((piece) => ({ ...piece })));
    await db.sources.bulkAdd(additions.sources);
    await db.drafts.bulkAdd(additions.drafts);
    await db.spending.bulkAdd(additions.spending.map((record) => ({ ...record })));
    await db.prompts.bulkAdd(additions.prompts);
    await db.terms.bulkAdd(additions.terms);
    await db.keys.bulkAdd(additions.keys);
    return additions;
  });
  const settled = await newSettings(backup.settings);
  for (const [name, value] of Object.entries(settled.settings) as [KeptSetting, never][]) {
    // With nobody in between: another page may change the same setting.
    await settings[name].change(((before: never) => merged(name, before, value)) as never);
  }
  return withSettings(added, keys, settled);
}

const withSettings = (
  added: Awaited<ReturnType<typeof additionsTo>>,
  keys: AddressedKey[],
  { settings, stay }: Awaited<ReturnType<typeof newSettings>>,
): Additions => ({
  ...added,
  settings,
  stay: { ...added.stay, ...stay, keys: keys.length - added.keys.length },
});

/** Keys for the addresses that providers have or will have here, where none is kept until the browser closes. */
async function keysWelcomeHere(keys: AddressedKey[], backup: Backup, db: Database): Promise<KeyRecord[]> {
  const here = await settings.providers.read();
  const store = createKeyStore(db);
  const welcome: KeyRecord[] = [];
  for (const key of keysFor(keys, [...here, ...backup.settings.providers]))
    if (!(await store.isTemporary(key.providerId))) welcome.push(key);
  return welcome;
}

async function additionsTo(db: Database, backup: Backup, keys: KeyRecord[]) {
  const here = async (
    name: 'chats' | 'turns' | 'answers' | 'sources' | 'drafts' | 'prompts' | 'terms' | 'keys',
  ) => new Set<string>(await db[name].toCollection().primaryKeys());
  const [turnsHere, answersHere] = [await here('turns'), await here('answers')];
  // A chat comes whole or not at all: one of whose questions has a name that is taken here stays out.
  const taken = new Set(
    [
      ...backup.turns.filter(({ id }) => turnsHere.has(id)),
      ...backup.answers.filter(({ id }) => answersHere.has(id)),
    ].map(({ chatId }) => chatId),
  );
  const chats = unique(backup.chats, new Set([...(await here('chats')), ...taken]));
  const chatIds = new Set(chats.map(({ id }) => id));
  const turns = backup.turns.filter(({ chatId }) => chatIds.has(chatId));
  const answers = backup.answers.filter(({ chatId }) => chatIds.has(chatId));
  const answerIds = new Set(answers.map(({ id }) => id));
  const drafts = unique(backup.drafts, await here('drafts'));
  const used = new Set([
    ...[...turns, ...answers].flatMap(({ sourceIds = [] }) => sourceIds),
    ...drafts.flatMap(({ attached = [] }) => attached),
  ]);
  const keysHere = await here('keys');
  return {
    chats,
    turns,
    answers,
    journal: backup.journal.filter(({ answerId }) => answerIds.has(answerId)),
    sources: unique(backup.sources, await here('sources')).filter(({ id }) => used.has(id)),
    drafts,
    prompts: unique(backup.prompts, await here('prompts')),
    terms: unique(backup.terms, await here('terms')),
    spending: beyond(backup.spending, await db.spending.toArray()),
    keys: keys.filter(({ providerId }) => !keysHere.has(providerId) && keysHere.add(providerId)),
    stay: { chats: backup.chats.length - chats.length, drafts: backup.drafts.length - drafts.length },
  };
}

/** Each record once, and only those that are not here. */
function unique<T extends { id: string }>(records: T[], here: Set<string>): T[] {
  const seen = new Set(here);
  return records.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** Spending has no names: what the file has more of than there is here. */
function beyond(records: SpendingRecord[], here: SpendingRecord[]): SpendingRecord[] {
  const nameOf = (record: SpendingRecord) => JSON.stringify(spendingShape(record, 'spending'));
  const counts = new Map<string, number>();
  for (const record of here) counts.set(nameOf(record), (counts.get(nameOf(record)) ?? 0) + 1);
  return records.filter((record) => {
    const left = counts.get(nameOf(record)) ?? 0;
    counts.set(nameOf(record), left - 1);
    return left <= 0;
  });
}
