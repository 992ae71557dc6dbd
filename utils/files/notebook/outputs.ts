/** What the cells of a notebook have printed, as the notebook shows it. */

import type { PassageKind } from '../../source';
import { htmlPassages } from '../html/passages';
import { withLineFeeds } from '../text-chunks';
import { isObject, type NotebookObject, textOf } from './cells';

export interface OutputText {
  text: string;
  /** Absent where its paragraphs say what they are. */
  kind?: PassageKind;
  /** Stands behind the fence of code. */
  word: string;
}

export interface Outputs {
  texts: OutputText[];
  pictures: number;
  charts: number;
  /** Outputs of kinds that have no text, and their names. */
  unread: number;
  names: string[];
}

export function textOfOutputs(outputs: readonly NotebookObject[]): Outputs {
  const found: Outputs = { texts: [], pictures: 0, charts: 0, unread: 0, names: [] };
  let stream = '';
  const endStream = () => {
    printed(found, asShown(stream));
    stream = '';
  };
  for (const output of outputs) {
    const type = textOf(output.output_type);
    if (type === 'stream') {
      stream += textOf(output.text);
      continue;
    }
    endStream();
    if (type === 'error' || type === 'pyerr') {
      const summary = [textOf(output.ename), textOf(output.evalue)].filter(Boolean).join(': ');
      const lines = Array.isArray(output.traceback) ? output.traceback.map(textOf).join('\n') : '';
      const trace = asShown(lines);
      printed(found, trace.includes(summary) ? trace : [trace, summary].filter(Boolean).join('\n'));
    } else display(found, isObject(output.data) ? output.data : formatThree(output));
  }
  endStream();
  return found;
}

const mediaTypes: Record<string, string> = {
  text: 'text/plain',
  html: 'text/html',
  latex: 'text/latex',
  markdown: 'text/markdown',
  json: 'application/json',
  javascript: 'application/javascript',
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
};

/** Format 3 has short names for the media types, beside whatever else an output has. */
const formatThree = (output: NotebookObject): NotebookObject =>
  Object.fromEntries(
    Object.entries(mediaTypes).flatMap(([short, type]) =>
      Object.hasOwn(output, short) ? [[type, output[short]]] : [],
    ),
  );

/** Of the forms that an output has, the one with the most to read. */
function display(found: Outputs, data: NotebookObject): void {
  const types = Object.keys(data);
  const isPicture = types.some((type) => type.startsWith('image/') || type === 'application/pdf');
  const isChart = types.some((type) => /vnd\.(plotly|vega|vegalite|bokehjs|holoviews)/.test(type));
  if (isPicture && !isChart) found.pictures++;
  if (isChart) found.charts++;
  const plain = asShown(textOf(data['text/plain']));
  const markdown = textOf(data['text/markdown']);
  const html = textOf(data['text/html']);
  const json = data['application/json'];
  // `<Figure size 640x480>` stands for the picture, and `<IPython.core.display.HTML object>` for the page.
  const isStandIn = /^<[^\n]{1,200}>$|^(Figure|HTML|Image|SVG)\([^\n]{0,200}\)$|^alt\.[A-Z]\w+Chart\(/.test(
    plain.trim(),
  );
  const table = html ? tableOfHtml(html) : undefined;
  if (markdown.trim()) found.texts.push({ text: withLineFeeds(markdown), word: '' });
  else if (table?.isTable || (table?.text && (isStandIn || !plain.trim())))
    found.texts.push({ text: table.text, word: '', ...(table.isTable ? { kind: 'table' as const } : {}) });
  else if (textOf(data['text/latex']).trim())
    found.texts.push({ text: textOf(data['text/latex']), word: '' });
  else if (plain.trim() && !(isStandIn && (isPicture || isChart || html || json !== undefined)))
    printed(found, plain);
  else if (json !== undefined) {
    const text = JSON.stringify(json, null, 1) ?? '';
    found.texts.push({ text, kind: 'code', word: 'json' });
  } else if (!isPicture && !isChart && types.length > 0) {
    found.unread++;
    found.names.push(types[0] ?? '');
  }
}

/** What a page in an output says; `isTable` when there is a table in it. */
function tableOfHtml(html: string): { text: string; isTable: boolean } {
  const { passages } = htmlPassages(html);
  const isTable = passages.some(({ kind }) => kind === 'table');
  return { text: passages.map(({ text }) => text).join('\n\n'), isTable };
}

function printed(found: Outputs, text: string): void {
  const shown = text.replace(/^\n+|\s+$/g, '');
  if (shown !== '') found.texts.push({ text: shown, kind: 'code', word: 'output' });
}

/** Colours of a terminal (ECMA-48, 5.4), and links in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** Output as a terminal shows it: a line that was written over and over, as by a bar of progress, has its last state. */
function asShown(text: string): string {
  const plain = text.includes('\u001b') ? text.replace(escapes, '') : text;
  if (!plain.includes('\r')) return plain;
  return plain
    .split('\n')
    .map((line) => {
      const states = line.split('\r').filter((state) => state !== '');
      return states.at(-1) ?? '';
    })
    .join('\n');
}
