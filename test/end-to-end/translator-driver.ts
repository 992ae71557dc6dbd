import { setTimeout } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { FromPage, PageUnit, Placement, ToPage } from '../../utils/page/translate/types.ts';
import type { Harness } from './harness.ts';

/** What the extension's page says to a page and hears from it, without a model: the worker speaks the port. */

interface Port {
  name: string;
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
}

interface Driven {
  driven?: Record<number, { port: Port; heard: unknown[] }>;
}

declare const chrome: {
  tabs: {
    query(filter: object): Promise<{ id: number }[]>;
    connect(tab: number, options: { frameId: number; name: string }): Port;
  };
  scripting: { executeScript(injection: object): Promise<unknown> };
};

export interface Driver {
  tell(message: ToPage): Promise<void>;
  /** Everything the page said so far. */
  heard(): Promise<FromPage[]>;
  /** Waits for something the page says. */
  until<Type extends FromPage['type']>(
    type: Type,
    matches?: (message: Extract<FromPage, { type: Type }>) => boolean,
  ): Promise<Extract<FromPage, { type: Type }>>;
  /** Starts, and gives the units of the first walk. */
  start(options?: Partial<Extract<ToPage, { type: 'start' }>>): Promise<PageUnit[]>;
  /** Places all of these and waits until they are written. */
  place(placements: Placement[]): Promise<Extract<FromPage, { type: 'written' }>>;
  undo(): Promise<void>;
}

/** The site that tests are served from: `launch({ grant: [granted] })`, then `grantNow(granted)` before the first page. */
export const granted = 'http://127.0.0.1/*';

/**
 * Puts the script into the page in front and connects to it. By leave for the site and not by a click on the action,
 * which would open the panel and have the page read at the same time.
 */
export async function driveTranslator(harness: Harness, page: Page): Promise<Driver> {
  await page.bringToFront();
  const worker = await harness.worker();
  const tab = await worker.evaluate(async () => {
    const [{ id } = { id: 0 }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    await chrome.scripting.executeScript({
      target: { tabId: id },
      files: ['/content-scripts/translator.js'],
    });
    const port = chrome.tabs.connect(id, { frameId: 0, name: 'translator' });
    const heard: unknown[] = [];
    port.onMessage.addListener((message) => heard.push(message));
    const world = globalThis as Driven;
    world.driven = { ...world.driven, [id]: { port, heard } };
    return id;
  });
  const tell = (message: ToPage) =>
    worker.evaluate(
      (id, said) => (globalThis as Driven).driven?.[id]?.port.postMessage(said),
      tab,
      message as unknown as Record<string, unknown>,
    ) as Promise<void>;
  const heard = (from = 0) =>
    worker.evaluate(
      (id, start) => (globalThis as Driven).driven?.[id]?.heard.slice(start) ?? [],
      tab,
      from,
    ) as Promise<FromPage[]>;
  let used = 0;
  const until: Driver['until'] = async (type, matches = () => true) => {
    for (const end = Date.now() + 20_000; Date.now() < end; await setTimeout(15)) {
      const messages = await heard(used);
      const index = messages.findIndex((one) => one.type === type && matches(one as never));
      if (index < 0) continue;
      used += index + 1;
      return messages[index] as never;
    }
    throw new Error(`The page did not say ${type}: ${JSON.stringify(await heard(used)).slice(0, 500)}`);
  };
  return {
    tell,
    heard: () => heard(),
    until,
    async start(options) {
      const from = used;
      await tell({
        type: 'start',
        lang: 'zh-Hans',
        display: 'both',
        labels: { again: 'Translate again' },
        ...options,
      });
      await until('units', ({ complete }) => complete);
      const all = await heard(from);
      return all.flatMap((message) => (message.type === 'units' ? message.units : []));
    },
    async place(placements) {
      await tell({ type: 'place', placements });
      return until('written');
    },
    async undo() {
      await tell({ type: 'undo' });
      await until('undone');
    },
  };
}

const syllables =
  '港务长裁定该动议已失效随后将主席职权移交副委员会指出招标书须在大潮之前重新开启海堤维护费用见附录';

/** Words of the language of translation in the place of those of a text, with every mark where it was. */
export function inOtherWords(text: string): string {
  let next = text.length;
  const word = (letters: string) =>
    letters.replace(/\p{L}{1,3}/gu, () => {
      next = (next * 31 + 7) % syllables.length;
      return syllables[next] ?? '';
    });
  return text
    .split(/(<[^>]*>|&\w+;)/)
    .map((part, index) => (index % 2 ? part : word(part).replace(/(\p{L}) (?=\p{L})/gu, '$1')))
    .join('');
}
