import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { makeBook, page } from '../fixtures/files/book.ts';
import { makeMail } from '../fixtures/files/mail.ts';
import { notebook } from '../fixtures/files/notebook.ts';
import { makeZip } from '../fixtures/files/zip.ts';
import { plainPdf } from '../fixtures/pdf-documents.ts';
import { dropFiles, writeBelow } from './drop-files.ts';
import { ask, connectModel, waitForAnswerEnd } from './steps.ts';
import { startWorld, type World } from './world.ts';

/** What lies in a file that holds files reaches the model with the way to it: also a PDF, which another worker reads. */

const folder = mkdtempSync(join(tmpdir(), 'wholemoon-inside-'));
let world: World;

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 8_000_000 });
}, 120_000);
afterEach(() => world.tidy());
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const drop = (panel: Page, files: Record<string, Uint8Array>): Promise<void> =>
  dropFiles(
    panel,
    Object.entries(files).map(([name, bytes]) => writeBelow(folder, name, bytes)),
  );

it('reads archives, mail, books and notebooks with their places', async () => {
  const { bytes, sentences } = plainPdf(3);
  const inner = makeMail({
    headers: { Subject: 'Sent with the plans' },
    parts: [
      { type: 'text/plain', body: 'The mail in the archive speaks.' },
      {
        type: 'application/pdf',
        name: 'plan.pdf',
        body: bytes,
        transfer: 'base64',
        disposition: 'attachment',
      },
    ],
  });
  const { panel } = await world.openArticle();
  await drop(panel, {
    'sent.zip': makeZip([
      { name: 'sent/letter.eml', data: inner },
      { name: 'sent/plan.pdf', data: bytes },
      { name: 'sent/src/tool.py', data: 'print("The tool speaks.")\n' },
    ]),
    'novel.epub': makeBook({
      pages: [
        { path: 'a.xhtml', text: page('<h1>Chapter 7</h1><p>The seventh chapter speaks.</p>') },
        { path: 'b.xhtml', text: page('<h1>Chapter 8</h1><p>The eighth.</p>') },
      ],
      contents: [
        { title: 'Chapter 7', href: 'a.xhtml' },
        { title: 'Chapter 8', href: 'b.xhtml' },
      ],
    }),
    'levels.ipynb': notebook([{ type: 'markdown', source: 'The notebook speaks.' }]),
  });
  await ask(panel, 'What do they say?');
  await waitForAnswerEnd(panel);
  const { prompt } = await world.model.request(0);
  for (const told of [
    'The mail in the archive speaks.',
    '[src/tool.py, line 1] ```python\nprint("The tool speaks.")',
    '[chapter 7] # Chapter 7',
    'The seventh chapter speaks.',
    '[cell 1] The notebook speaks.',
  ])
    expect(prompt).toContain(told);
  for (const path of ['plan.pdf, page 1]', 'letter.eml/plan.pdf, page 1]']) expect(prompt).toContain(path);
  const first = sentences.flat()[0] ?? '';
  expect(prompt.replace(/\s+/g, ' ').split(first)).toHaveLength(3);
});
