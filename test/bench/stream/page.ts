import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { ensureChromium } from '../../browsers.ts';
import type { Renderer } from './renderers.ts';

/** A page as wide as a panel, in which a renderer draws an answer that streams in, one flush a frame. */

export interface Measurement {
  /** Seconds of the page's main thread for all of it: scripts, layout and painting. */
  cpu: number;
  /** The same for each tenth of the answer. */
  tenths: number[];
  /** How often it was drawn: what takes longer than a frame is drawn less often, and then costs less than it seems. */
  flushes: number;
  /** Milliseconds of the longest flush, which is what React and the renderer take. */
  worstFlush: number;
  /** Milliseconds of the longest frame with layout and painting, and of the hundredth longest of a thousand. */
  worstFrame: number;
  slowFrame: number;
  /** Tasks of more than 50 ms. */
  longTasks: number;
  /** False when the answer did not get to its end within the time that it takes to stream, and a half more. */
  isWhole: boolean;
}

export interface Lab {
  measure(renderer: Renderer, text: string, charactersPerSecond: number): Promise<Measurement>;
  close(): Promise<void>;
}

const html = (styles: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>
<style>${styles}</style>
<style>body { margin: 0; font: 14px/1.55 sans-serif; }
#scroller { height: 800px; width: 400px; overflow: auto; padding: 16px; box-sizing: border-box; }</style>
<main id="scroller"><div id="answer"></div></main><script type="module" src="entry.js"></script></html>`;

export async function openLab(): Promise<Lab> {
  let current: Renderer | undefined;
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const file = name === '' ? html(current?.styles ?? '') : current?.files.get(name);
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': name === '' ? 'text/html' : 'text/javascript',
      'cache-control': 'no-store',
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await puppeteer.launch({
    executablePath: await ensureChromium(),
    headless: true,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  return {
    async measure(renderer, text, charactersPerSecond) {
      current = renderer;
      const page = await browser.newPage();
      try {
        let trouble: unknown;
        page.on('pageerror', (error) => {
          trouble ??= error;
        });
        await page.setViewport({ width: 400, height: 800 });
        await page.goto(`http://127.0.0.1:${port}/`);
        await page.waitForFunction('typeof globalThis.render === "function"');
        const result = await stream(page, text, charactersPerSecond);
        // A renderer that gives up is fast.
        if (trouble) throw trouble;
        return result;
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** What runs in the page. */
interface Bench {
  shown: number;
  worstFlush: number;
  frames: number[];
  longTasks: number;
  isOver: boolean;
}
declare global {
  interface Window {
    render(text: string, streaming: boolean): void;
    bench: Bench;
  }
}

async function stream(page: Page, text: string, rate: number): Promise<Measurement> {
  const session = await page.createCDPSession();
  // Processor time of the thread: on a busy machine the time on the clock says little.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpu = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const marks = [{ shown: 0, cpu: await cpu() }];
  await page.evaluate(start, text, rate);
  const deadline = Date.now() + (text.length / rate) * 1_500 + 10_000;
  let now: Bench;
  do {
    await new Promise((resolve) => setTimeout(resolve, 250));
    now = await page.evaluate(() => window.bench);
    marks.push({ shown: now.shown, cpu: await cpu() });
  } while (!now.isOver && Date.now() < deadline);
  const at = (shown: number) => {
    const after = marks.find((mark) => mark.shown >= shown) ?? (marks.at(-1) as (typeof marks)[number]);
    const before = marks.findLast((mark) => mark.shown <= shown) ?? (marks[0] as (typeof marks)[number]);
    const share = after.shown > before.shown ? (shown - before.shown) / (after.shown - before.shown) : 0;
    return before.cpu + (after.cpu - before.cpu) * share;
  };
  const reached = now.shown;
  const tenths = Array.from({ length: 10 }, (_, tenth) => {
    return at((reached * (tenth + 1)) / 10) - at((reached * tenth) / 10);
  });
  const frames = now.frames.toSorted((a, b) => a - b);
  return {
    cpu: (marks.at(-1)?.cpu ?? 0) - (marks[0]?.cpu ?? 0),
    tenths,
    flushes: now.frames.length,
    worstFlush: now.worstFlush,
    worstFrame: frames.at(-1) ?? 0,
    slowFrame: frames[Math.floor(frames.length * 0.99)] ?? 0,
    longTasks: now.longTasks,
    isWhole: now.isOver,
  };
}

/** Streams the text in: at each frame as much of it as has come by the clock, and the view follows its end. */
function start(text: string, rate: number): void {
  const bench: Bench = { shown: 0, worstFlush: 0, frames: [], longTasks: 0, isOver: false };
  window.bench = bench;
  new PerformanceObserver((list) => {
    bench.longTasks += list.getEntries().length;
  }).observe({ type: 'longtask' });
  const scroller = document.getElementById('scroller') as HTMLElement;
  const begun = performance.now();
  const channel = new MessageChannel();
  let frameBegun = 0;
  // The first message after a frame comes when the frame has been laid out and painted.
  channel.port1.onmessage = () => {
    bench.frames.push(performance.now() - frameBegun);
  };
  const frame = () => {
    frameBegun = performance.now();
    const end = Math.min(text.length, Math.floor(((frameBegun - begun) * rate) / 1_000));
    if (end > bench.shown) {
      window.render(text.slice(0, end), end < text.length);
      bench.worstFlush = Math.max(bench.worstFlush, performance.now() - frameBegun);
      scroller.scrollTop = scroller.scrollHeight;
      bench.shown = end;
    }
    channel.port2.postMessage(undefined);
    if (end < text.length) requestAnimationFrame(frame);
    else bench.isOver = true;
  };
  requestAnimationFrame(frame);
}
