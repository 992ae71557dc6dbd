import type { Estimate } from '../context/compose';
import type { Money } from '../context/money';
import type { Piece } from '../context/passes';
import type { Trouble } from '../errors';
import type { EndReason, ImagePart, Task, ToolCallPart, Usage } from '../models/types';
import type { Source } from '../source';
import type { SearchMode } from './settings';

/** The shapes that are kept on disk. Documents are stored once by hash, turns are append-only, a chat is a pointer. */

export interface ChatRecord {
  id: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  /** Addresses of the chat's pages, to find the chat of a page again. */
  urls: string[];
  /** Which question follows another on screen where several do, and not the newest is shown; `''` for the first. */
  branch?: Record<string, string>;
}

export interface TurnRecord {
  id: string;
  chatId: string;
  /** Its place on its path, from 0. */
  position: number;
  /**
   * The question that it follows, null when it opens the chat. Absent in records from before there were branches:
   * those follow each other in the order of their positions.
   */
  parentId?: string | null;
  task: Task;
  question: string;
  /** What was said to the model about the task, to the letter. */
  instructions: string;
  /** Sources added with this turn. */
  sourceIds: string[];
  /** Pictures that go with the question. */
  images?: ImagePart[];
  /** Set when it is about some of the documents in its request only. */
  scope?: QuestionScope;
  askedAt: number;
  /** When it was to be looked up on the web; as in the settings where it is not said. */
  searchMode?: SearchMode;
  /** How this chat names its sources where the text was kept before under another title or address. */
  headers?: SourceHeader[];
}

/** Which documents a question is about, where others stay in its request. */
export interface QuestionScope {
  /** What the model was told, to the letter: the first line of the question. */
  line: string;
  /** The documents that it is about, and the numbers by which the line names them. */
  documents: { id: string; index: number }[];
}

/** What is sent of a source besides its text. */
export type SourceHeader = Pick<Source, 'id' | 'kind' | 'title' | 'url' | 'lang' | 'gaps'>;

/** One sending of a turn: an answer that was continued has two. */
export interface SendingRecord {
  sentAt: number;
  /** SHA-256 of the literal request, by which the exact-text viewer proves that it shows what was sent. */
  requestHash: string;
  estimate: Estimate;
  usage?: Usage;
  /** Milliseconds from sending to the first word. */
  firstWordAfter?: number;
  /** The earlier answers that were sent along, and how much of each stood there. */
  history: { answerId: string; length: number; sourceIds?: string[]; searches?: number }[];
  /** Length of the answer when this sending began. */
  from: number;
  /** Sources that were sent with the question itself: its own, and those of earlier turns without an answer. */
  sourceIds?: string[];
  /** Sources of earlier questions that the user left out of this request, and the numbers they keep. */
  omitted?: { id: string; index: number }[];
  /** What it cost by the provider's counts, or by ours while they are missing. */
  cost?: Money;
  /** The request of this chat that this one repeats and goes on from: its estimate by today's factors, and its count. */
  repeats?: { total: number; reported: number };
  /** Requests that it took, when the model asked for tools in between; `usage` is their sum. */
  rounds?: number;
  /** Set when the server reported reading far less than was sent. */
  alarm?: { reported: number; expected: number };
  /** How many of the answer's searches were in this request, in order; none when not said. */
  searches?: number;
  /** The searches were in it as plain messages, since the model takes no tools. */
  inWords?: boolean;
  /** Instructions that stood in the place of the question's own: those that ask what to search for. */
  instead?: string;
  /**
   * Which pass this was, from 1, what was read in it and how many tokens its notes might have. The sending after the
   * last pass answers from the notes: its number is one more than the count, its `pieces` are empty.
   */
  pass?: { number: number; count: number; pieces: Piece[]; notes: number };
}

export interface AnswerRecord {
  id: string;
  turnId: string;
  chatId: string;
  createdAt: number;
  provider: string;
  /** What the provider is called in sentences: its name, or the host of an address without one. */
  providerName: string;
  model: string;
  /** Settled text; while the answer streams, the rest is in the journal. */
  text: string;
  thinking: string;
  state: 'streaming' | 'ended';
  reason?: EndReason;
  trouble?: Trouble;
  sendings: SendingRecord[];
  /** Tools that the model asked for. */
  toolCalls?: ToolCallPart[];
  /** Set when the sources were read in passes: what each pass reads, and the notes of those that are done. */
  passes?: { plan: Piece[][]; notes: string[] };
  /** Milliseconds of thinking before the first word. */
  thoughtFor?: number;
  /** What was searched for while it was written, in order. */
  searches?: SearchRecord[];
  /** Sources of which the searches speak. By these their texts stay on disk. */
  sourceIds?: string[];
  /** How this chat names such a source where its text was kept before under another title or address. */
  headers?: SourceHeader[];
}

