/** The cells of a notebook in the formats 3 and 4, whatever else the file claims to hold. */

export interface NotebookCell {
  type: 'code' | 'prose' | 'raw';
  source: string;
  /** What code is written in, where the cell says so. */
  language?: string;
  /** Pictures that are attached to its text. */
  pictures: number;
  outputs: NotebookObject[];
}

/** An object of JSON, of which nothing is known. */
export type NotebookObject = Record<string, unknown>;

export const isObject = (value: unknown): value is NotebookObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text as notebooks have it: whole, or as a list of its lines. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : '';
}

/** Undefined when it is no notebook. `damaged` counts cells that are none. */
export function parseNotebook(
  text: string,
): { cells: NotebookCell[]; language: string; damaged: number } | undefined {
  const root = parsed(text);
  if (!isObject(root)) return undefined;
  // Format 3 has its cells on worksheets, of which no program ever made more than one.
  const sheets = Array.isArray(root.worksheets) ? root.worksheets.filter(isObject) : [];
  const lists = [root.cells, ...sheets.map(({ cells }) => cells)].filter((list) => Array.isArray(list));
  if (lists.length === 0) return undefined;
  const all: unknown[] = lists.flat();
  const cells = all.filter(isObject).map(cellOf);
  return { cells, language: languageOf(root.metadata), damaged: all.length - cells.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function languageOf(metadata: unknown): string {
  if (!isObject(metadata)) return '';
  const { language_info: info, kernelspec } = metadata;
  const said =
    (isObject(info) && textOf(info.name)) || (isObject(kernelspec) && textOf(kernelspec.language)) || '';
  return wordOf(said || textOf(metadata.language));
}

/** A word that can stand behind a fence. */
const wordOf = (language: string): string =>
  /^[\w+#.-]{1,30}$/.exec(language.trim().toLowerCase())?.[0] ?? '';

function cellOf(cell: NotebookObject): NotebookCell {
  const source = textOf(cell.source ?? cell.input).replace(/\r\n?/g, '\n');
  const attachments = isObject(cell.attachments) ? Object.keys(cell.attachments).length : 0;
  const outputs = Array.isArray(cell.outputs) ? cell.outputs.filter(isObject) : [];
  const common = { pictures: attachments, outputs };
  if (cell.cell_type === 'heading') {
    const level = typeof cell.level === 'number' && cell.level >= 1 && cell.level <= 6 ? cell.level : 1;
    return { ...common, type: 'prose', source: `${'#'.repeat(level)} ${source.replace(/\s+/g, ' ').trim()}` };
  }
  if (cell.cell_type !== 'code')
    return { ...common, type: cell.cell_type === 'raw' ? 'raw' : 'prose', source };
  // `%%bash` at the top of a cell says that it is written in something else.
  const magic = /^%%(bash|sh|html|javascript|js|latex|markdown|perl|ruby|sql|R|cython|writefile)\b/.exec(
    source,
  )?.[1];
  const language = magic && magic !== 'writefile' ? magic : textOf(cell.language);
  return { ...common, type: 'code', source, ...(language ? { language: wordOf(language) } : {}) };
}
