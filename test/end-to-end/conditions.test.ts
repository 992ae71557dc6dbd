/** The panel under forced colours, in larger type, and from right to left. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atRest, overflow, violations } from './axe.ts';
import { connectModel, find, openPanelOn, press, see, summarize, waitForAnswerEnd } from './steps.ts';
import { startWorld, type World } from './world.ts';

const answer = `**The claim.** The habit is old: “The habit is 211 years old.” ¶3

| Mill | Fall | Output | Pays back |
|---|--:|--:|---|
| Carrow | 2.1 m | 412 | 11 years |

- one ¶2
- two, see [a page](https://example.org/a)`;

let world: World;
let panel: Page;

beforeAll(async () => {
  world = await startWorld();
  world.model.always({ text: answer });
  await connectModel(world.harness, { baseUrl: world.model.baseUrl });
  panel = (await openPanelOn(world.harness, `${world.pages.origin}/article`)).panel;
  await summarize(panel);
  await waitForAnswerEnd(panel);
  await (await find(panel, 'Source ¶3, show quote', 'link')).click();
  await see(panel, 'Show in page');
});
afterAll(() => world?.close());

/** Everything that opens over the panel or in its place, one after the other. */
async function everyScreen(look: (name: string) => Promise<void>): Promise<void> {
  await look('chat');
  await (await panel.waitForSelector('button[aria-label$="What the model will read"]'))?.click();
  await find(panel, 'What the model will read', 'dialog');
  await atRest(panel);
  await look('sources');
  await panel.keyboard.press('Escape');
  await press(panel, 'History');
  await panel.waitForSelector('.chat-open');
  await look('history');
  await press(panel, 'Back');
}

it('shows the same words and states under forced colours', async () => {
  const session = await panel.createCDPSession();
  const emulate = (features: { name: string; value: string }[]) =>
    session.send('Emulation.setEmulatedMedia', { features });
  await emulate([
    { name: 'forced-colors', value: 'active' },
    { name: 'prefers-color-scheme', value: 'dark' },
  ]);
  try {
    const styleOf = (selector: string) =>
      panel.$eval(selector, (element) => {
        const { color, backgroundColor, borderTopStyle } = getComputedStyle(element);
        return { color, backgroundColor, borderTopStyle };
      });
    // Words that this mode draws in the colour of a mark lie on the mark, and not on what is under it.
    for (const selector of ['.quote-words mark', '.citation[aria-expanded="true"]']) {
      const { color, backgroundColor } = await styleOf(selector);
      expect(backgroundColor).not.toMatch(/^rgba\(.*, 0\)$|transparent/);
      expect({ selector, color }).not.toEqual({ selector, color: backgroundColor });
    }
    // What is told apart by a colour otherwise has an edge.
    for (const selector of ['.quote-card', '.quote-card .button-solid'])
      expect((await styleOf(selector)).borderTopStyle).toBe('solid');
    await everyScreen(async (name) => {
      // The colours are the user's own; axe judges those that the page asked for.
      const found = (await violations(panel)).filter((line) => !line.startsWith('color-contrast'));
      expect({ name, found }).toEqual({ name, found: [] });
    });
  } finally {
    await emulate([]);
    await session.detach();
  }
});

it('fits in type of twice the size', async () => {
  await panel.evaluate(() => document.documentElement.style.setProperty('font-size', '32px'));
  for (const width of [320, 480]) {
    await world.harness.setPanelWidth(panel, width);
    await everyScreen(async (name) =>
      expect({ name, width, over: await overflow(panel) }).toEqual({ name, width, over: 0 }),
    );
  }
  await panel.evaluate(() => document.documentElement.style.removeProperty('font-size'));
});

it('is mirrored from right to left, and fits', async () => {
  const places = () =>
    panel.$$eval('.panel-header button, .send-button, .context-meter', (elements) =>
      elements.map((element) => Math.round(element.getBoundingClientRect().left)),
    );
  await world.harness.setPanelWidth(panel, 360);
  const [first = 0, ...before] = await places();
  const last = before.at(-1) ?? 0;
  await panel.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  const [firstNow = 0, ...after] = await places();
  expect(firstNow > (after[0] ?? 0)).toBe(first < (before[0] ?? 0));
  expect(after.at(-1)).not.toBe(last);
  await everyScreen(async (name) => {
    expect({ name, over: await overflow(panel) }).toEqual({ name, over: 0 });
    expect({ name, found: await violations(panel) }).toEqual({ name, found: [] });
  });
  // An answer keeps the direction of its own words, and so does a citation.
  expect(await panel.$eval('.answer .citation', (element) => getComputedStyle(element).direction)).toBe(
    'ltr',
  );
});
