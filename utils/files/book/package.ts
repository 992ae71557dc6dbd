/** The package of an EPUB: where its parts are, in which order they are read, and what is locked. */

import { AppError } from '../../errors';
import type { Archive } from '../archive';
import { safely } from '../archive/safely';
import { parseXml, type XmlElement } from '../markup';

export interface Part {
  /** In the archive. */
  path: string;
  mediaType: string;
  /** Read on its own, as notes in a window of theirs; it stands in no row of pages. */
  isAside: boolean;
}

export interface BookPackage {
  title?: string;
  authors: string[];
  language?: string;
  /** In the order of reading. */
  spine: Part[];
  /** The path of the navigation of EPUB 3, and of EPUB 2. */
  navigation?: string;
  index?: string;
  /** What the package names and the archive has not. */
  missing: string[];
  /** True when there is no package, and parts are read in the order of their names. */
  isGuessed: boolean;
}

export const namespaces = {
  'http://www.idpf.org/2007/opf': '',
  'http://openebook.org/namespaces/oeb-package/1.0/': '',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/elements/1.0/': 'dc',
  'urn:oasis:names:tc:opendocument:xmlns:container': '',
  'http://www.w3.org/2001/04/xmlenc#': 'enc',
  'http://www.daisy.org/z3986/2005/ncx/': '',
};

const elements = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  (parent?.children ?? []).filter(
    (child): child is XmlElement => typeof child !== 'string' && child.name.toLowerCase() === name,
  );
const first = (parent: XmlElement | undefined, name: string) => elements(parent, name)[0];

/** The words in an element, however deep. */
export function words(root: XmlElement | undefined): string {
  const pieces: string[] = [];
  const stack: (XmlElement | string)[] = root ? [root] : [];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') pieces.push(node);
    else
      for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index] ?? '');
  }
  return pieces.join('').replace(/\s+/g, ' ').trim();
}

/** Elements of this name at any depth, in order. */
export function findAll(root: XmlElement | undefined, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const stack: (XmlElement | string)[] = root ? [root] : [];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') continue;
    if (node.name === name) found.push(node);
    for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index] ?? '');
  }
  return found;
}

