/** One answer as a file; loaded when one is saved. Nothing goes out unchecked, and nothing is asked of the network. */

import type { Token, Tokens } from 'marked';
import { documentDocx } from '@/utils/chat/export/document-docx';
import { documentHtml } from '@/utils/chat/export/document-html';
import { fileName } from '@/utils/chat/export/file-name';
import { answerFile } from '@/utils/chat/export/markdown';
import { type SavedDocument, savedSources } from '@/utils/chat/export/saved-document';
import { tablesWorkbook } from '@/utils/chat/export/table-files';
import { whenChecked } from '@/utils/chat/export/when-checked';
import { bodyOf } from '@/utils/chat/follow-ups';
import { readable } from '@/utils/chat/readable';
import { getLanguage, languages, t } from '@/utils/i18n';
import { type Source, scriptLanguage } from '@/utils/source';
import type { AnswerRecord } from '@/utils/store/records';
import { saveFile } from '../../save-file';
import { plainText } from '../markdown/token-text';
import { answerBlocks, answerTokens } from './answer-document';
import { writtenTable } from './answer-table';

/** `xlsx`: its tables alone. */
export type AnswerForm = 'md' | 'html' | 'docx' | 'xlsx';

/** Characters of a question that is still a title; a longer one, or one of several lines, stands below it. */
const longestTitle = 120;

export interface SavedAnswer {
  answer: AnswerRecord;
  /** What was asked; empty where the answer stands alone. */
  question: string;
  /** Those it was written from, in the order of their numbers. */
  sources: readonly Source[];
  /** Milliseconds since the epoch. */
  now?: number;
}

/** Saves an answer under the name of its question. */
export async function saveAnswer(saved: SavedAnswer, form: AnswerForm): Promise<void> {
  const { now = Date.now(), question, sources, answer } = saved;
  const title = question.trim() || sources[0]?.title || answer.model;
  saveFile(await answerAs(saved, form), fileName(title, form, new Date(now)));
}

export async function answerAs(saved: SavedAnswer, form: AnswerForm): Promise<Blob> {
  if (form === 'xlsx') return tablesWorkbook((await whenChecked(() => tablesOf(saved))).tables);
  if (form === 'md') {
    const { title, question } = titleOf(saved);
    const text = await answerFile(saved.answer, [...saved.sources], {
      title,
      about: aboutOf(saved),
      question,
    });
    return new Blob([text], { type: 'text/markdown;charset=utf-8' });
  }
  const { document } = await whenChecked(() => documentOf(saved));
  if (form === 'docx') return documentDocx(document, saved.now);
  return new Blob([documentHtml(document)], { type: 'text/html;charset=utf-8' });
}

function titleOf({ question, sources }: SavedAnswer): { title: string; question?: string } {
  const asked = question.trim();
  if (asked && asked.length <= longestTitle && !/[\r\n]/.test(asked)) return { title: asked };
  const title = sources[0]?.title || t('history.untitled');
  return asked ? { title, question: asked } : { title };
}

function aboutOf({ answer, now = Date.now() }: SavedAnswer): string {
  const model = answer.provider === 'excerpts' ? t('excerpts.name') : answer.model;
  const tag = languages[getLanguage()].tag;
  return t('saved.about', { model, date: new Intl.DateTimeFormat(tag, { dateStyle: 'long' }).format(now) });
}

function documentOf(saved: SavedAnswer): { document: SavedDocument; isPending: boolean } {
  const { answer, sources } = saved;
  const text = bodyOf(answer);
  const { blocks, passages, isPending } = answerBlocks(text, sources);
  const lang = scriptLanguage(text);
  const document: SavedDocument = {
    ...titleOf(saved),
    ...(lang ? { lang } : {}),
    about: aboutOf(saved),
    blocks,
    remarks: [
      ...(answer.reason === 'stop' ? [] : [t('saved.incomplete')]),
      ...(answer.sendings.some(({ alarm }) => alarm) ? [t('answer.alarmText')] : []),
    ],
    sources: savedSources(sources),
    passages: passages.list,
  };
  return { document, isPending };
}

/** Every table of an answer, comparisons as well, each named by the heading above it. */
function tablesOf({ answer, sources }: SavedAnswer) {
  const tables = namedTables(answerTokens(readable(bodyOf(answer), sources))).map(({ table, name }) =>
    writtenTable(table, sources, name),
  );
  return { tables, isPending: tables.some(({ isPending }) => isPending) };
}

function namedTables(tokens: Token[]): { table: Tokens.Table; name: string }[] {
  const found: { table: Tokens.Table; name: string }[] = [];
  let name = '';
  const walk = (list: Token[]) => {
    for (const token of list) {
      if (token.type === 'heading') name = plainText((token as Tokens.Heading).tokens);
      else if (token.type === 'table') found.push({ table: token as Tokens.Table, name });
      else if (token.type === 'list')
        for (const { tokens: inner } of (token as Tokens.List).items) walk(inner);
      else if (token.type === 'blockquote') walk((token as Tokens.Blockquote).tokens);
    }
  };
  walk(tokens);
  return found;
}
