import type { Page } from 'puppeteer-core';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of the thread: what else the computer does meanwhile is no part of it. */
  tdur?: number;
  args?: { name?: string; data?: { pid?: number } };
}

/**
 * Milliseconds of processor time of the longest task of a page's main thread while `work` was under way, and of all
 * tasks together.
 */
export async function measureTasks(
  page: Page,
  work: () => Promise<unknown>,
): Promise<{ longest: number; total: number }> {
  await page.tracing.start({ categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await work();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as {
    traceEvents: TraceEvent[];
  };
  const renderers = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const durations = traceEvents
    .filter(
      ({ name, pid, tid, tdur }) =>
        name === 'RunTask' && tdur && renderers.some((one) => one.pid === pid && one.tid === tid),
    )
    .map(({ tdur = 0 }) => tdur / 1_000);
  return { longest: Math.max(0, ...durations), total: durations.reduce((sum, one) => sum + one, 0) };
}
