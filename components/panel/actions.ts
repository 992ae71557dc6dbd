import { createContext, type RefObject, useContext } from 'react';
import type { PassagePlace, ShownPassage } from '@/utils/browser/show-passage';
import type { PendingImage } from '@/utils/chat/images';
import type { SearchCommands } from '@/utils/chat/search-run';
import type { MeasuredSource } from '@/utils/context/compose';
import type { Connection } from '@/utils/models/types';
import type { Removal } from '@/utils/page';

/** A command that works anywhere in the browser, and the keys that the browser has given it. */
export interface Command {
  name: string;
  description: string;
  /** Empty when it has none. */
  shortcut: string;
}

/** What answers ask of the browser wherever they are shown. */
export interface ReadingActions {
  /** Asks the browser for access to the hosts of these addresses. Must run inside a click. */
  allow: (...addresses: string[]) => Promise<boolean>;
  /** Goes to the tab that has a passage, or opens one, and paints it; or turns a PDF to the passage's page. */
  showPassage: (passage: PassagePlace) => Promise<ShownPassage>;
  openLink: (url: string) => void;
  /** Asks a question, with a search on the web before it is answered; absent where none can be asked. */
  searchFor?: (question: string) => void;
  /** Opens the comparison that begins at `start` of an answer in a tab of its own; absent where it is in one. */
  openComparison?: (answerId: string, start: number) => void;
  /** Opens a source that is read in two languages in a tab of its own; absent where it is in one. */
  openReading?: (sourceId: string) => void;
  /** Opens the settings, at the element with this id when one is given. */
  openSettings?: (place?: string) => void;
  /** Shows a source in two languages, paragraph by paragraph; absent where there is no room for it. */
  translateSource?: (entry: MeasuredSource) => void;
}

export interface ScanPlace {
  connection?: Connection;
  /** The pictures of the question. */
  images: PendingImage[];
  addImages: (images: PendingImage[]) => void;
}

/** What components may ask of the browser; the panel's entry point provides it. */
export interface PanelActions extends ReadingActions {
  /** Opens the settings, at the element with this id when one is given. */
  openSettings: (place?: string) => void;
  allowEverySite: () => Promise<boolean>;
  /** Tells now, and whenever it changes, whether the browser lets us into every site; returns how to stop it. */
  watchEverySite?: (listener: (allowed: boolean) => void) => () => void;
  /** Reads what an address leads to, for the next question. Must run inside a click; absent where there is none. */
  readForNext?: (url: string) => void;
  /** What can be done about the search that is running; absent where none can be. */
  search?: SearchCommands;
  /** Asks for files that tabs show. Must run inside a click. */
  allowFiles: () => Promise<boolean>;
  readPage: () => void;
  readNow: () => void;
  /** Reads the page in front again with another choice of what belongs to it. */
  readAs: (choice: { mode?: 'article' | 'everything'; withHidden?: boolean; mayAsk?: boolean }) => void;
  /** Takes over what has come to the page since it was read. */
  takeNewer: () => void;
  /** What the reader left out of the page in front, piece by piece. */
  readRemovals: () => Promise<Removal[]>;
  /** Opens an encrypted PDF and reads it. */
  readWithPassword: (password: string) => void;
  stopReading: () => void;
  /** Takes the pages of a PDF that were read before it was stopped. */
  usePart: () => void;
  wakeTab: () => void;
  /** Opens the list of models in the composer; absent where there is none. */
  chooseModel?: () => void;
  /** Who opens that list, while it is there. */
  modelPicker?: RefObject<(() => void) | undefined>;
  /**
   * Opens the list of tabs and of whatever else can go with the next question, searched for `search` at first. The
   * focus goes back to what has it now. Absent where there is no question to pick for.
   */
  openPicker?: (search?: string) => void;
  /** The same for the source of the chat that is shown; absent where it has none. */
  translateFirst?: () => void;
  /** What notices about scanned pages and pictures ask of the question that is being written. */
  scanPlace?: ScanPlace;
  /** Brings a tab to the front, in whatever window it is. */
  showTab: (tabId: number) => void;
  /** Whether this window keeps nothing beyond its own life. */
  isPrivate: boolean;
  /** Shows the terms of the page in front, at one of them when it is named; absent where there is no page. */
  openGlossary?: (termId?: string) => void;
  /** Translates the page in front, side by side; absent where there is none beside this. Must run inside a click. */
  translatePage?: () => void;
  /** The browser's names for the shortcuts of the summary and the translation, when there are some. */
  summarizeShortcut?: string;
  translateShortcut?: string;
  listCommands: () => Promise<Command[]>;
}

const ActionsContext = createContext<PanelActions | undefined>(undefined);
const ReadingContext = createContext<ReadingActions | undefined>(undefined);

export const ActionsProvider = ActionsContext.Provider;
/** For pages that show answers outside the panel. */
export const ReadingActionsProvider = ReadingContext.Provider;

export function useActions(): PanelActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('This component stands outside the panel');
  return actions;
}

/** What an answer may ask of the browser: in the panel, and on pages of its own. */
export function useReadingActions(): ReadingActions {
  const panel = useContext(ActionsContext);
  const page = useContext(ReadingContext);
  const actions = page ?? panel;
  if (!actions) throw new Error('This component stands where nothing can be asked of the browser');
  return actions;
}
