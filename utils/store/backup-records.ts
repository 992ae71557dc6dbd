/**
 * Records of a backup, each looked at by itself: one that is damaged costs itself and not the file. What can be read of
 * it is read, as the panel shows a damaged chat too; the rest is left out, and both are counted.
 */

import { sourceId } from '../source';
import type { Term } from '../translate/types';
import type { SourceRecord } from './database';
import { mendedAnswer, mendedChat, mendedTurn } from './mended';
import { promptShape } from './prompt-shape';
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
  PromptRecord,
  SpendingRecord,
  TurnRecord,
} from './records';
import { type Check, ShapeError } from './shape';
import { termShape } from './term-shape';

export interface BackupRecords {
  chats: ChatRecord[];
  turns: TurnRecord[];
  answers: AnswerRecord[];
  journal: JournalRecord[];
  sources: SourceRecord[];
  drafts: DraftRecord[];
  spending: SpendingRecord[];
  prompts: PromptRecord[];
  terms: Term[];
}

type Name = keyof BackupRecords;

const shapes: { [N in Name]: Check<BackupRecords[N][number]> } = {
  chats: chatShape,
  turns: turnShape,
  answers: answerShape,
  journal: journalShape,
  sources: sourceShape,
  drafts: draftShape,
  spending: spendingShape,
  prompts: promptShape,
  terms: termShape,
};

/** How the panel reads these when they are damaged. */
const mending: { [N in Name]?: (record: never) => object } = {
  chats: mendedChat,
  turns: mendedTurn,
  answers: mendedAnswer,
};

export const recordNames = Object.keys(shapes) as Name[];

/** What can be read of the records, and how many were damaged. */
export interface Readable {
  records: BackupRecords;
  damaged: number;
}

/**
 * Reads lists of records, from a file or from the database. A list that is not there is empty.
 * @throws ShapeError when something else stands in the place of a list
 */
export async function readRecords(lists: { [N in Name]?: unknown }): Promise<Readable> {
  let damaged = 0;
  const records: Partial<Record<Name, object[]>> = {};
  for (const name of recordNames) {
    const list = lists[name] ?? [];
    if (!Array.isArray(list)) throw new ShapeError(`file.${name}`);
    const read: object[] = [];
    for (const record of list as unknown[]) {
      const { value, isWhole } = readable<object>(record, shapes[name], mending[name]);
      if (!isWhole) damaged++;
      if (value) read.push(value);
    }
    records[name] = read;
  }
  const whole = await inOnePiece(records as Record<Name, never[]>);
  const chatIds = new Set(whole.records.chats.map(({ id }) => id));
  const { turns, answers } = whole.records;
  const missing = missingTexts([...turns, ...answers], chatIds, lists.sources ?? []);
  return { records: whole.records, damaged: damaged + whole.damaged + missing };
}

/** Fields of one record that are given up, one after the other, before the record is. */
const mostMendings = 16;

/** A record as it is; else what is left of it without the fields that are not what they should be. */
function readable<T extends object>(
  record: unknown,
  check: Check<T>,
  mend: ((record: never) => object) | undefined,
): { value?: T; isWhole: boolean } {
  try {
    return { value: check(record, ''), isWhole: true };
  } catch {
    if (typeof record !== 'object' || record === null) return { isWhole: false };
  }
  const copy = { ...(mend ? mend(record as never) : record) } as Record<string, unknown>;
  for (let mendings = 0; mendings < mostMendings; mendings++) {
    try {
      return { value: check(copy, ''), isWhole: false };
    } catch (error) {
      const [, field, index] =
        /^\.(\w+)(?:\[(\d+)\])?/.exec(error instanceof ShapeError ? error.place : '') ?? [];
      // Nothing is left to give up: it cannot do without this field.
      if (field === undefined || copy[field] === undefined) return { isWhole: false };
      const list = copy[field];
      copy[field] = index !== undefined && Array.isArray(list) ? list.toSpliced(Number(index), 1) : undefined;
    }
  }
  return { isWhole: false };
}

/**
 * Without what stands under a name that is taken or belongs to another text, and without answers to questions that are
 * not there. What has no chat is not looked at: it may be left of a chat that was deleted, and is not brought in.
 */
async function inOnePiece(all: BackupRecords): Promise<Readable> {
  let damaged = 0;
  const only = <T>(list: T[], isRight: (record: T) => boolean): T[] => {
    const right = list.filter(isRight);
    damaged += list.length - right.length;
    return right;
  };
  /** Nothing may be called by the name that the beginning of a chat has. */
  const named = <T extends { id: string }>(list: T[]): T[] => {
    const names = new Set(['']);
    return only(list, ({ id }) => !names.has(id) && names.add(id) !== undefined);
  };
  const chats = named(all.chats);
  const turns = named(all.turns);
  const answers = named(all.answers);
  const hashes = new Set<SourceRecord>();
  // A text is known by its hash: another text under this name would stand in for it.
  for (const record of all.sources) {
    const { id, source } = record;
    if (id === source.id && id === (await sourceId(source.text))) hashes.add(record);
  }
  const sources = named(only(all.sources, (record) => hashes.has(record)));
  const chatIds = new Set(chats.map(({ id }) => id));
  const chatOf = new Map(turns.map(({ id, chatId }) => [id, chatId]));
  return {
    records: {
      ...all,
      chats,
      turns,
      answers: only(answers, ({ chatId, turnId }) => !chatIds.has(chatId) || chatOf.get(turnId) === chatId),
      sources,
    },
    damaged,
  };
}

/** Texts of which these questions and answers speak and of which there is no record, not even a damaged one. */
function missingTexts(
  records: Pick<AnswerRecord, 'chatId' | 'sourceIds'>[],
  chatIds: Set<string>,
  given: unknown,
): number {
  const known = new Set((given as { id?: unknown }[]).map((record) => record?.id));
  const named = records.flatMap(({ chatId, sourceIds = [] }) => (chatIds.has(chatId) ? sourceIds : []));
  return new Set(named.filter((id) => !known.has(id))).size;
}
