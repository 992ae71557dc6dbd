import { bundle } from './bundles.ts';
import { openTabs } from './pages.ts';
import { type TruthPage, truthPages } from './sets.ts';

/** A page as the judge sees it, block by block. */
export interface CollectedPage extends Omit<TruthPage, 'html'> {
  /** Text of each block. */
  texts: string[];
  /** Size of each block. */
  sizes: number[];
  /** Values of all features, block by block, and once more as they are where Readability was not asked. */
  values: Float32Array;
  unvoted: Float32Array;
}

const entry = `
import { readabilityChoice } from '@/utils/page/article';
import { flatten } from '@/utils/page/flatten';
import { normalize } from '@/utils/page/normalize';
import { layOut } from '@/utils/page/select/blocks';
import { features } from '@/utils/page/select/features';
import { pageSignals } from '@/utils/page/select/page-signals';
import { runThrough } from '@/utils/page/select/steps';
import { lookAround } from '@/utils/page/select/surroundings';

const packed = (values) => {
  const bytes = new Uint8Array(values.buffer);
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};
globalThis.featureNames = () => features.map(({ name }) => name);
globalThis.collect = async () => {
  const page = await flatten(document, {});
  normalize(page.document);
  const signals = pageSignals(page);
  const look = (votes) => {
    const layout = runThrough(layOut(page.document.body, votes));
    const scene = { layout, signals, around: runThrough(lookAround(layout)) };
    const values = Float32Array.from(layout.blocks.flatMap((block) => features.map(({ of }) => of(block, scene))));
    return { layout, values };
  };
  const { layout, values } = look(readabilityChoice(page.document));
  return {
    texts: layout.blocks.map(({ texts }) => texts.map(({ data }) => data).join(' ').replace(/\\s+/g, ' ')),
    sizes: layout.blocks.map(({ letters }) => letters.size),
    values: packed(values),
    unvoted: packed(look(undefined).values),
  };
};`;

/** Opens every page with ground truth and takes down what the judge sees of it. */
export async function collect(): Promise<{ names: string[]; pages: CollectedPage[] }> {
  const script = await bundle(entry);
  const tabs = await openTabs();
  const pages: CollectedPage[] = [];
  let names: string[] = [];
  try {
    await tabs.each(truthPages(), 2, async (tab, { html, ...page }) => {
      try {
        await tab.open(page.url, html());
        await tab.run(`${script};0`);
        names = await tab.run('featureNames()');
        const seen = await tab.run<CollectedPage & { values: string; unvoted: string }>('collect()');
        pages.push({ ...page, ...seen, values: unpacked(seen.values), unvoted: unpacked(seen.unvoted) });
      } catch (error) {
        console.log(`${page.kind} ${page.id}: ${String(error).split('\n')[0]}`);
      }
    });
  } finally {
    await tabs.close();
  }
  return { names, pages: pages.sort((one, other) => (one.id < other.id ? -1 : 1)) };
}

function unpacked(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
