import type { FlatPage } from '../flat-page';
import {
  firstOf,
  heading,
  inline,
  leaveOut,
  leaveOutAll,
  make,
  outermost,
  siteContent,
  textOf,
} from './build';
import { codeBlock } from './github-code';
import { readThread } from './github-thread';
import type { Site, SiteContent } from './types';

/** Repositories, files, issues, pull requests, discussions, releases, commits, wikis and gists. */
export const github: Site = {
  id: 'github',
  hosts: ['github.com'],

  read(page) {
    const { hostname, pathname } = new URL(page.url);
    const parts = pathname.split('/').filter(Boolean);
    const [owner, repository, kind, ...rest] = parts;
    if (hostname === 'gist.github.com') return readThread(page, '');
    if (hostname !== 'github.com' && hostname !== 'www.github.com') return null;
    if (!owner || !repository) return null;
    switch (kind) {
      case undefined:
      case 'tree':
        return readRepository(page, [owner, repository, ...rest.slice(1)].join('/'));
      case 'blob':
        return readFile(page, rest.slice(1).join('/'));
      case 'issues':
      case 'pull':
      case 'discussions':
        return /^\d+$/.test(rest[0] ?? '') ? readThread(page, `#${rest[0]}`) : null;
      case 'commit':
      case 'compare':
      case 'releases':
        return readThread(page, '');
      case 'wiki':
        return readDocument(page, '#wiki-body .markdown-body, #wiki-content .markdown-body');
      default:
        return null;
    }
  },
};

/** What the repository says of itself, its files, and its README. */
function readRepository(page: FlatPage, name: string): SiteContent | null {
  const { document } = page;
  const readme = outermost(
    document,
    'article.markdown-body, [data-testid=readme] .markdown-body, #readme .markdown-body',
  );
  const names = [...document.querySelectorAll<HTMLAnchorElement>(fileNames)].filter(
    (link) => textOf(link) !== '',
  );
  if (readme.length === 0 && names.length === 0) return null;
  const about = firstOf(
    document,
    '[data-testid=repository-description]',
    '.Layout-sidebar p.f4',
    '.BorderGrid-cell p.f4',
    'p.f4.my-3',
    '[itemprop=about]',
  );
  const content = make(page, 'article', heading(page, 1, decoded(name)));
  if (about) content.append(make(page, 'p', inline(page, about)));
  if (names.length > 0) {
    content.append(make(page, 'ul', ...names.map((link) => make(page, 'li', link))));
  }
  content.append(...readme);
  return siteContent(content, name);
}

/** A row has two cells with its name, for wide and for narrow windows; one of them is shown. */
const fileNames = [
  '.react-directory-row-name-cell-large-screen a',
  '[role=row].js-navigation-item [role=rowheader] a',
].join(', ');

function readDocument(page: FlatPage, selector: string): SiteContent | null {
  const bodies = outermost(page.document, selector);
  const title = firstOf(page.document, '.gh-header-title', 'h1');
  if (bodies.length === 0) return null;
  const name = textOf(title);
  return siteContent(make(page, 'article', title && heading(page, 1, title), ...bodies), name);
}

const lineOfCode = '.react-file-line, .react-code-text, td.blob-code-inner, .js-file-line';

/**
 * A file. The text of code stands in a text area above the lines that are drawn, whole even when only the lines in
 * view are drawn (and those may be drawn from attributes, without text).
 */
function readFile(page: FlatPage, path: string): SiteContent | null {
  const { document } = page;
  const name = decoded(path);
  const content = make(page, 'article', heading(page, 1, name));
  const drawn = outermost(document, lineOfCode);
  const code = codeOf(page);
  if (code) {
    // The drawn lines are the same text a second time.
    leaveOutAll(page, drawn);
    content.append(codeBlock(page, name, [code]));
    return siteContent(content, name);
  }
  if (drawn.length > 0) {
    const missing = statedLines(document) - drawn.length;
    const lines = drawn.flatMap((line) => [...line.childNodes, endOf(line)]);
    content.append(codeBlock(page, name, lines));
    return siteContent(content, name, missing > 0 ? [{ why: 'not-loaded', size: missing }] : []);
  }
  const rendered = outermost(
    document,
    'article.markdown-body, .markdown-body, .js-csv-data, .blob-wrapper pre',
  );
  if (rendered.length === 0) return null;
  for (const body of rendered) leaveOut(page, body, 'td.blob-num');
  content.append(...rendered);
  return siteContent(content, name);
}

const endOf = (line: Element) => (line.textContent?.endsWith('\n') ? '' : '\n');

/** The flat page has no text that is transparent, as that of the text area is; its value is on the live page. */
function codeOf(page: FlatPage): Node | string | undefined {
  const area = page.document.querySelector(
    '#read-only-cursor-text-area, [data-testid=read-only-cursor-text-area]',
  );
  if (!area) return undefined;
  const value = (page.liveOf(area) as HTMLTextAreaElement | undefined)?.value ?? '';
  const texts = make(page, 'span', ...area.childNodes);
  return (texts.textContent ?? '').length >= value.length && textOf(texts) ? texts : value;
}

/** “1,204 lines (1,100 loc)” above the code. */
function statedLines(document: Document): number {
  const info = firstOf(document, '[data-testid=blob-size]', '.file-info', '[class*=CodeSizeDetails]');
  return Number(/([\d,]{1,12}) lines/.exec(textOf(info))?.[1]?.replaceAll(',', '') ?? 0);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
