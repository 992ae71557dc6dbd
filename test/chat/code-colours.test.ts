import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type ColoursReport, type ColoursRequest, createCodeColours } from '@/utils/chat/code-colours';

class FakeWorker {
  asked: ColoursRequest[] = [];
  onmessage?: (event: { data: ColoursReport }) => void;
  onerror?: () => void;
  ended = false;
  postMessage = (request: ColoursRequest) => this.asked.push(request);
  terminate = () => {
    this.ended = true;
  };
}

let workers: FakeWorker[];
const colours = () =>
  createCodeColours(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
const never = () => new AbortController().signal;
const lines = [[{ kind: 'keyword', text: 'const' }]];

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('asks one worker for every block, and lets it go when there has been no code for a while', async () => {
  const colour = colours();
  const [one, two] = [colour('const', 'ts', never()), colour('let', 'ts', never())];
  expect(workers).toHaveLength(1);
  const [worker] = workers as [FakeWorker];
  worker.onmessage?.({ data: { number: 2 } });
  worker.onmessage?.({ data: { number: 1, lines } });
  expect(await Promise.all([one, two])).toEqual([lines, undefined]);
  vi.advanceTimersByTime(59_000);
  expect(worker.ended).toBe(false);
  vi.advanceTimersByTime(2_000);
  expect(worker.ended).toBe(true);
  void colour('var', 'ts', never());
  expect(workers).toHaveLength(2);
});

it('takes back what is not wanted any more', async () => {
  const colour = colours();
  const abort = new AbortController();
  const gone = colour('const', 'ts', abort.signal);
  abort.abort();
  expect(await gone).toBeUndefined();
  expect(workers[0]?.asked).toEqual([{ number: 1, text: 'const', name: 'ts' }, { number: 1 }]);
  expect(await colour('const', 'ts', abort.signal)).toBeUndefined();
  expect(workers[0]?.asked).toHaveLength(2);
});

it('leaves code plain when the worker breaks down, and begins with a new one', async () => {
  const colour = colours();
  const plain = colour('const', 'ts', never());
  workers[0]?.onerror?.();
  expect(await plain).toBeUndefined();
  const next = colour('const', 'ts', never());
  workers[1]?.onmessage?.({ data: { number: 2, lines } });
  expect(await next).toEqual(lines);
});