/** A path in the archive and the place in the file, as a link of a file in `folder` names them. */
export function resolve(href: string, folder: string): { path: string; fragment: string } {
  const [address = '', fragment = ''] = href.split('#');
  const parts = address.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const part of decoded(address.split('?')[0] ?? '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return { path: parts.join('/'), fragment: decoded(fragment) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const isPage = ({ mediaType, path }: { mediaType: string; path: string }): boolean =>
  /xhtml|html|x-dtbook|oeb1-document/.test(mediaType) || /\.x?html?$/i.test(path);

/**
 * Reads the package, or guesses one where there is none that can be read.
 * @throws AppError file-locked when chapters are locked, file-broken when there is nothing to read
 */
export function readPackage(archive: Archive, name: string): BookPackage {
  const path = packagePath(archive);
  const text = path === undefined ? undefined : safely(() => archive.text(path));
  const root = text === undefined ? undefined : parseXml(text, { namespaces });
  const book = root && path !== undefined ? packageOf(root, path, archive) : undefined;
  const result =
    book && book.spine.length > 0 ? book : { ...(book ?? guessed(archive)), ...guessedSpine(archive) };
  refuseLocked(archive, result, name);
  if (result.spine.length === 0) throw new AppError('file-broken', { name });
  return result;
}

function packagePath(archive: Archive): string | undefined {
  const container = safely(() => archive.text('META-INF/container.xml'));
  const roots = container === undefined ? [] : findAll(parseXml(container, { namespaces }), 'rootfile');
  const said = roots
    .map(({ attributes }) => resolve(attributes['full-path'] ?? '', '').path)
    .find((path) => path && archive.has(path));
  return said ?? archive.entries.find(({ path }) => /\.opf$/i.test(path))?.path;
}

function packageOf(root: XmlElement, path: string, archive: Archive): BookPackage {
  const folder = folderOf(path);
  const manifest = new Map<string, Part & { properties: string; fallback?: string }>();
  for (const { attributes } of elements(first(root, 'manifest'), 'item')) {
    const { id, href, fallback } = attributes;
    if (!id || !href || manifest.has(id)) continue;
    manifest.set(id, {
      path: resolve(href, folder).path,
      mediaType: (attributes['media-type'] ?? '').toLowerCase(),
      isAside: false,
      properties: attributes.properties ?? '',
      ...(fallback ? { fallback } : {}),
    });
  }
  const items = [...manifest.values()];
  const spineElement = first(root, 'spine');
  const missing: string[] = [];
  const spine: Part[] = [];
  const taken = new Set<string>();
  for (const { attributes } of elements(spineElement, 'itemref')) {
    const item = readable(manifest, attributes.idref);
    if (!item || !archive.has(item.path)) missing.push(item?.path ?? attributes.idref ?? '');
    else if (!taken.has(item.path)) {
      taken.add(item.path);
      spine.push({ path: item.path, mediaType: item.mediaType, isAside: attributes.linear === 'no' });
    }
  }
  const metadata = first(root, 'metadata');
  const dublin = first(metadata, 'dc-metadata') ?? metadata;
  const title = words(first(dublin, 'dc:title'));
  const language = words(first(dublin, 'dc:language'));
  const navigation = items.find(({ properties }) => /\bnav\b/.test(properties))?.path;
  const index = (
    manifest.get(spineElement?.attributes.toc ?? '') ??
    items.find(({ mediaType }) => /dtbncx/.test(mediaType))
  )?.path;
  return {
    ...(title ? { title } : {}),
    authors: elements(dublin, 'dc:creator').map(words).filter(Boolean),
    ...(/^[a-z]{2,3}(-[\w-]{1,20})?$/i.test(language) ? { language } : {}),
    spine,
    ...(navigation ? { navigation } : {}),
    ...(index ? { index } : {}),
    missing,
    isGuessed: false,
  };
}

/** An item of the manifest, or what it names to be read in its place by programs that cannot show it. */
function readable<Item extends Part & { fallback?: string }>(
  manifest: Map<string, Item>,
  id = '',
): Item | undefined {
  const item = manifest.get(id);
  const seen = new Set<Item>();
  for (let one = item; one && !seen.has(one); one = manifest.get(one.fallback ?? '')) {
    if (isPage(one)) return one;
    seen.add(one);
  }
  return item;
}

const guessed = (archive: Archive): BookPackage => {
  const pathOf = (pattern: RegExp) => archive.entries.find(({ path }) => pattern.test(path))?.path;
  const index = pathOf(/\.ncx$/i);
  const navigation = pathOf(/(^|\/)nav\.x?html$/i);
  return {
    authors: [],
    spine: [],
    missing: [],
    isGuessed: true,
    ...(index ? { index } : {}),
    ...(navigation ? { navigation } : {}),
  };
};

/** Every page of the archive: as a rule they are named in the order of reading. */
function guessedSpine(archive: Archive): Pick<BookPackage, 'spine' | 'isGuessed'> {
  const paths = archive.entries.map(({ path }) => path).filter((path) => /\.x?html?$/i.test(path));
  const order = new Intl.Collator('en', { numeric: true });
  paths.sort((a, b) => order.compare(a, b));
  return { spine: paths.map((path) => ({ path, mediaType: '', isAside: false })), isGuessed: true };
}

/** Fonts are often made unusable outside of their book, which hides no words (EPUB 3.3, 4.3; Adobe's way). */
const fontsOnly = /^(http:\/\/www\.idpf\.org\/2008\/embedding|http:\/\/ns\.adobe\.com\/pdf\/enc#RC)$/;

function refuseLocked(archive: Archive, { spine }: BookPackage, name: string): void {
  const text = safely(() => archive.text('META-INF/encryption.xml'));
  if (text === undefined) return;
  const pages = new Set(spine.map(({ path }) => path));
  for (const data of findAll(parseXml(text, { namespaces }), 'enc:EncryptedData')) {
    const algorithm = findAll(data, 'enc:EncryptionMethod')[0]?.attributes.Algorithm ?? '';
    if (fontsOnly.test(algorithm)) continue;
    const reference = findAll(data, 'enc:CipherReference')[0]?.attributes.URI ?? '';
    if (pages.has(resolve(reference, '').path)) throw new AppError('file-locked', { name });
  }
}
