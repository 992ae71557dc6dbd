/** What requests from outside the panel and the picker bring to the next question: texts, linked pages, tabs, pictures. */

import type { ReadingProgress } from '../browser/pdf-tab';
import { requestPermission } from '../browser/permissions';
import { createSlots } from '../browser/slots';
import type { MeasuredSource } from '../context/compose';
import { measureLongText } from '../context/tokens';
import { type AppError, toAppError } from '../errors';
import { draftStore } from '../store/drafts';
import { nextPlace, withAttached } from './attaching';
import type { Conversation } from './conversation';
import type { FileIntake, IntakeDoors, LoadedIntake } from './file-intake';
import type { Candidate, Gathered } from './gathered';
import { type Base, baseOf, fieldsOf, originsOf } from './gathered-items';
import { createGatheredLists } from './gathered-lists';
import {
  candidatesOf,
  fileIntake,
  type GatheringOptions,
  type PicturePlace,
  type ReadPickedOptions,
  readLink,
  readPicked,
  readPicture,
} from './gathering-doors';
import type { PendingImage } from './images';
import { broughtOf, createPickKeeper } from './pick-keeper';
import type { State } from './state';
import { createUpdates } from './updates';

export type { Candidate, Gathered, GatheringOptions, PicturePlace, ReadPickedOptions };

export interface Gathering extends State<Gathered[]>, FileIntake {
  addSource(id: string, entry: MeasuredSource): void;
  addImage(id: string, image: PendingImage): void;
  addTrouble(id: string, kind: Gathered['kind'], error: AppError): void;
  /** Reads what a link leads to. Resolves when that has ended, one way or the other. */
  readLink(id: string, url: string): Promise<void>;
  readPicture(id: string, place: PicturePlace, name: string): Promise<void>;
  /** Resolves when closing the panel would lose nothing of what has been asked for so far. */
  kept(): Promise<void>;
  /**
   * Reads what was picked, a few at a time and in this order, which is the order of their numbers. What is on its way
   * already goes on; what was in trouble is tried again.
   */
  pick(candidates: readonly Candidate[]): void;
  /** What is on its way stops, and what is attached is detached. */
  unpick(keys: readonly string[]): void;
  /** Loads a tab that is asleep, in the background, and reads it. */
  wake(key: string): void;
  /**
   * Asks the browser once for all sites that it keeps from what was picked, and reads them when it is allowed. Must be
   * called first thing in a click handler. False when the user says no.
   */
  allowPicked(): Promise<boolean>;
  /** Does the same again, as after a permission was given; a tab that went elsewhere is read where it is now. */
  retry(id: string): void;
  remove(id: string): void;
  /** A chat has begun with the question that was sent: what is still on its way belongs to it. */
  began(): void;
}

/** How many are read at once: enough to be quick, few enough that the browser stays itself. */
const atOnce = 4;

