import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type Harness, launch } from './harness.ts';
import { media } from './kinds-media.ts';
import { plain } from './kinds-plain.ts';
import {
  type Answers,
  fixture,
  gapsIn,
  hasAdapters,
  type Kind,
  readThroughPanel,
  type Served,
  sentBy,
  serve,
} from './kinds-reading.ts';
import { searches } from './kinds-search.ts';
import { talk } from './kinds-talk.ts';
import { documentPassages, openTranscript, transcript, transcriptPassages } from './kinds-transcripts.ts';
import { works } from './kinds-works.ts';
import { connectModel, openPanel, press, screenText, until } from './steps.ts';
import { closePanels } from './world.ts';

/**
 * Every kind of page that the reader knows, at its site's own address in the real browser: what the model's server
 * received is compared passage by passage.
 */

let model: ModelServer;
let harness: Harness;
let served: Served;

beforeAll(async () => {
  // Access to the pages comes with the click on the button, as in life.
  [model, harness] = await Promise.all([startModelServer(), launch({ grant: ['http://127.0.0.1/*'] })]);
  await connectModel(harness, { baseUrl: model.baseUrl });
});

afterEach(async () => {
  await closePanels(harness);
  await served?.page.close();
  model.reset();
});

afterAll(async () => {
  await harness?.close();
  await model?.close();
});

/** Opens a page; `answers` are what its site answers besides. */
async function open(url: string, html: Buffer | string, type?: string, answers: Answers = {}) {
  const [address = ''] = url.split('#', 1);
  served = await serve(harness, url, { ...answers, [address]: { body: html, type } });
  return served;
}

/** Reads the page that is open, and makes sure that it is as it was and that nothing went wrong in it. */
async function readOpen() {
  const { page, errors } = served;
  const html = () => page.evaluate(() => document.documentElement.outerHTML);
  const before = await html();
  const reading = await readThroughPanel(harness, model, page);
  expect(await html()).toBe(before);
  expect(errors).toEqual([]);
  return reading;
}

async function expectReading({ file, url, type, title, passages, absent, gaps = [] }: Kind) {
  await open(url, fixture(file), type);
  const reading = await readOpen();
  const received = absent
    ? reading.passages.filter((passage) => passages.includes(passage))
    : reading.passages;
  expect(received).toEqual(passages);
  for (const words of absent ?? []) expect(reading.passages.join('\n')).not.toContain(words);
  expect(reading.title).toBe(title);
  if (!absent) expect(reading.gaps).toEqual(gaps);
  return reading;
}

describe('is read to the last sentence, in order, and without what is around it:', () => {
  it.each([...searches, ...works, ...talk, ...media])('$what', async (kind) => {
    const { panel } = await expectReading(kind);
    expect(await hasAdapters(panel)).toBe(true);
  });

  it.each(plain)('$what', async (kind) => {
    const { panel } = await expectReading(kind);
    expect(await hasAdapters(panel)).toBe(false);
  });
});

describe('a video', () => {
  const url = 'https://www.youtube.com/watch?v=saltpan0001';
  const captions = 'https://www.youtube.com/api/timedtext?v=saltpan0001&lang=en-GB&fmt=json3';
  const video = fixture('sites/youtube.html');
  const loading = 'Not loaded by the page: 3 entries';

  it('has the transcript that its site hands out, fetched without a click', async () => {
    await open(url, video, undefined, { [captions]: { body: transcript, type: 'application/json' } });
    const { passages, gaps } = await readOpen();
    expect(served.asked).toContain(captions);
    expect(passages.slice(4, -5)).toEqual(transcriptPassages);
    expect(gaps).toEqual([loading]);
  });

  it('has the transcript that is open, and nothing is fetched', async () => {
    await open(`${url}&t=1s`, video.toString().replace('<div id="secondary">', `$&${openTranscript}`));
    const { passages, gaps } = await readOpen();
    expect(served.asked.join()).not.toContain('timedtext');
    expect(passages.slice(4, -5)).toEqual([
      '## Transcript',
      '### At the pan',
      '[0:01] The light goes. We wait.',
      '[1:01:05] An hour.',
    ]);
    expect(gaps).toEqual([loading]);
  });
});

describe('a document that its site draws', () => {
  const root = 'https://docs.google.com/document/d/1aB_cdefghijklmnopqrstuvwxyz-0123456789';
  const exported = `${root}/export?format=html`;
  const gap = 'Not read: the document itself, which this site draws as a picture';

  it('is fetched when the button is pressed and not before', async () => {
    const { page, asked, errors } = await open(
      `${root}/edit?tab=t.0#heading=h.1`,
      fixture('sites/google-docs.html'),
      undefined,
      {
        [exported]: { body: fixture('sites/google-docs-export.html') },
      },
    );
    const html = () => page.evaluate(() => document.documentElement.outerHTML);
    const before = await html();
    const panel = await openPanel(harness, page);
    expect(await gapsIn(panel)).toEqual([gap]);
    expect(await screenText(panel)).not.toContain('Read in full');
    expect(asked).not.toContain(exported);

    await press(panel, 'Get its text from the site');
    await until(
      async () => (await screenText(panel)).includes('Read in full'),
      'the document was read',
      panel,
    );
    expect(await gapsIn(panel)).toEqual([]);
    const { title, passages } = await sentBy(panel, model);
    expect(title).toBe('Night watch rota');
    expect(passages).toEqual(documentPassages);
    expect(asked.filter((address) => address === exported)).toHaveLength(1);
    expect(await html()).toBe(before);
    expect(errors).toEqual([]);
  });
});
