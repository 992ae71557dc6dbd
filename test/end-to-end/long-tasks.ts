import type { Page } from 'puppeteer-core';

export type Tasks = { read(): Promise<number[]> };

/** Collects tasks of 50 ms and more in a page, from now on: while one runs, nothing reacts. */
export async function watchTasks(page: Page): Promise<Tasks> {
  const meter = await page.evaluateHandle(() => {
    const durations: number[] = [];
    const note = (entries: PerformanceEntryList) =>
      durations.push(...entries.map(({ duration }) => duration));
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: 'longtask' });
    // A meter that shows nothing might be broken: the first task is one of its own.
    setTimeout(() => {
      for (const end = performance.now() + 60; performance.now() < end; );
    });
    return {
      durations,
      read: () => [...durations, ...observer.takeRecords().map(({ duration }) => duration)],
    };
  });
  await page.waitForFunction(({ durations }) => durations.length > 0, {}, meter);
  await meter.evaluate(({ durations }) => void durations.splice(0));
  return { read: () => meter.evaluate(({ read }) => read()) };
}

export async function report(what: string, tasks: Tasks): Promise<{ longest: number }> {
  const durations = await tasks.read();
  const longest = Math.round(Math.max(0, ...durations));
  const total = Math.round(durations.reduce((sum, duration) => sum + duration, 0));
  console.log(
    `${what}: longest task ${longest} ms, ${durations.length} of 50 ms and more, ${total} ms together`,
  );
  return { longest };
}
