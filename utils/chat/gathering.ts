/** What requests from outside the panel bring to the next question: selected text, linked pages, pictures. */

import type { PdfProgress } from '../browser/pdf-tab';
import type { MeasuredSource } from '../context/compose';
import { measureLongText } from '../context/tokens';
import { type AppError, type Trouble, toAppError } from '../errors';
import type { Source } from '../source';
import { draftStore } from '../store/drafts';
import type { Conversation } from './conversation';
import { type PendingImage, readImage } from './images';
import { createState, type State } from './state';

/** Something on its way to the next question; what has arrived is attached to the draft and no longer here. */
export type Gathered = { id: string; kind: 'selection' | 'link' | 'picture'; url?: string } & (
  | { status: 'reading'; progress?: PdfProgress }
  | { status: 'ready'; entry: MeasuredSource }
  | { status: 'picture'; image: PendingImage }
  | { status: 'trouble'; trouble: Trouble }
);

export interface PicturePlace {
  tabId: number;
  frameId: number;
  url: string;
}

export interface Gathering extends State<Gathered[]> {
  addSource(id: string, entry: MeasuredSource): void;
  addImage(id: string, image: PendingImage): void;
  addTrouble(id: string, kind: Gathered['kind'], error: AppError): void;
  /** Reads what a link leads to. Resolves when that has ended, one way or the other. */
  readLink(id: string, url: string): Promise<void>;
  readPicture(id: string, place: PicturePlace, name: string): Promise<void>;
  /** Does the same again, as after a permission was given. */
  retry(id: string): void;
  remove(id: string): void;
  /** A chat has begun with the question that was sent: what is still on its way belongs to it. */
  began(): void;
}

export interface GatheringOptions {
  store?: Pick<typeof draftStore, 'readSources' | 'writeSources'>;
  link?: (
    url: string,
    options: { signal: AbortSignal; onProgress: (progress: PdfProgress) => void },
  ) => Promise<Source>;
  picture?: (place: PicturePlace, options: { signal: AbortSignal }) => Promise<File>;
}

/** Readers are no part of opening the panel: they come when something is to be read. */
const readLink: NonNullable<GatheringOptions['link']> = async (url, options) =>
  (await import('../browser/read-link')).readLink(url, options);
const readPicture: NonNullable<GatheringOptions['picture']> = async (place, options) =>
  (await import('../browser/read-picture')).readPicture(place, options);

/** One list for each chat, and one (`new`) for a chat that has not begun; the one of the chat on screen is shown. */
export function createGathering(
  conversation: Pick<Conversation, 'get' | 'subscribe'>,
  { store = draftStore, link = readLink, picture = readPicture }: GatheringOptions = {},
): Gathering {
  const state = createState<Gathered[]>([]);
  const lists = new Map<string, Gathered[]>();
  const works = new Map<string, { controller: AbortController; again: () => void }>();
  const here = () => conversation.get().chat?.id ?? 'new';
  let shown = here();

  const write = (key: string, list: Gathered[]) => {
    lists.set(key, list);
    if (key === here()) state.set(list);
  };
  /** The list in which something stands by now: it may have moved with its question. */
  const keyOf = (id: string) => [...lists].find(([, list]) => list.some((item) => item.id === id))?.[0];
  const put = (item: Gathered) => {
    const key = keyOf(item.id) ?? here();
    const list = lists.get(key) ?? [];
    const isKnown = list.some(({ id }) => id === item.id);
    write(key, isKnown ? list.map((other) => (other.id === item.id ? item : other)) : [...list, item]);
  };
  const take = (id: string) => {
    const key = keyOf(id);
    if (key)
      write(
        key,
        (lists.get(key) ?? []).filter((item) => item.id !== id),
      );
  };
  conversation.subscribe(() => {
    if (here() === shown) return;
    shown = here();
    state.set(lists.get(shown) ?? []);
  });

  const arrive = async (item: Gathered & { status: 'ready' }) => {
    const key = keyOf(item.id) ?? here();
    // The chat on screen takes it by itself; in another it waits with what is attached there.
    if (key === here()) return put(item);
    take(item.id);
    const choices = await store.readSources(key);
    const others = choices.attached.filter(({ source }) => source.id !== item.entry.source.id);
    await store.writeSources(key, { ...choices, attached: [...others, item.entry] });
  };

  /** Runs something that ends in an entry of the list; what goes wrong is shown there. */
  const work = async (
    base: Pick<Gathered, 'id' | 'kind' | 'url'>,
    run: (signal: AbortSignal) => Promise<void>,
  ) => {
    const controller = new AbortController();
    const again = () => void work(base, run);
    works.set(base.id, { controller, again });
    put({ ...base, status: 'reading' });
    try {
      await run(controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return;
      put({ ...base, status: 'trouble', trouble: toAppError(error).toTrouble() });
    }
  };

  return {
    ...state,
    addSource: (id, entry) =>
      put({
        id,
        kind: entry.source.kind === 'link' ? 'link' : 'selection',
        url: entry.source.url,
        status: 'ready',
        entry,
      }),
    addImage: (id, image) => put({ id, kind: 'picture', status: 'picture', image }),
    addTrouble: (id, kind, error) => put({ id, kind, status: 'trouble', trouble: error.toTrouble() }),
    readLink: (id, url) =>
      work({ id, kind: 'link', url }, async (signal) => {
        const onProgress = (progress: PdfProgress) =>
          signal.aborted || put({ id, kind: 'link', url, status: 'reading', progress });
        const source = await link(url, { signal, onProgress });
        const measure = await measureLongText(source.text);
        if (!signal.aborted)
          await arrive({ id, kind: 'link', url, status: 'ready', entry: { source, ...measure } });
      }),
    readPicture: (id, place, name) =>
      work({ id, kind: 'picture', url: place.url }, async (signal) => {
        const image = await readImage(await picture(place, { signal }), name);
        if (!signal.aborted) put({ id, kind: 'picture', url: place.url, status: 'picture', image });
      }),
    retry: (id) => works.get(id)?.again(),
    remove(id) {
      works.get(id)?.controller.abort(new DOMException('No longer wanted', 'AbortError'));
      works.delete(id);
      take(id);
    },
    began() {
      const waiting = lists.get('new') ?? [];
      if (here() === 'new' || waiting.length === 0) return;
      lists.set('new', []);
      write(here(), [...(lists.get(here()) ?? []), ...waiting]);
    },
  };
}
