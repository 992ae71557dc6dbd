import { article, type BigPage, bigPages } from './big-pages.ts';
import { bundleOurs, bundleRivals } from './bundles.ts';
import { openTabs, type Tab } from './pages.ts';

interface Timing {
  /** Milliseconds of processor time, the median of the runs; undefined when it did not end. */
  time?: number;
  /**
   * Milliseconds of processor time of the longest task, the least of the runs: so long the page does not react. What
   * else the machine does only ever makes it longer.
   */
  longest?: number;
}

const readers: Record<string, string> = {
  ours: "readOurs('article')",
  'Readability + Turndown': 'readReadability()',
  innerText: 'readInnerText()',
};
const runs = 3;

/** Each run is on the page freshly opened: layout and caches of an earlier one would make it look quick. */
async function time(tab: Tab, script: string, page: BigPage, code: string): Promise<Timing> {
  const times: number[] = [];
  let longest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    await tab.open('https://bench.test/', Buffer.from(page.html));
    await tab.run(`${script};document.body.offsetHeight`);
    try {
      const before = await tab.processorTime();
      longest = Math.min(longest, await tab.longestTask(() => tab.run(`${code}.then(() => 0)`)));
      times.push((await tab.processorTime()) - before);
    } catch {
      return {};
    }
  }
  return { time: times.sort((one, other) => one - other)[Math.floor(runs / 2)], longest };
}

/** Slope of log(time) over log(size): 1 is linear. */
function exponent(points: { size: number; time: number }[]): number {
  const xs = points.map(({ size }) => Math.log(size));
  const ys = points.map(({ time: spent }) => Math.log(spent));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const above = xs.reduce((sum, value, index) => sum + (value - x) * ((ys[index] ?? 0) - y), 0);
  return above / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}

const milliseconds = (value: number | undefined) =>
  (value === undefined ? 'not ended' : `${Math.round(value)} ms`).padStart(10);

/** Prints what reading big pages costs, as a ratio to other readers, and how it grows. */
export async function measureSpeed() {
  const script = (await bundleOurs()) + (await bundleRivals());
  const tabs = await openTabs();
  const growth: { size: number; time: number }[] = [];
  const sizes = [10_000, 100_000, 1_000_000, 10_000_000];
  console.log('processor time (median of three runs), and of the longest task (least of three runs)');
  try {
    await tabs.each(
      [...bigPages(), ...sizes.map((size) => ({ ...article(size), size }))],
      1,
      async (tab, page) => {
        const timings: Record<string, Timing> = {};
        for (const [reader, code] of Object.entries(readers)) {
          // Others need minutes for the largest page.
          const isTooLong = reader.startsWith('Readability') && page.html.length > 5_000_000;
          timings[reader] = isTooLong ? {} : await time(tab, script, page, code);
        }
        const ours = timings.ours?.time;
        if ('size' in page && ours) growth.push({ size: Number(page.size), time: ours });
        const ratio = (ours ?? Number.NaN) / (timings['Readability + Turndown']?.time ?? Number.NaN);
        const cells = Object.entries(timings).map(
          ([reader, timing]) => `${reader}${milliseconds(timing.time)}${milliseconds(timing.longest)}`,
        );
        const longest = milliseconds(timings.ours?.longest);
        console.log(
          `${page.name.padEnd(24)} ratio ${ratio.toFixed(2)}   longest task${longest}   ${cells.join('   ')}`,
        );
      },
    );
  } finally {
    await tabs.close();
  }
  // Below a hundred thousand characters the cost of starting hides the growth.
  console.log(
    `growth: time ~ size^${exponent(growth.slice(1)).toFixed(2)} from 100,000 to 10,000,000 characters (from 10,000: ${exponent(growth).toFixed(2)})`,
  );
}
