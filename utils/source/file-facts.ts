/** What a file has and a page has not. */
export interface FileFacts {
  /** Its name, with its ending; of a folder the name of the folder. */
  name: string;
  /** Hexadecimal SHA-256 of its bytes, by which they are kept; of a folder, of the hashes and paths of what was read. */
  hash: string;
  /** Bytes. */
  size: number;
  /** Id of the file type that read it. */
  type: string;
  /** How much was read, in the file's own units. Pages stand in `Reading.pages`. */
  units: Partial<Record<FileUnit, number>>;
  /** Where the text differs from what the file shows. */
  notes: FileNote[];
  /** What the user chose to be read otherwise than usual. */
  choices?: FileChoices;
}

export type FileUnit =
  | 'sheets'
  | 'rows'
  | 'cells'
  | 'chapters'
  | 'slides'
  | 'lines'
  | 'files'
  | 'messages'
  | 'subtitles'
  | 'notebookCells';

/**
 * - `formulas-as-values`: cells with formulas have the values that were saved with them (`size` counts them)
 * - `formulas-listed`: their formulas stand below each sheet
 * - `formulas-uncalculated`: cells have their formula as text, because no value was saved with it (`size` counts them)
 * - `hidden-sheets-included`: sheets, rows and columns that the workbook hides are in the text
 * - `read-by-ocr`: pages or pictures whose words were recognised (`size` counts, `sample` has the pages)
 * - `unsure-ocr`: of these, pages that were recognised badly (`size` counts, `sample` has the pages)
 * - `pages-as-pictures`: pages without text that go to the model as pictures
 * - `decoded`: the encoding was found out and not said (`sample` is its name)
 * - `separated`: the separator of a table that was found out (`sample` is it)
 * - `really`: the ending of the name says another kind than the bytes are (`sample` is the ending that fits)
 * - `comments`: comments and notes that stand at the end (`size` counts them)
 */
export interface FileNote {
  what:
    | 'formulas-as-values'
    | 'formulas-listed'
    | 'formulas-uncalculated'
    | 'hidden-sheets-included'
    | 'read-by-ocr'
    | 'unsure-ocr'
    | 'pages-as-pictures'
    | 'decoded'
    | 'separated'
    | 'really'
    | 'comments';
  size?: number;
  sample?: string;
}

export interface FileChoices {
  hiddenSheets?: boolean;
  formulas?: boolean;
}
