import { expect, it } from 'vitest';
import { messageText } from '@/utils/context/compose';
import { connectionTo } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';
import { tenChoices } from '../fixtures/ten-choices';
import { commonPrefix } from '../fixtures/ten-questions';

it('keeps every byte of the request before, but for what is taken out or brought back', async () => {
  const sources = await Promise.all(
    ['tide', 'wind', 'moon', 'storm', 'calm'].map((name) =>
      measuredSource(
        Array.from(
          { length: 30 },
          (_, index) => `Paragraph ${index} says what the ${name} does to the lamps.`,
        ),
        { title: name },
      ),
    ),
  );
  const endless = { model: { id: 'm', name: 'M', window: Number.POSITIVE_INFINITY } };
  const steps = await tenChoices(sources, connectionTo(undefined, endless));
  expect(steps).toHaveLength(10);
  for (const [index, { done, promised, request }] of steps.entries()) {
    const before = steps[index - 1]?.request;
    if (!before) continue;
    if (promised === 'all') {
      const bytes = JSON.stringify(before.messages).slice(0, -1);
      expect(JSON.stringify(request.messages).startsWith(bytes), done).toBe(true);
      continue;
    }
    const [then, now] = [before, request].map(({ messages }) => messages.map(messageText).join('\n'));
    const kept = then?.slice(0, commonPrefix(then ?? '', now ?? '')) ?? '';
    const start = then?.indexOf(`<document index="${promised.before}"`) ?? -1;
    expect(start).toBeGreaterThan(0);
    expect(kept.length, done).toBeGreaterThanOrEqual(start);
  }
  // The tenth question has all five again, and what was asked with a scope keeps its line.
  const last = steps.at(-1)?.request.messages.map(messageText).join('\n') ?? '';
  expect(steps.at(-1)?.request.documents).toHaveLength(5);
  expect(last).toContain('About document 3 only. Leave the others aside.\nQuestion 4:');
  expect(last).toContain('About documents 2 to 5 only. Leave the others aside.\nQuestion 7:');
  expect(last).not.toContain('left_out');
});
