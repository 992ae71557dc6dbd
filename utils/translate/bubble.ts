/** One selection and its translation, as the bubble shows them: what is being done, what came, what may be done next. */

import { createState, type State } from '../chat/state';
import type { MeasuredSource } from '../context/compose';
import { AppError, type Trouble, toAppError } from '../errors';
import type { Connection } from '../models/types';
import type { SelectedText } from '../page/overlay/types';
import { type Source, sourceId } from '../source';
import { locate } from './locate';
import { type PageDocument, sectionAround } from './page-source';
import type { SelectionTerm, SelectionUpdate, SelectionWish } from './selection';

export type BubbleStatus =
  /** The page is being read: locally, at no cost. */
  | 'reading'
  /** The document is with the model, and nothing has come yet. */
  | 'waiting'
  | 'streaming'
  | 'done'
  | 'stopped'
  | 'failed'
  /** The words are in the language of the translation already. */
  | 'same'
  | 'no-model'
  | 'too-long';

export interface BubbleState {
  status: BubbleStatus;
  selected: SelectedText;
  /** BCP 47 tags. */
  from?: string;
  to: string;
  /** Of the document, once it was read. */
  words?: number;
  /** Only the section around the selection was sent: the user chose so. */
  isSection?: boolean;
  text: string;
  terms: SelectionTerm[];
  alternatives: string[];
  trouble?: Trouble;
  /** What does not fit where, in tokens, and what would. */
  tooLong?: { needed: number; limit: number; model: string; longer: Connection[]; sectionWords?: number };
  /** Share of the input that the vendor had read already, 0 to 1. */
  cachedShare?: number;
  /** The first time that this page was read from a cache: worth saying, once. */
  saysCached?: boolean;
  /** The server asked for a pause until then (milliseconds since the epoch); it goes on by itself. */
  until?: number;
  model?: string;
}

export interface BubbleDeps {
  readDocument: (signal: AbortSignal) => Promise<PageDocument>;
  connect: () => Promise<Connection>;
  check: (connection: Connection) => Promise<void>;
  /** Models that are connected as well. */
  connected: () => Promise<Connection[]>;
  /** What the language of the words is, as far as that can be told. */
  languageOf: (selected: SelectedText) => Promise<string | undefined>;
  /** Whether words of this language need no translation into `lang`. */
  isAlready: (selected: SelectedText, from: string | undefined, lang: string) => Promise<boolean>;
  /** True once for each page. */
  firstCached: () => Promise<boolean>;
  translate: (options: TranslateOptions) => AsyncIterable<SelectionUpdate>;
}

export interface TranslateOptions {
  document: MeasuredSource;
  chatId?: string;
  selected: SelectedText;
  paragraphs: number[];
  lang: string;
  connection: Connection;
  signal: AbortSignal;
  wish?: SelectionWish;
  /** The translation that the wish is about. */
  earlier?: string;
}

export interface Bubble extends State<BubbleState> {
  /** Begins, or begins again after trouble. What was read is not read again. */
  start(): Promise<void>;
  stop(): void;
  /** Once more, in another way. Stopped, the translation that was there is there again. */
  again(wish: SelectionWish): Promise<void>;
  /** Takes one of the other wordings; the one that stood there is among them instead. */
  choose(wording: string): void;
  setLanguage(lang: string): Promise<void>;
  /** Goes on although the words are in the language of the translation. */
  anyway(): Promise<void>;
  withModel(connection: Connection): Promise<void>;
  onlySection(): Promise<void>;
  /** The document that was read, once it was. */
  document(): Source | undefined;
  /** What was sent and what came, for a chat; undefined until there is a whole translation. */
  result(): BubbleResult | undefined;
}

export interface BubbleResult {
  document: MeasuredSource;
  /** The chat about the page that begins with the same document. */
  chatId?: string;
  connection: Connection;
  paragraphs: number[];
  update: SelectionUpdate;
}