/** What requests from outside the panel and the picker bring, for the chat on screen and those it came from. */
export function createGathering(
  conversation: Pick<Conversation, 'get' | 'subscribe'>,
  {
    store = draftStore,
    link = readLink,
    picture = readPicture,
    picked = readPicked,
    request = requestPermission,
    candidates = candidatesOf,
    files: loadIntake = fileIntake,
  }: GatheringOptions = {},
): Gathering {
  const lists = createGatheredLists(conversation, {
    onChange: (chat) => keeper.keep(chat),
    onShow: () => takeUp(),
  });
  const { state, here, chatOf, find, picked: pickedAs, put, take, began } = lists;
  const keeper = createPickKeeper(store, lists.listOf);
  const works = new Map<string, { controller: AbortController; again: (more?: Before) => void }>();
  const slots = createSlots(atOnce);
  const updates = createUpdates({ put, find });
  const stop = (id: string) => {
    updates.drop(id);
    works.get(id)?.controller.abort(new DOMException('No longer wanted', 'AbortError'));
    works.delete(id);
  };

  /** What arrives in chats that are not on screen is written there, one after the other. */
  let writing: Promise<unknown> = Promise.resolve();
  const arrive = async (item: Gathered & { status: 'ready' }) => {
    const chat = chatOf(item.id) ?? here();
    // The chat on screen takes it by itself; in another it waits with what is attached there.
    if (chat === here()) return item.kind === 'file' ? updates.update(item) : put(item);
    take(item.id);
    const written = writing.then(async () => {
      const choices = await store.readSources(chat);
      await store.writeSources(chat, withAttached(choices, item.entry, pickOf(item)));
    });
    writing = written.catch(() => {});
    await written;
    // The chat came on screen meanwhile, and may have been looked at before this was written.
    if (chat === here()) put(item);
  };

  /** Runs something that ends in an entry of the list; what goes wrong is shown there. */
  const work = async (
    base: Base,
    run: (signal: AbortSignal, before: Before) => Promise<void>,
    before: Before = {},
  ): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    const again = (more?: Before) => {
      const item = find(base.id);
      stop(base.id);
      const after = item?.status === 'trouble' ? item.trouble : undefined;
      if (item) void work(base, run, { after, ...more });
    };
    works.set(base.id, { controller, again });
    try {
      await run(signal, before);
    } catch (error) {
      if (signal.aborted) return;
      updates.drop(base.id);
      put({ ...base, status: 'trouble', trouble: toAppError(error).toTrouble() });
    }
  };

  const pickOne = (base: Base, candidate: Candidate) =>
    work(base, async (signal, before) => {
      if (find(base.id)?.status !== 'queued') put({ ...base, status: 'queued' });
      const yieldSlot = await slots.take(signal);
      try {
        // It may have been unpicked in the moment in which its turn came.
        signal.throwIfAborted();
        put({ ...base, status: 'reading' });
        const onProgress = (progress?: ReadingProgress) =>
          signal.aborted || put({ ...base, status: 'reading', progress });
        const entry = await picked(candidate, { ...before, signal, onProgress, yieldSlot });
        if (!signal.aborted) await arrive({ ...base, status: 'ready', entry });
      } finally {
        yieldSlot();
      }
    });

  const linkOne = (base: Base, url: string) =>
    work(base, async (signal) => {
      put({ ...base, status: 'reading' });
      const onProgress = (progress: ReadingProgress) =>
        signal.aborted || put({ ...base, status: 'reading', progress });
      const source = await link(url, { signal, onProgress });
      const measure = await measureLongText(source.text);
      if (!signal.aborted) await arrive({ ...base, status: 'ready', entry: { source, ...measure } });
    });

  const pictureOne = (base: Base, place: PicturePlace) =>
    work(base, async (signal) => {
      put({ ...base, status: 'reading' });
      const { readPictureFile } = await import('./convert-picture');
      const image = await readPictureFile(await picture(place, { signal }), base.title ?? '');
      if (!signal.aborted) put({ ...base, status: 'picture', image });
    });

  const doors: IntakeDoors = {
    put,
    find,
    arrive,
    work,
    update: updates.update,
    take,
    sources: (id) => ((chatOf(id) ?? here()) === here() ? conversation.get().sources : []),
    draftOf: (id) => chatOf(id) ?? here(),
    slots,
  };
  let loading: Promise<LoadedIntake> | undefined;
  const intake = () => {
    loading ??= loadIntake(doors);
    return loading;
  };

  const begin = (picks: readonly [Base, Candidate][]) => {
    // All of them at once: each of two hundred rows would otherwise be a drawing of its own.
    if (picks.length > 0) put(...picks.map(([base]) => ({ ...base, status: 'queued' as const })));
    for (const [base, candidate] of picks) void pickOne(base, candidate);
  };

  /** What was picked or asked for and not read when the panel was closed is read now; what cannot be says why. */
  const takeUp = () => {
    const chat = here();
    void keeper.takeUp(chat, async (waiting) => {
      const found = await candidates(waiting.filter((one) => !broughtOf(one)));
      const files = waiting.some((one) => broughtOf(one)?.kind === 'file') ? await intake() : undefined;
      if (here() !== chat) return false;
      const kept: Base[] = [];
      for (const one of waiting) {
        const brought = broughtOf(one);
        if (!brought) continue;
        const { key, title, place } = one;
        const base: Base = { id: `${key} ${place}`, title, place, ...brought };
        if (brought.kind === 'file') kept.push({ ...base, key });
        else if (brought.kind === 'link') void linkOne(base, brought.url);
        else void pictureOne(base, { ...brought.frame, url: brought.url });
      }
      files?.takeUp(kept.filter(({ key = '' }) => !pickedAs(key)));
      const picks = new Map<string, [Base, Candidate]>();
      for (const [candidate, place] of found)
        if (!pickedAs(candidate.key) && !picks.has(candidate.key))
          picks.set(candidate.key, [baseOf(candidate, place), candidate]);
      begin([...picks.values()]);
      return true;
    });
  };
  takeUp();

  return {
    ...state,
    addFiles: (list) => void intake().then(({ addFiles }) => addFiles(list)),
    addFolder: (name, list) => void intake().then(({ addFolder }) => addFolder(name, list)),
    readWithPassword: (id, password) => works.get(id)?.again({ password }),
    readAgain: async (...all) => (await intake()).readAgain(...all),
    addSource: (id, entry) => {
      const kind = entry.source.kind === 'link' ? 'link' : 'selection';
      put({ id, kind, url: entry.source.url, place: nextPlace(), status: 'ready', entry });
    },
    addImage: (id, image) => put({ id, kind: 'picture', place: nextPlace(), status: 'picture', image }),
    addTrouble: (id, kind, error) =>
      put({ id, kind, place: nextPlace(), status: 'trouble', trouble: error.toTrouble() }),
    readLink: (id, url) => linkOne({ id, kind: 'link', url, place: nextPlace() }, url),
    readPicture: (id, place, name) => {
      const { tabId, frameId, url } = place;
      const frame = { tabId, frameId };
      return pictureOne({ id, kind: 'picture', title: name, url, frame, place: nextPlace() }, place);
    },
    kept: () => keeper.kept(),
    pick(candidates) {
      const fresh = new Map<string, [Base, Candidate]>();
      for (const candidate of candidates) {
        const known = pickedAs(candidate.key);
        if (known?.status === 'trouble') works.get(known.id)?.again();
        else if (!known || known.status === 'unpicked')
          fresh.set(candidate.key, [baseOf(candidate), candidate]);
      }
      begin([...fresh.values()]);
    },
    unpick(keys) {
      const items = keys.map((key): Gathered => {
        const known = pickedAs(key);
        if (known) stop(known.id);
        const base = known ?? { id: `unpicked ${key}`, key, kind: 'source', place: nextPlace() };
        return { ...fieldsOf(base), status: 'unpicked' };
      });
      if (items.length > 0) put(...items);
    },
    wake: (key) => works.get(pickedAs(key)?.id ?? '')?.again({ wake: true }),
    async allowPicked() {
      const barred = state.get().filter((item) => originsOf(item).length > 0);
      const isAllowed = await request([...new Set(barred.flatMap(originsOf))]);
      if (isAllowed) for (const { id } of barred) works.get(id)?.again();
      return isAllowed;
    },
    retry: (id) => works.get(id)?.again(),
    remove(id) {
      stop(id);
      take(id);
    },
    began,
  };
}

/** What a second attempt knows of the first. */
type Before = Pick<ReadPickedOptions, 'after' | 'wake'> & { password?: string };

/** How something that has arrived came to be attached. */
export const pickOf = ({ id, kind, key, title, place, entry, url }: Gathered & { status: 'ready' }) => ({
  key: key ?? id,
  place,
  url: entry.source.url ?? url,
  // Of two files with the same text each has its name.
  title: (kind === 'file' && title) || entry.source.title,
});
