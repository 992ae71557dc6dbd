/** Files of OpenDocument: an archive of parts, or one XML file with all of them ("flat"). */

import { AppError } from '../../errors';
import type { Gap } from '../../source';
import { type Archive, openArchive } from '../archive';
import { decodeMarkup, parseXml, type XmlElement } from '../markup';
import { childOf, descendantsOf } from '../office/package';
import type { FileContext } from '../types';

const prefix = 'urn:oasis:names:tc:opendocument:xmlns:';

export const namespaces: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  [`${prefix}office:1.0`]: 'office',
  [`${prefix}text:1.0`]: 'text',
  [`${prefix}table:1.0`]: 'table',
  [`${prefix}drawing:1.0`]: 'draw',
  [`${prefix}style:1.0`]: 'style',
  [`${prefix}xsl-fo-compatible:1.0`]: 'fo',
  [`${prefix}svg-compatible:1.0`]: 'svg',
  [`${prefix}presentation:1.0`]: 'presentation',
  [`${prefix}chart:1.0`]: 'chart',
  [`${prefix}manifest:1.0`]: 'manifest',
  'http://www.w3.org/1999/xlink': 'xlink',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://www.w3.org/1998/Math/MathML': 'math',
});

export interface OpenFile {
  content: XmlElement;
  /** The part with the named styles, headers and footers; the content itself in flat files. */
  styles: XmlElement | undefined;
  /** The content of an object that is kept inside; undefined where there is none. */
  object(path: string): XmlElement | undefined;
  gaps: Gap[];
}

/**
 * Opens a file of OpenDocument.
 * @throws AppError file-broken, file-locked, file-bomb, file-empty
 */
export function openDocument(bytes: Uint8Array, { name, signal, budget }: FileContext): OpenFile {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    const content = parseXml(decodeMarkup(bytes), { namespaces });
    if (content?.name !== 'office:document') throw new AppError('file-broken', { name });
    return { content, styles: content, object: () => undefined, gaps: [] };
  }
  const archive = openArchive(bytes, { name, signal, budget });
  const manifest = part(archive, 'META-INF/manifest.xml');
  // Its parts are encrypted one by one, and the archive knows nothing of it.
  if (descendantsOf(manifest, 'manifest:encryption-data').length > 0)
    throw new AppError('file-locked', { name });
  const content = part(archive, 'content.xml');
  if (!content) throw new AppError('file-broken', { name });
  const scripts = archive.entries.filter(
    ({ path, isDirectory }) =>
      !isDirectory && /^(?:Basic|Scripts)\//.test(path) && !/\/(?:script|dialog)-l[bc]\.xml$/.test(path),
  );
  const gaps: Gap[] = [
    { why: 'macros', size: scripts.length },
    {
      why: 'unread-parts',
      size: archive.duplicates.length,
      sample: archive.duplicates.slice(0, 5).join(', '),
    },
  ];
  const styles = optional(archive, 'styles.xml', gaps);
  return { content, styles, object: (path) => optional(archive, `${path}/content.xml`, gaps), gaps };
}

function part(archive: Archive, path: string): XmlElement | undefined {
  const text = archive.text(path);
  return text === undefined ? undefined : parseXml(text, { namespaces });
}

function optional(archive: Archive, path: string, gaps: Gap[]): XmlElement | undefined {
  try {
    return part(archive, path);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'file-broken') throw error;
    gaps.push({ why: 'unread-parts', size: 1, sample: path });
    return undefined;
  }
}

/** The body of a document of this kind: `office:text`, `office:presentation`. */
export const bodyOf = (file: OpenFile, kind: string): XmlElement | undefined =>
  childOf(childOf(file.content, 'office:body'), kind);