export function createBubble(selected: SelectedText, to: string, deps: BubbleDeps): Bubble {
  const state = createState<BubbleState>({
    status: 'reading',
    selected,
    to,
    text: '',
    terms: [],
    alternatives: [],
  });
  const update = (change: Partial<BubbleState>) => state.set({ ...state.get(), ...change });
  let controller = new AbortController();
  let page: PageDocument | undefined;
  let section: MeasuredSource | undefined;
  let chosen: Connection | undefined;
  let isAnyway = false;
  let result: BubbleResult | undefined;
  /** What there was before a wish that is on its way. */
  let before: Pick<BubbleState, 'text' | 'terms'> | undefined;

  /** The newest thing asked for is the one that is shown. */
  const begin = async (wish?: SelectionWish) => {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const { text, terms } = before ?? state.get();
    before = wish && { text, terms };
    update({
      status: page ? 'waiting' : 'reading',
      trouble: undefined,
      tooLong: undefined,
      alternatives: [],
      ...(before ?? { text: '', terms: [] }),
    });
    try {
      await run(signal, wish);
    } catch (error) {
      if (signal.aborted) return;
      const trouble = toAppError(error).toTrouble();
      if (trouble.code === 'too-long') return await offer(trouble, signal);
      // What was there before a wish that failed is still a translation.
      update({ status: 'failed', trouble, ...before });
    } finally {
      if (!signal.aborted) before = undefined;
    }
  };

  const run = async (signal: AbortSignal, wish?: SelectionWish) => {
    const from = state.get().from ?? (await deps.languageOf(selected));
    if (signal.aborted) return;
    update({ from });
    const lang = state.get().to;
    if (!isAnyway && (await deps.isAlready(selected, from, lang))) return update({ status: 'same' });
    if (signal.aborted) return;
    const connection = chosen ?? (await deps.connect());
    if (signal.aborted) return;
    // What answers without a model finds sentences; it does not translate.
    if (connection.provider.wire === 'excerpts') return update({ status: 'no-model' });
    await deps.check(connection);
    page ??= await deps.readDocument(signal);
    if (signal.aborted) return;
    const document = section ?? page.document;
    update({ status: 'waiting', words: document.source.words, model: connection.model.name });
    const paragraphs = locate(document.source, selected);
    const updates = deps.translate({
      document,
      ...(page.chatId && !section && { chatId: page.chatId }),
      selected,
      paragraphs,
      lang,
      connection,
      signal,
      ...(wish && { wish, earlier: (before ?? state.get()).text }),
    });
    let last: SelectionUpdate | undefined;
    for await (const next of updates) {
      if (signal.aborted) return;
      last = next;
      if (next.state === 'failed')
        throw new AppError(next.trouble?.code ?? 'unexpected', next.trouble?.facts);
      const { text, terms, alternatives = [], usage } = next;
      update({
        ...(text || alternatives.length > 0 ? { status: 'streaming' as const } : {}),
        ...(text ? { text, terms } : {}),
        alternatives,
        until: next.until,
        ...(usage?.input && usage.cached !== undefined ? { cachedShare: usage.cached / usage.input } : {}),
      });
    }
    if (signal.aborted) return;
    if (last?.state !== 'done') throw new AppError('empty-answer', { model: connection.model.name });
    // Other wordings are none that could be kept in the place of the translation.
    if (last.text)
      result = {
        document,
        connection,
        paragraphs,
        update: last,
        ...(page.chatId && !section && { chatId: page.chatId }),
      };
    const wasCached = (state.get().cachedShare ?? 0) > 0.5;
    const saysCached = state.get().saysCached || (wasCached && (await deps.firstCached()));
    if (signal.aborted) return;
    update({ status: 'done', saysCached });
  };

  /** Says by how much it is too long, and what would hold it. */
  const offer = async (trouble: Trouble, signal: AbortSignal) => {
    const needed = Number(trouble.facts.needed ?? 0);
    const models = await deps.connected().catch(() => []);
    const around = page && sectionAround(page.document.source, locate(page.document.source, selected)[0]);
    if (signal.aborted) return;
    update({
      status: 'too-long',
      trouble,
      tooLong: {
        needed,
        limit: Number(trouble.facts.limit ?? 0),
        model: String(trouble.facts.model ?? ''),
        longer: models.filter(
          ({ model }) => model.window > needed && model.window > Number(trouble.facts.limit ?? 0),
        ),
        ...(around && !section ? { sectionWords: around.words } : {}),
      },
    });
  };

  return {
    ...state,
    start: () => begin(),
    stop() {
      const { status, text } = state.get();
      if (status !== 'reading' && status !== 'waiting' && status !== 'streaming') return;
      controller.abort();
      if (before) update({ status: 'done', alternatives: [], ...before });
      else update({ status: 'stopped', ...(text ? {} : { terms: [] }) });
      before = undefined;
    },
    again: (wish) => begin(wish),
    choose(wording) {
      const { status, text, alternatives } = state.get();
      if (status !== 'done' || !alternatives.includes(wording)) return;
      update({ text: wording, alternatives: alternatives.map((one) => (one === wording ? text : one)) });
      if (!result) return;
      const terms = /\n[ \t]*<terms>[\s\S]*$/.exec(result.update.answer ?? '')?.[0] ?? '';
      result = { ...result, update: { ...result.update, text: wording, answer: wording + terms } };
    },
    async setLanguage(lang) {
      update({ to: lang });
      await begin();
    },
    async anyway() {
      isAnyway = true;
      await begin();
    },
    async withModel(connection) {
      chosen = connection;
      await begin();
    },
    async onlySection() {
      const around = page && sectionAround(page.document.source, locate(page.document.source, selected)[0]);
      if (!around) return;
      const { measureLongText } = await import('../context/tokens');
      const source = { ...around, id: await sourceId(around.text) };
      section = { source, ...(await measureLongText(source.text)) };
      update({ isSection: true });
      await begin();
    },
    document: () => page?.document.source,
    result: () => (state.get().status === 'done' ? result : undefined),
  };
}
