/**
 * Milliseconds for which this thread has had the processor since it began: what else a computer does meanwhile is no
 * part of it, nor is waiting. For tests that hold the cost of work on this thread below a bound.
 */
export function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
