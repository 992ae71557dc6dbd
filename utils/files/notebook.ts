import { AppError } from '../errors';
import type { Gap, Passage } from '../source';
import { endingOf } from './detect';
import { documentReading } from './document/reading';
import { decodeText } from './encoding';
import { fenced } from './file-reading';
import { parseNotebook } from './notebook/cells';
import { type OutputText, textOfOutputs } from './notebook/outputs';
import { codeChunks, markdownChunks } from './text-chunks';
import type { ReadFile } from './types';

/** Reads a Jupyter notebook: cells in their order with their outputs. Numbers count all cells from the top, from 1. */
export const readNotebook: ReadFile = async (bytes, { name, signal, onProgress }) => {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  const notebook = parseNotebook(decodeText(bytes).text);
  if (!notebook) throw new AppError('file-broken', { name, kind: endingOf(name) || 'none' });
  const { cells, language } = notebook;
  const passages: Passage[] = [];
  const missing = { pictures: 0, charts: 0, 'unread-parts': notebook.damaged };
  const names: string[] = [];
  for (const [index, cell] of cells.entries()) {
    signal?.throwIfAborted();
    const place = { notebookCell: index + 1 };
    missing.pictures += cell.pictures;
    const isCode = cell.type === 'code';
    if (isCode || cell.type === 'raw') {
      const chunks = cell.source.trim() === '' ? [] : codeChunks(cell.source);
      const word = isCode ? (cell.language ?? language) : '';
      for (const { text } of chunks) passages.push({ text: fenced(text, word), kind: 'code', place });
    } else for (const { text, kind } of markdownChunks(cell.source)) passages.push({ text, kind, place });
    const outputs = textOfOutputs(cell.outputs);
    missing.pictures += outputs.pictures;
    missing.charts += outputs.charts;
    missing['unread-parts'] += outputs.unread;
    names.push(...outputs.names);
    for (const output of outputs.texts)
      for (const text of piecesOf(output)) passages.push({ ...text, place });
    onProgress?.({ done: index + 1, total: cells.length, unit: 'bytes' });
  }
  const gaps = (Object.keys(missing) as (keyof typeof missing)[]).map(
    (why): Gap => ({
      why,
      size: missing[why],
      ...(why === 'unread-parts' && names.length > 0 ? { sample: [...new Set(names)].join(', ') } : {}),
    }),
  );
  return documentReading({ name, passages, gaps, units: { notebookCells: cells.length } });
};

function* piecesOf({ text, kind, word }: OutputText): Generator<Pick<Passage, 'text' | 'kind'>> {
  if (kind !== 'code')
    yield* markdownChunks(text).map((chunk) => ({ text: chunk.text, kind: kind ?? chunk.kind }));
  else for (const chunk of codeChunks(text)) yield { text: fenced(chunk.text, word), kind };
}
