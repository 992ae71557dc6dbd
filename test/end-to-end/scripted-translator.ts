import { setTimeout } from 'node:timers/promises';
import type { Page, WebWorker } from 'puppeteer-core';
import type { FromPage, PageUnit, ToPage } from '../../utils/page/translate/types.ts';
import type { Harness } from './harness.ts';

interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: FromPage) => void): void };
}

interface Talk {
  port: Port;
  heard: FromPage[];
  lastAt: number;
  /** Units told, and translations written. */
  told: number;
  written: number;
  isComplete: boolean;
}

declare const chrome: {
  tabs: {
    query(filter: object): Promise<{ id: number }[]>;
    connect(tab: number, options: { frameId: number; name: string }): Port;
  };
  scripting: { executeScript(injection: object): Promise<{ result?: unknown }[]> };
};

interface World {
  talks?: Record<number, Talk>;
}

/** A translator without a model: every word becomes another one, marks stay, and the answer comes at once. */
export interface ScriptedTranslator {
  start(display?: 'both' | 'translation'): Promise<void>;
  tell(message: ToPage): Promise<void>;
  /** Everything that the page has said since the last start. */
  heard(): Promise<FromPage[]>;
  /** The units that the page has told and not taken back. */
  units(): Promise<PageUnit[]>;
  /** Waits until the page has had time to settle and says no more. */
  rest(): Promise<void>;
  undo(): Promise<void>;
  /** What the reader of pages makes of the page now. */
  read(): Promise<{ text: string; [name: string]: unknown }>;
}

/** Milliseconds after which a page that has changed has been looked at. */
const settle = 380;
/** Milliseconds of silence that mean that nothing comes any more. */
const silence = 120;

/** Speaks to the page in front as the extension's own pages do. Access to it has to be there. */
export async function scriptTranslator(harness: Harness, page: Page): Promise<ScriptedTranslator> {
  await page.bringToFront();
  const worker: WebWorker = await harness.worker();
  const tab = await worker.evaluate(async () => {
    const [{ id } = { id: 0 }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    await chrome.scripting.executeScript({
      target: { tabId: id },
      files: ['/content-scripts/translator.js'],
      injectImmediately: true,
    });
    return id;
  });
  const connect = () =>
    worker.evaluate((id) => {
      const world = globalThis as World;
      world.talks?.[id]?.port.disconnect();
      const port = chrome.tabs.connect(id, { frameId: 0, name: 'translator' });
      const talk: Talk = {
        port,
        heard: [],
        lastAt: performance.now(),
        told: 0,
        written: 0,
        isComplete: false,
      };
      const other = (text: string) =>
        text.replace(/(<[^>]*>|&\w+;)|\p{L}+/gu, (piece, tag) => (tag ? piece : `译${piece.length}`));
      port.onMessage.addListener((message) => {
        talk.heard.push(message);
        if (message.type === 'written') talk.written = message.exact + message.slots + message.plain;
        if (message.type === 'units') {
          talk.told += message.units.length;
          talk.isComplete ||= message.complete;
        }
        if (message.type !== 'order' && message.type !== 'written') talk.lastAt = performance.now();
        if (message.type !== 'units' || message.units.length === 0) return;
        port.postMessage({ type: 'waiting', units: message.units.map(({ id: unit }) => unit) });
        const placements = message.units.map(({ id: unit, text }) => ({ unit, text: other(text) }));
        port.postMessage({ type: 'place', placements });
      });
      world.talks = { ...world.talks, [id]: talk };
    }, tab);
  const heard = () =>
    worker.evaluate((id) => (globalThis as World).talks?.[id]?.heard ?? [], tab) as Promise<FromPage[]>;
  const tell = (message: ToPage) =>
    worker.evaluate(
      (id, said) => (globalThis as World).talks?.[id]?.port.postMessage(said),
      tab,
      message as unknown as Record<string, unknown>,
    ) as Promise<void>;
  const until = async (holds: (talk: Talk) => boolean, what: string) => {
    const check = `(${holds})(globalThis.talks[${tab}])`;
    for (const end = Date.now() + 20_000; Date.now() < end; await setTimeout(15)) {
      if (await worker.evaluate(check)) return;
    }
    throw new Error(`${what}. The page said ${JSON.stringify(await heard()).slice(-2_000)}`);
  };
  const quiet = async () => {
    for (;;) {
      const left = await worker.evaluate(
        (id, wanted) => wanted - (performance.now() - ((globalThis as World).talks?.[id]?.lastAt ?? 0)),
        tab,
        silence,
      );
      if (left <= 0) return;
      await setTimeout(left);
    }
  };
  return {
    async start(display = 'both') {
      await connect();
      await tell({
        type: 'start',
        lang: 'zh-Hans',
        display,
        labels: { again: 'Again', busy: 'Busy' },
        extent: 'all',
      });
      await until((talk) => talk.isComplete && talk.written >= talk.told, 'Not all was written');
    },
    tell,
    heard,
    async units() {
      const units = new Map<number, PageUnit>();
      for (const message of await heard()) {
        if (message.type === 'units') for (const unit of message.units) units.set(unit.id, unit);
        if (message.type === 'gone') for (const id of message.units) units.delete(id);
      }
      return [...units.values()];
    },
    async rest() {
      await setTimeout(settle);
      await quiet();
    },
    async undo() {
      await tell({ type: 'undo' });
      await until((talk) => talk.heard.at(-1)?.type === 'undone', 'It was not undone');
    },
    async read() {
      const answer = await worker.evaluate(async (id) => {
        const [frame] = await chrome.scripting.executeScript({
          target: { tabId: id },
          files: ['/content-scripts/reader.js'],
          injectImmediately: true,
        });
        return frame?.result;
      }, tab);
      const { reading, trouble } = answer as { reading?: { text: string }; trouble?: unknown };
      if (!reading) throw new Error(`The page could not be read: ${JSON.stringify(trouble)}`);
      return reading;
    },
  };
}
