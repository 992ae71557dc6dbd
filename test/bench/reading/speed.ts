import { article, type BigPage, bigPages } from './big-pages.ts';
import { bundleOurs, bundleRivals } from './bundles.ts';
import { openTabs, type Tab } from './pages.ts';

interface Timing {
  /** Milliseconds of processor time, the median of the runs; undefined when it did not end. */
  time?: number;
  /** Milliseconds of the longest task: so long the page does not react. */
  longest?: number;
}

const readers: Record<string, string> = {
  ours: "readOurs('article')",
  'Readability + Turndown': 'readReadability()',
  innerText: 'readInnerText()',
};
const runs = 3;

/** Watches tasks of 50 ms and more; the tick afterwards lets the last one be delivered. */
const watched = (code: string) => `(async () => {
  const durations = [0];
  const note = (entries) => durations.push(...entries.map(({ duration }) => duration));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await ${code};
  await new Promise((resolve) => setTimeout(resolve, 200));
  note(observer.takeRecords());
  observer.disconnect();
  return Math.max(...durations);
})()`;

/** Each run is on the page freshly opened: layout and caches of an earlier one would make it look quick. */
async function time(tab: Tab, script: string, page: BigPage, code: string): Promise<Timing> {
  const times: number[] = [];
  let longest = 0;
  for (let run = 0; run < runs; run++) {
    await tab.open('https://bench.test/', Buffer.from(page.html));
    await tab.run(`${script};document.body.offsetHeight`);
    try {
      const before = await tab.processorTime();
      longest = Math.max(longest, await tab.run<number>(watched(code)));
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
  console.log('processor time (median of three runs), and the longest task');
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
        console.log(`${page.name.padEnd(24)} ratio ${ratio.toFixed(2)}   ${cells.join('   ')}`);
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
