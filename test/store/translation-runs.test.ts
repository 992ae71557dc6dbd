import { afterEach, describe, expect, it } from 'vitest';
import { type ServedRun, sendCommand, serveRun, textsOf, watchRuns } from '@/utils/store/translation-runs';
import type { RunCommand, TranslationRun } from '@/utils/translate/run-types';

const runWith = (over: Partial<TranslationRun> = {}): TranslationRun => ({
  id: crypto.randomUUID(),
  tabId: 7,
  windowId: 1,
  place: 'page',
  url: 'https://example.org/',
  title: 'Minutes',
  lang: 'zh-Hans',
  display: 'both',
  stage: 'opening',
  terms: 0,
  inconsistent: [],
  ...over,
});

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function serve(run: TranslationRun): ServedRun & { commands: RunCommand[] } {
  const commands: RunCommand[] = [];
  const texts = { units: [{ id: 1, text: 'The chair', kind: 'text' as const }], translations: [] };
  const served = serveRun(run, { command: (command) => commands.push(command), texts: () => texts });
  stops.push(served.close);
  return { ...served, commands };
}

function watch() {
  let runs: ReadonlyMap<number, TranslationRun> = new Map();
  const stop = watchRuns((next) => {
    runs = next;
  });
  stops.push(stop);
  return { at: (tabId: number) => runs.get(tabId), stop };
}

const until = async (isTrue: () => unknown) => {
  for (const end = Date.now() + 2_000; !isTrue() && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isTrue()).toBeTruthy();
};

describe('runs of translations', () => {
  it('are told to who listens already and to who comes later', async () => {
    const early = watch();
    const run = runWith();
    const served = serve(run);
    await until(() => early.at(7)?.id === run.id);
    served.publish({ ...run, stage: 'translating', terms: 3 });
    const late = watch();
    await until(() => early.at(7)?.terms === 3 && late.at(7)?.terms === 3);
  });

  it('take commands meant for them and no others', async () => {
    const [one, other] = [runWith(), runWith({ tabId: 8 })];
    const [first, second] = [serve(one), serve(other)];
    sendCommand(one.id, { type: 'pause' });
    sendCommand(one.id, { type: 'display', display: 'translation' });
    await until(() => first.commands.length === 2);
    expect(first.commands).toEqual([{ type: 'pause' }, { type: 'display', display: 'translation' }]);
    expect(second.commands).toEqual([]);
  });

  it('are gone when they end; the run that began last is the one of its tab', async () => {
    const seen = watch();
    const [one, two] = [runWith(), runWith()];
    const first = serve(one);
    await until(() => seen.at(7)?.id === one.id);
    const second = serve(two);
    await until(() => seen.at(7)?.id === two.id);
    first.close();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seen.at(7)?.id).toBe(two.id);
    second.close();
    await until(() => seen.at(7) === undefined);
  });

  it('give their texts when they are asked for', async () => {
    const run = runWith();
    serve(run);
    expect(await textsOf(run.id)).toMatchObject({ units: [{ id: 1, text: 'The chair' }] });
  });
});
