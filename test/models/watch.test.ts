import { describe, expect, it, vi } from 'vitest';
import { patienceFor, Watch } from '@/utils/models/watch';
import { aRequest, connectionTo } from '../fixtures/models';

describe('patience', () => {
  const minutes = (value: number) => value * 60_000;

  it('is ten minutes with a vendor that thinks, one once it writes', () => {
    expect(patienceFor(aRequest(), connectionTo())).toEqual({
      beforeWords: minutes(10),
      betweenWords: minutes(1),
    });
  });

  it('is longer with a computer of one’s own, the longer the more it has to read', () => {
    const local = connectionTo('http://localhost:11434');
    expect(patienceFor(aRequest(), local).beforeWords).toBe(minutes(5));
    expect(patienceFor({ ...aRequest(), inputTokens: 100_000 }, local).beforeWords).toBe(
      minutes(5) + 2_000_000,
    );
    const provider = { ...connectionTo().provider, localAddresses: ['http://192.168.0.9:11434'] };
    expect(patienceFor(aRequest(), connectionTo(undefined, { provider })).beforeWords).toBe(minutes(5));
  });
});

describe('a watch', () => {
  const patience = { beforeWords: 120_000, betweenWords: 12_000 };

  async function stalledAfter(milliseconds: number, live: (watch: Watch) => void): Promise<boolean> {
    vi.useFakeTimers();
    try {
      const watch = new Watch(patience, connectionTo());
      let stalled = false;
      void watch.stalled.then(() => {
        stalled = true;
      });
      live(watch);
      await vi.advanceTimersByTimeAsync(milliseconds);
      watch.stop();
      return stalled;
    } finally {
      vi.useRealTimers();
    }
  }

  it('waits before the first word, and less once there are words', async () => {
    expect(await stalledAfter(119_000, () => {})).toBe(false);
    expect(await stalledAfter(121_000, () => {})).toBe(true);
    expect(await stalledAfter(11_000, (watch) => watch.writing())).toBe(false);
    expect(await stalledAfter(13_000, (watch) => watch.writing())).toBe(true);
  });

  it('takes whatever arrives for a sign of life', async () => {
    const beating = (watch: Watch) => {
      const timer = setInterval(watch.beat, 30_000);
      setTimeout(() => clearInterval(timer), 200_000);
    };
    expect(await stalledAfter(200_000, beating)).toBe(false);
    expect(await stalledAfter(400_000, beating)).toBe(true);
  });

  it('says how long it waited', async () => {
    vi.useFakeTimers();
    const watch = new Watch(patience, connectionTo());
    watch.writing();
    await vi.advanceTimersByTimeAsync(12_000);
    vi.useRealTimers();
    expect((await watch.stalled).toTrouble()).toMatchObject({
      code: 'stalled',
      facts: { seconds: 12, provider: 'Example AI' },
    });
  });
});
