/**
 * Everything that is kept, as one JSON file, and back. Keys are in it only when asked for, locked with a passphrase.
 * Bringing a file in only ever adds: what is here stays as it is.
 */

import { AppError } from '../errors';
import { sourceId } from '../source';
import { type Database, database, type SourceRecord } from './database';
import { type Locked, lock, lockedShape, unlock } from './passphrase';
import {
  answerShape,
  chatShape,
  draftShape,
  journalShape,
  sourceShape,
  spendingShape,
  turnShape,
} from './record-shapes';
import type {
  AnswerRecord,
  ChatRecord,
  DraftRecord,
  JournalRecord,
  KeyRecord,
  SpendingRecord,
  TurnRecord,
} from './records';
import { type ProviderSetting, settings } from './settings';
import { type Check, list, number, object, optional, ShapeError, text } from './shape';

/** Version of the file; raised when an older program could not read it. */
const version = 1;

/** Settings that go into a file. Consent to have passed a limit is not one: it is given here or not at all. */
const kept = [
  'providers',
  'activeProvider',
  'interfaceLanguage',
  'answerLanguage',
  'whenTooLong',
  'spendingCap',
  'currency',
  'calibration',
  'theme',
] as const;

export type KeptSetting = (typeof kept)[number];
type Settings = { [Name in KeptSetting]: Awaited<ReturnType<(typeof settings)[Name]['read']>> };

export interface Backup {
  madeAt: number;
  settings: Settings;
  chats: ChatRecord[];
  turns: TurnRecord[];
  answers: AnswerRecord[];
  journal: JournalRecord[];
  sources: SourceRecord[];
  drafts: DraftRecord[];
  spending: SpendingRecord[];
  keys?: Locked;
}

const tables = ['chats', 'turns', 'answers', 'journal', 'sources', 'drafts', 'spending'] as const;

/**
 * All that is kept, one record to a line. Keys that are to be forgotten when the browser closes are never in it.
 * With a passphrase, the others are, locked.
 */
export async function makeBackup({
  passphrase,
  db = database,
  now = Date.now,
}: {
  passphrase?: string;
  db?: Database;
  now?: () => number;
} = {}): Promise<Blob> {
  const records = await db.transaction('r', [...tables.map((name) => db[name]), db.keys], async () => {
    const all: Record<string, unknown[]> = {};
    for (const name of tables) all[name] = await db[name].toArray();
    return { all, keys: passphrase ? await db.keys.toArray() : [] };
  });
  const values = await Promise.all(kept.map(async (name) => [name, await settings[name].read()]));
  const pieces = [`{"wholemoon":${version},"madeAt":${now()}`];
  pieces.push(`,\n"settings":${JSON.stringify(Object.fromEntries(values))}`);
  for (const [name, entries] of Object.entries(records.all)) {
    pieces.push(`,\n"${name}":[`);
    entries.forEach((entry, index) => {
      pieces.push(`${index > 0 ? ',' : ''}\n${JSON.stringify(entry)}`);
    });
    pieces.push(']');
  }
  if (passphrase)
    pieces.push(`,\n"keys":${JSON.stringify(await lock(JSON.stringify(records.keys), passphrase))}`);
  return new Blob([...pieces, '}\n'], { type: 'application/json' });
}

