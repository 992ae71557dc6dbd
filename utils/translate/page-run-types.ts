/** What a run that translates a page is given, and what it is to whoever steers it. */

import type { PageLine, PageListeners, PageSigns } from '../browser/translator-port';
import type { State } from '../chat/state';
import type { MeasuredSource } from '../context/compose';
import type { Money } from '../context/money';
import type { Connection } from '../models/types';
import type { ToPage } from '../page/translate/types';
import type { RunCommand, RunQuestion, RunTexts, TranslationRun } from './run-types';
import type { Display, GlossaryUse, Inconsistency, PageUnit, Translation } from './types';

/** What the engine is to a run. */
export type Engine = Omit<Translation, 'refusals' | 'placements'>;

/** The terms of a page, as far as a run has to know them. */
export interface RunGlossary extends GlossaryUse {
  /** How many terms occur in these texts. */
  count(texts: RunTexts): Promise<number>;
  subscribe(listener: () => void): () => void;
  /** What the check after a run finds. */
  check(texts: RunTexts): Promise<Inconsistency[]>;
  /** Takes over what other windows have changed. */
  reload(): Promise<void>;
  close(): void;
}

export interface PageDocument {
  document: MeasuredSource;
  /** The chat about the page that has the same document as its first source. */
  chatId?: string;
}

export interface EngineOptions extends PageDocument {
  lang: string;
  connection: Connection;
  glossary: RunGlossary;
  /** Units of languages that are never translated are translated all the same. */
  everything?: boolean;
  /** The document is read section by section: it is more than the model holds. */
  inSections?: boolean;
}

/** What the user has said yes to, in this run. */
export type Agreed = RunQuestion['kind'] | 'never-language';

export interface PageRunDeps {
  look: (tabId: number) => Promise<PageSigns>;
  connectPage: (tabId: number, on: PageListeners) => Promise<PageLine>;
  readDocument: (tabId: number, url: string, signal: AbortSignal) => Promise<PageDocument>;
  connect: () => Promise<Connection>;
  /** @throws AppError when nothing can be sent */
  check: (connection: Connection) => Promise<void>;
  connected: () => Promise<Connection[]>;
  openGlossary: (place: { url: string; lang: string }) => Promise<RunGlossary>;
  /** @throws AppError too-long, with the numbers */
  checkFits: (options: EngineOptions) => Promise<void>;
  createEngine: (options: EngineOptions) => Engine | Promise<Engine>;
  /** The entry of the list of sites never translated that covers an address. */
  neverTranslatedSite: (url: string) => Promise<string | undefined>;
  /** The language (BCP 47) of most words of these. */
  mainLanguage: (units: readonly PageUnit[]) => Promise<string | undefined>;
  /** Whether the user is asked before so much is spent; `total` is what the run comes to with it. */
  mustAsk: (price: Money, total?: Money) => Promise<boolean>;
  /** The user has agreed to it. */
  agreed: (price: Money) => Promise<void>;
  /** What the script in the page says there. */
  labels: () => Extract<ToPage, { type: 'start' }>['labels'];
  newId?: () => string;
  now?: () => number;
}

export interface PageRun extends State<TranslationRun> {
  /** `toggles`: where translations of an earlier run stand in the page, they are taken out instead. */
  start(how?: { toggles?: boolean }): Promise<void>;
  command(command: RunCommand): void;
  texts(): RunTexts;
  /** Ends it: nothing more is sent, and what stands in the page stays. */
  end(): void;
}

export interface PageRunOptions {
  tabId: number;
  windowId: number;
  place: TranslationRun['place'];
  lang: string;
  display?: Display;
  /** Called when the run is over for good: undone, cancelled, the tab closed or left. */
  onOver?: (why: 'undone' | 'cancelled' | 'closed' | 'left') => void;
}
