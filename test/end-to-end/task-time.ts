import type { Page } from 'puppeteer-core';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds for which the thread had the processor. */
  tdur?: number;
}

/** Says on which thread the page runs. */
const mark = 'the thread of the page';

/**
 * The longest task of a page while something is done, in milliseconds for which its thread had the processor: what else
 * the computer does meanwhile is no part of it.
 */
export async function longestTask(page: Page, work: () => Promise<void>): Promise<number> {
  await page.tracing.start({
    categories: ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await page.evaluate((name) => console.timeStamp(name), mark);
  await work();
  const bytes = await page.tracing.stop();
  const { traceEvents } = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as {
    traceEvents: (TraceEvent & { args?: { data?: { message?: string } } })[];
  };
  const thread = traceEvents.find(({ name, args }) => name === 'TimeStamp' && args?.data?.message === mark);
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name === 'RunTask' && pid === thread?.pid && tid === thread.tid,
  );
  // A meter that shows nothing might be broken.
  const durations = tasks.flatMap(({ tdur }) => tdur ?? []);
  if (durations.length === 0) throw new Error('No task of the page was seen.');
  return Math.round(Math.max(...durations) / 1_000);
}
