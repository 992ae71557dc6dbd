import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fixture, paragraphsOf } from '../../servers/paragraphs.ts';

/** A real page with the text that people marked as its main content. */
export interface TruthPage {
  id: string;
  /** Kind of page, e.g. `forum`; kinds of the second set begin with `zh-`. */
  kind: string;
  url: string;
  /** The page as served, read from disk when it is asked for. */
  html(): Buffer;
  truth: string;
}

const shared = resolve(import.meta.dirname, '../../../../shared/data');

/** Every page with ground truth that there is here; our own fixtures, loudly, when `../shared` is absent. */
export function truthPages(): TruthPage[] {
  // A page on which nobody marked anything can be neither kept nor lost.
  if (existsSync(shared)) return [...marked(), ...magic()].filter(({ truth }) => truth.trim() !== '');
  console.log(
    '!!! There is no ../shared/data: only our own few fixtures are measured, which says little. !!!',
  );
  return ['/article', '/zh-article', '/no-article'].map((path) => ({
    id: path.slice(1),
    kind: 'fixture',
    url: `https://fixture.test${path}`,
    html: () => Buffer.from(fixture(path) ?? ''),
    truth: paragraphsOf(path).join('\n\n'),
  }));
}

const compressed = (path: string) => () => gunzipSync(readFileSync(path));
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** The development pages of WCXB: seven kinds, thirty pages each. */
function marked(): TruthPage[] {
  const folder = `${shared}/pages`;
  return readdirSync(`${folder}/ground-truth`).map((file) => {
    const id = file.replace('.json', '');
    const { url: address, ground_truth, _internal } = json(`${folder}/ground-truth/${file}`);
    const url = URL.canParse(address) ? address : `https://${id}.test/`;
    const kind: string = _internal.page_type?.primary ?? _internal.page_type;
    return {
      id,
      kind,
      url,
      html: compressed(`${folder}/html/${id}.html.gz`),
      truth: ground_truth.main_content,
    };
  });
}

/** Half of magic-html's articles and forums, most of them Chinese. */
function magic(): TruthPage[] {
  return ['article', 'forum'].flatMap((kind) => {
    const folder = `${shared}/pages-zh/${kind}`;
    const truths: Record<string, { url: string; content: string }> = json(`${folder}/ground-truth.json`);
    return Object.entries(truths).map(([id, { url, content }]) => ({
      id,
      kind: `zh-${kind}`,
      url,
      html: compressed(`${folder}/html/${id}.html.gz`),
      truth: content,
    }));
  });
}