/** One round of searching: what was looked for, what was found, and which pages were read whole. */
export interface SearchRecord {
  id: string;
  /** The call by which the model asked for it; absent where it was asked in words (see utils/prompts/search.ts). */
  call?: ToolCallPart;
  /**
   * What is said to the model about it, to the letter; the documents that were read stand in front of it. Absent until
   * it has ended, and where there is nothing to say.
   */
  told?: string;
  /** Which round of the answer it belongs to, from 1: calls that were made together have the same. */
  round: number;
  /** Length of the answer's text when it began: where it stands on the screen. */
  at: number;
  /** Why, in the model's words. */
  why?: string;
  queries: SearchQuery[];
  pages: SearchPage[];
  /** `asking`: the user is asked first; `refused`: they said no, or searching is off. */
  state: 'asking' | 'finding' | 'reading' | 'done' | 'stopped' | 'refused';
}

/** A query as it was sent. `text` is a link where the model asked for one page. */
export interface SearchQuery {
  text: string;
  /** What the engine is called; absent until one has answered. */
  engine?: string;
  /** Results that it gave; absent until it has answered. */
  hits?: number;
  /** Engines that could not answer, and why no engine could when the last one is among them. */
  passedOver?: { engine: string; trouble: Trouble }[];
  trouble?: Trouble;
}

/** One page among the results, by rank. */
export interface SearchPage {
  url: string;
  title: string;
  status: 'waiting' | 'reading' | 'read' | 'same' | 'unread' | 'dropped' | 'left-out';
  /** By which answers cite it once it is read. It has it from the beginning, and nothing else ever gets it. */
  number?: number;
  /** The source that was read. */
  sourceId?: string;
  tokens?: number;
  /** Pages, where it has pages. */
  pages?: number;
  /** Of `same`: the number of the document with the same text. */
  sameAs?: number;
  /** Why it was not read. */
  trouble?: Trouble;
  /** The number of the page in whose place it is read. */
  insteadOf?: number;
  /** While it is read: bytes or pages, and whether its scripts run in a tab of ours. */
  progress?: { loaded?: number; total?: number; inTab?: boolean };
}

/** A piece of an answer that is still streaming, written as it arrives and folded into the answer at its end. */
export interface JournalRecord {
  sequence?: number;
  answerId: string;
  text: string;
  thinking: string;
}

/** One sending that was paid for. It has no words of the chat, so it stays when the chat is deleted. */
export interface SpendingRecord {
  sequence?: number;
  chatId: string;
  /** `2026-11`, by the clock of this computer. */
  month: string;
  providerId: string;
  model: string;
  cost: Money;
  input: number;
  output: number;
}

/** A file as the user handed it over, kept once by its bytes. Of folders the texts alone are kept. */
export interface FileRecord {
  /** Hexadecimal SHA-256 of its bytes. */
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  mediaType: string;
  bytes: Blob;
  addedAt: number;
  /** It stayed when the chats that used it were deleted: taking it out of a question does not remove it. */
  stays?: boolean;
}

export interface KeyRecord {
  providerId: string;
  key: string;
}

/** How the user wants answers, kept under a name. */
export interface PromptRecord {
  id: string;
  name: string;
  /** Who the model is to be and what it must do. */
  role: string;
  /** The user's own rules. */
  rules: string;
  examples: { question: string; answer: string }[];
  /** `question`, or the English name of a language; absent: as in the settings. */
  language?: string;
  createdAt: number;
  updatedAt: number;
}

/** How a source came to a draft. */
export interface PickRecord {
  /** What was picked: a tab, a link, an earlier chat. */
  key: string;
  /** The source that it became. Two tabs with the same text became one. */
  id: string;
  /** When it was picked, in milliseconds since the epoch: sources stand in this order, whichever arrives first. */
  place: number;
  /** Where it was when it was picked. */
  url?: string;
  /** What it was called: of tabs with the same text each is named. */
  title?: string;
}

/** Something that was picked for a draft, or asked for outside the panel, and has not been read yet. */
export interface WaitingPick {
  /**
   * Which candidate: `tab:12`, `bookmarks:https://…`, `history:https://…`, `source:<id>` or `chat:<id>`. What was asked
   * for outside the panel: `link:https://…`, `picture:<tab>:<frame>:https://…`. Of files, `file:<hash>`: their bytes are
   * kept; `unkept:<place>` and `folder:<name> <place>`, of which nothing is.
   */
  key: string;
  title: string;
  url?: string;
  /** When it was picked, as in `PickRecord`. */
  place: number;
}

/** A picture that goes with a question which has not been sent. */
export interface DraftImage extends ImagePart {
  name: string;
  /** What it was before it was made a PNG or a JPEG, as `AVIF`. */
  from?: string;
  /** It was turned as its camera says. */
  turned?: boolean;
}

export interface DraftRecord {
  /** The chat's id, or `new`. */
  id: string;
  text: string;
  images?: DraftImage[];
  /** Ids of sources that go with the next question and are in no turn yet. */
  attached?: string[];
  /** How they came to be attached. */
  picks?: PickRecord[];
  /** What was picked and was still being read, or could not be. */
  waiting?: WaitingPick[];
  /** What the user leaves out of the next questions: ids of sources, and addresses of pages that may come. */
  leftOut?: string[];
  /** Addresses of pages that the user adds to a chat about something else. */
  added?: string[];
  /** Ids of sources that stay in the request, and that the next questions are not about. */
  aside?: string[];
}
