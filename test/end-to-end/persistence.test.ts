import { setTimeout } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer } from '../servers/model-server.ts';
import { startPageServer } from '../servers/page-server.ts';
import { type Harness, launch } from './harness.ts';
import { createProfile, removeProfile } from './profile.ts';
import {
  answerText,
  ask,
  closePanel,
  connectModel,
  exactMessages,
  find,
  named,
  openPanel,
  openPanelOn,
  press,
  pressText,
  screenshot,
  screenText,
  see,
  summarize,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { closePanels, startWorld, type World } from './world.ts';

const interrupted = 'The answer stopped here when the panel was closed.';
const title = 'The Last Keepers of the Tide Book';

/** Words that are all different, so that a lost or doubled piece shows. */
const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index + 1}`).join(' ');

/** A minute of text, ten characters at a time. */
const slow = { text: words(3_000), chunkCharacters: 10, chunkDelay: 25 };

describe('a browser that goes on', () => {
  let world: World;
  const openArticle = () => world.openArticle();

  beforeAll(async () => {
    world = await startWorld();
    await connectModel(world.harness, { baseUrl: world.model.baseUrl });
  });
  afterEach(() => world.tidy());
  afterAll(() => world.close());

  it('shows the whole chat again when the panel was closed and opened', async () => {
    world.model.next({ text: 'First answer ¶2.' }, { text: 'Second answer ¶4.' });
    const { page, panel } = await openArticle();
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await ask(panel, 'And the second?');
    await waitForAnswerEnd(panel);
    const shown = withoutAnnouncement(await screenText(panel));
    await closePanel(world.harness, panel);
    const again = await openPanel(world.harness, page);
    await see(again, 'Second answer ¶4.');
    expect(withoutAnnouncement(await screenText(again))).toBe(shown);
    await press(again, 'Source ¶4, show quote', 'link');
    await see(again, 'The book is in fact thirty-eight books');
  });

  it('sends the same bytes again although the same words were read at another address before', async () => {
    const first = await openArticle();
    await summarize(first.panel);
    await waitForAnswerEnd(first.panel);
    await closePanel(world.harness, first.panel);
    const { page, panel } = await openArticle();
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await closePanel(world.harness, panel);
    const again = await openPanel(world.harness, page);
    await pressText(again, 'What was sent');
    await press(again, 'See the exact text');
    await see(again, 'This is byte for byte what was sent.');
    await press(again, 'Back');
    await ask(again, 'And then?');
    await waitForAnswerEnd(again);
    const [other, before, after] = world.model.requests;
    expect(after?.body.messages?.slice(0, 2)).toEqual(before?.body.messages);
    expect(before?.body.messages).not.toEqual(other?.body.messages);
  });

  it('keeps what had arrived when the panel was closed while it streamed', async () => {
    world.model.always(slow);
    const { page, panel } = await openArticle();
    await summarize(panel);
    await waitForAnswer(panel, 'word20');
    await closePanel(world.harness, panel);
    expect(await (await world.model.request(0)).ended).toBe('closed-by-client');
    const again = await openPanel(world.harness, page);
    await see(again, interrupted);
    expect(slow.text.startsWith(await answerText(again))).toBe(true);
    expect(await answerText(again)).toContain('word20');
  });

  it('keeps the text and hangs up when Stop is pressed', async () => {
    world.model.always(slow);
    const { panel } = await openArticle();
    await summarize(panel);
    await waitForAnswer(panel, 'word30');
    await press(panel, 'Stop');
    expect(await (await world.model.request(0)).ended).toBe('closed-by-client');
    await see(panel, 'Stopped by you. What arrived is kept above.');
    const kept = await answerText(panel);
    expect(kept).toContain('word30');
    expect(slow.text.startsWith(kept)).toBe(true);
    await screenshot(panel, 'stopped');

    world.model.always({ text: ' and the rest.' });
    await press(panel, 'Continue from there');
    await waitForAnswer(panel, 'and the rest.');
    expect((await answerText(panel)).startsWith(kept)).toBe(true);
    await waitForAnswerEnd(panel);

    await pressText(panel, 'What was sent');
    await see(panel, 'Part 2');
    const exact = await panel.$$(named('See the exact text', 'button'));
    expect(exact).toHaveLength(2);
    await exact[1]?.click();
    await see(panel, 'This is byte for byte what was sent.');
    const second = await world.model.request(1);
    expect(await exactMessages(panel)).toEqual(second.body.messages?.map(({ content }) => content));
  });

  it('keeps the earlier answer when it answers again', async () => {
    world.model.next({ text: 'The one.' }, { text: 'The other.' });
    const { page, panel } = await openArticle();
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await press(panel, 'Answer again');
    await waitForAnswer(panel, 'The other.');
    await see(panel, '2 of 2');
    await press(panel, 'Earlier answer');
    await see(panel, '1 of 2');
    expect(await answerText(panel)).toBe('The one.');
    const [one, other] = world.model.requests;
    expect(other?.body.messages).toEqual(one?.body.messages);

    await closePanel(world.harness, panel);
    const again = await openPanel(world.harness, page);
    await see(again, '2 of 2');
    expect(await answerText(again)).toBe('The other.');
    await press(again, 'Earlier answer');
    await see(again, '1 of 2');
    expect(await answerText(again)).toBe('The one.');
  });

  it('lists chats, opens one, deletes one and takes that back', async () => {
    world.model.next({ text: 'About the tide.' }, { text: '说的是渡口。' });
    const english = await openArticle();
    await summarize(english.panel);
    await waitForAnswerEnd(english.panel);
    await closePanel(world.harness, english.panel);
    const { panel } = await openPanelOn(world.harness, `${world.pages.origin}/zh-article`);
    const chinese = await panel.$eval('section[aria-label="This page"] h2', (heading) => heading.textContent);
    await summarize(panel);
    await waitForAnswerEnd(panel);

    await press(panel, 'History');
    await find(panel, `More for “${chinese}”`, 'button');
    const before = await entries(panel);
    expect(before[0]).toContain(chinese);
    expect(before[1]).toContain(title);
    await screenshot(panel, 'history');
    await pressText(panel, before[1] ?? '');
    await see(panel, 'About the tide.');

    await press(panel, 'History');
    await press(panel, `More for “${chinese}”`);
    await press(panel, 'Delete', 'menuitem');
    await see(panel, `“${chinese}” was deleted.`);
    await until(async () => (await entries(panel)).join() === before.slice(1).join(), 'it is gone', panel);
    await press(panel, 'Undo');
    await until(async () => (await entries(panel)).join() === before.join(), 'it is back', panel);
    await pressText(panel, before[0] ?? '');
    await see(panel, '说的是渡口。');
  });
});

describe('a browser that is killed', () => {
  let profile: string;
  let harness: Harness;
  let servers: Pick<World, 'pages' | 'model'>;
  const start = () => launch({ profile, grant: ['http://127.0.0.1/*'] });

  beforeAll(async () => {
    profile = createProfile();
    servers = { pages: await startPageServer(), model: await startModelServer() };
    harness = await start();
    await connectModel(harness, { baseUrl: servers.model.baseUrl });
  });
  afterAll(async () => {
    await harness.close();
    await Promise.all([servers.pages.close(), servers.model.close()]);
    removeProfile(profile);
  });

  afterEach(() => closePanels(harness));

  it.each([12, 60, 250])('loses nothing that was shown half a second before, at word %i', async (word) => {
    const { pages, model } = servers;
    model.reset();
    model.always(slow);
    const address = `${pages.origin}/article?killed=${word}`;
    const { panel } = await openPanelOn(harness, address);
    await summarize(panel);
    const shown: { at: number; text: string }[] = [];
    const watch = async () => {
      const text = await answerText(panel);
      shown.push({ at: Date.now(), text });
      return text;
    };
    await until(async () => (await watch()).includes(`word${word}`), `word ${word} was shown`, panel);
    // The half second itself has to pass; the answer goes on meanwhile.
    for (const end = Date.now() + 520; Date.now() < end; await setTimeout(20)) await watch();
    const killed = Date.now();
    await harness.kill();
    expect(await (await model.request(0)).ended).toBe('closed-by-client');
    const safe = shown.findLast(({ at }) => at <= killed - 500)?.text ?? '';
    expect(safe).toContain(`word${word}`);

    harness = await start();
    await harness.grantNow('http://127.0.0.1/*');
    const { panel: again } = await openPanelOn(harness, address);
    await see(again, interrupted);
    const kept = await answerText(again);
    console.log(
      `killed at ${shown.at(-1)?.text.length} characters: ${kept.length} kept, ${safe.length} promised`,
    );
    expect(kept.startsWith(safe)).toBe(true);
    expect(slow.text.startsWith(kept)).toBe(true);
    await screenshot(again, 'interrupted');

    model.always({ text: '…and so it went on.' });
    await press(again, 'Continue from there');
    await waitForAnswer(again, '…and so it went on.');
    await waitForAnswerEnd(again);
    const [first, second] = model.requests;
    const sent = second?.body.messages ?? [];
    expect(sent.slice(0, -2)).toEqual(first?.body.messages);
    const [partial, wish] = sent.slice(-2);
    expect(partial?.role).toBe('assistant');
    expect(String(partial?.content).trimEnd()).toBe(kept);
    expect(wish?.role).toBe('user');
    expect(String(wish?.content)).toMatch(
      /^Your answer above was interrupted\. Continue it exactly where it stopped/,
    );
    expect(await answerText(again)).toBe(`${partial?.content}…and so it went on.`);
    expect(await screenText(again)).not.toContain(interrupted);
  });
});

const entries = (panel: Page) =>
  panel.$$eval('li bdi.row-text', (titles) => titles.map((element) => element.textContent));

/** What screen readers are told at the end of an answer is not part of the chat. */
const withoutAnnouncement = (text: string) =>
  text.replace(/(Reading the page|Answer (started|finished, \d+ words?, \d+ sources?))$/, '').trim();
