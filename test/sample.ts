/** Reads the sample article the way a user does: the toolbar button, the panel, the first row. */
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Harness } from './end-to-end/harness.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: { storage: { session: { get(key: string): Promise<Record<string, unknown>> } } };

/** Opens a page, clicks the toolbar button over it and waits until the panel has read it, in any language. */
export async function readInPanel(harness: Harness, url: string): Promise<Page> {
  const page = await harness.page(url);
  await harness.clickAction(page);
  const panel = await harness.panel();
  // The panel reads when it opens, and once more for the click that opened it.
  await panel.waitForFunction(
    async () => !(await chrome.storage.session.get('pendingRequest')).pendingRequest,
  );
  await panel.waitForSelector('.page-card, [role="alert"]');
  await refuseTrouble(panel);
  return panel;
}

/** Presses “Summarise this page”, the first row of an empty chat. */
export async function pressSummarize(panel: Page): Promise<void> {
  await panel.locator('button.row').click();
  await panel.waitForSelector('.answer, [role="alert"]');
  await refuseTrouble(panel);
}

/** A finished part of an answer, as plain text. */
export interface AnswerBlock {
  kind: 'heading' | 'quote' | 'text';
  text: string;
}

/** The answer in the panel, block by block, as it streams. */
export async function* streamedBlocks(panel: Page): AsyncGenerator<AnswerBlock> {
  for (let given = 0; ; ) {
    const { blocks, busy } = await panel.evaluate(() => {
      const answer = document.querySelector('.answer');
      const elements = [...(answer?.querySelectorAll<HTMLElement>('.block') ?? [])];
      const all = elements.map((element) => {
        const name = element.firstElementChild?.localName ?? '';
        const kind = /^h\d$/.test(name) ? 'heading' : name === 'blockquote' ? 'quote' : 'text';
        // The marks that keep a citation on the line of its sentence mean nothing in a terminal.
        // A block that has not been laid out yet has no inner text.
        const text = (element.innerText || (element.textContent ?? ''))
          .replaceAll('\u2060', '')
          .replaceAll('\u00a0', ' ');
        return { kind, text } as const;
      });
      return { blocks: all, busy: answer?.getAttribute('aria-busy') !== 'false' };
    });
    // The last block may still be growing.
    const finished = busy ? blocks.slice(0, -1) : blocks;
    yield* finished.slice(given);
    given = Math.max(given, finished.length);
    if (!busy) break;
    await setTimeout(30);
  }
  await refuseTrouble(panel);
}

/** @throws Error with the sentence of the panel's own notice, when there is one. */
async function refuseTrouble(panel: Page): Promise<void> {
  const notice = await panel.$eval('[role="alert"]', (element) => element.textContent).catch(() => undefined);
  if (notice) throw new Error(`the panel says: ${notice.trim()}`);
}