const settingsShape: Check<Settings> = (value) => {
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

const shape = object<Backup>({
  madeAt: number,
  settings: settingsShape,
  chats: list(chatShape),
  turns: list(turnShape),
  answers: list(answerShape),
  journal: list(journalShape),
  sources: list(sourceShape),
  drafts: list(draftShape),
  spending: list(spendingShape),
  keys: optional(lockedShape),
});

/**
 * Reads a file and checks all of it before anything is done with it.
 * @throws AppError `backup-unreadable` with the place, `backup-newer`
 */
export async function readBackup(file: Blob): Promise<Backup> {
  try {
    const content: unknown = JSON.parse(await file.text());
    const made =
      typeof content === 'object' && content && 'wholemoon' in content ? content.wholemoon : undefined;
    if (!Number.isSafeInteger(made) || Number(made) < 1) throw new ShapeError('wholemoon');
    if (Number(made) > version) throw new AppError('backup-newer');
    const backup = shape(content, 'file');
    for (const { id, source } of backup.sources) {
      // A text is known by its hash: another text under this name would stand in for it.
      if (id !== source.id || id !== (await sourceId(source.text))) throw new ShapeError(`sources ${id}`);
    }
    return { ...backup, settings: withoutRisk(backup.settings) };
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
export interface Additions extends Omit<Backup, 'madeAt' | 'settings' | 'keys'> {
  settings: Partial<Settings>;
  keys: KeyRecord[];
  stay: { chats: number; providers: number; settings: number };
}

/** Compares a file with what is kept here. Nothing is changed. */
export async function compareBackup(
  backup: Backup,
  { keys = [], db = database }: { keys?: KeyRecord[]; db?: Database } = {},
): Promise<Additions> {
  const additions = await db.transaction('r', [...tables.map((name) => db[name]), db.keys], () =>
    additionsTo(db, backup, keys),
  );
  return { ...additions, ...(await newSettings(backup.settings, additions.stay.chats)) };
}

/** Adds what is not here, all of it or nothing. Resolves with what was added. */
export async function restoreBackup(
  backup: Backup,
  { keys = [], db = database }: { keys?: KeyRecord[]; db?: Database } = {},
): Promise<Additions> {
  const added = await db.transaction('rw', [...tables.map((name) => db[name]), db.keys], async () => {
    const additions = await additionsTo(db, backup, keys);
    await db.chats.bulkAdd(additions.chats);
    await db.turns.bulkAdd(additions.turns);
    await db.answers.bulkAdd(additions.answers);
    // The database numbers what it is given; the file is left as it was.
    await db.journal.bulkAdd(additions.journal.map((piece) => ({ ...piece })));
    await db.sources.bulkAdd(additions.sources);
    await db.drafts.bulkAdd(additions.drafts);
    await db.spending.bulkAdd(additions.spending.map((record) => ({ ...record })));
    await db.keys.bulkAdd(additions.keys);
    return additions;
  });
  const settled = await newSettings(backup.settings, added.stay.chats);
  for (const [name, value] of Object.entries(settled.settings) as [KeptSetting, never][]) {
    const before = await settings[name].read();
    await settings[name].write(merged(name, before, value));
  }
  return { ...added, ...settled };
}

const keysShape = list(object<KeyRecord>({ providerId: text, key: text }));

/**
 * The keys in a file.
 * @throws AppError `backup-passphrase`
 */
export async function unlockKeys(locked: Locked, passphrase: string): Promise<KeyRecord[]> {
  const plain = await unlock(locked, passphrase);
  return keysShape(JSON.parse(plain), 'keys');
}

async function additionsTo(db: Database, backup: Backup, keys: KeyRecord[]) {
  const here = async (name: 'chats' | 'turns' | 'answers' | 'sources' | 'drafts' | 'keys') =>
    new Set<string>(await db[name].toCollection().primaryKeys());
  const [chatsHere, turnsHere, answersHere] = [
    await here('chats'),
    await here('turns'),
    await here('answers'),
  ];
  const chats = unique(backup.chats, chatsHere);
  const chatIds = new Set(chats.map(({ id }) => id));
  const turns = unique(backup.turns, turnsHere).filter(({ chatId }) => chatIds.has(chatId));
  const chatOf = new Map(turns.map(({ id, chatId }) => [id, chatId]));
  const answers = unique(backup.answers, answersHere).filter(
    ({ turnId, chatId }) => chatOf.get(turnId) === chatId,
  );
  const answerIds = new Set(answers.map(({ id }) => id));
  const used = new Set(turns.flatMap((turn) => turn.sourceIds));
  const keysHere = await here('keys');
  return {
    chats,
    turns,
    answers,
    journal: backup.journal.filter(({ answerId }) => answerIds.has(answerId)),
    sources: unique(backup.sources, await here('sources')).filter(({ id }) => used.has(id)),
    drafts: unique(backup.drafts, await here('drafts')),
    spending: beyond(backup.spending, await db.spending.toArray()),
    keys: keys.filter(({ providerId }) => !keysHere.has(providerId) && keysHere.add(providerId)),
    stay: { chats: backup.chats.length - chats.length, providers: 0, settings: 0 },
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

/** Settings that were never changed here take the file's value; lists take the entries that they lack. */
async function newSettings(file: Settings, chats: number) {
  const changes: Partial<Record<KeptSetting, unknown>> = {};
  const stay = { chats, providers: 0, settings: 0 };
  for (const name of kept) {
    const [mine, theirs] = [await settings[name].read(), file[name]];
    if (name === 'providers') {
      const known = new Set((mine as Settings['providers']).map(({ providerId }) => providerId));
      const added = file.providers.filter(({ providerId }) => !known.has(providerId));
      stay.providers = file.providers.length - added.length;
      if (added.length > 0) changes.providers = added;
      continue;
    }
    if (name === 'calibration') {
      const added = Object.entries(file.calibration).filter(
        ([model]) => !Object.hasOwn(mine as object, model),
      );
      if (added.length > 0) changes.calibration = Object.fromEntries(added);
      continue;
    }
    const [asMine, asFallback] = [mine, settings[name].fallback].map((value) => JSON.stringify(value));
    if ([asMine, asFallback].includes(JSON.stringify(theirs))) continue;
    if (asMine === asFallback) changes[name] = theirs;
    else stay.settings++;
  }
  // A provider can answer only where it is set up.
  const providers = [
    ...(await settings.providers.read()),
    ...((changes.providers as ProviderSetting[]) ?? []),
  ];
  if (!providers.some(({ providerId }) => providerId === changes.activeProvider))
    delete changes.activeProvider;
  return { settings: changes as Partial<Settings>, stay };
}

function merged(name: KeptSetting, mine: unknown, added: unknown): never {
  if (name === 'providers') return [...(mine as unknown[]), ...(added as unknown[])] as never;
  if (name === 'calibration') return { ...(mine as object), ...(added as object) } as never;
  return added as never;
}
