import { isUtf8 } from 'node:buffer';
import puppeteer, { type CDPSession } from 'puppeteer-core';
import { ensureChromium } from '../../browsers.ts';

/** A tab in which stored pages are opened and read. */
export interface Tab {
  /** Opens stored HTML at an address. Its scripts do not run and nothing else is loaded. */
  open(url: string, html: Buffer): Promise<void>;
  /** Runs code in the page and returns its value; awaits promises. */
  run<T>(code: string): Promise<T>;
  /** Milliseconds that the page's main thread has worked so far, waiting not counted. */
  processorTime(): Promise<number>;
  /** Milliseconds of the longest task of the main thread during some work, waiting for the processor not counted. */
  longestTask(work: () => Promise<unknown>): Promise<number>;
}

export interface Tabs {
  /** Gives each item to one of `count` tabs that work at the same time. */
  each<T>(items: T[], count: number, work: (tab: Tab, item: T) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/**
 * The page as a browser without scripts shows it: what stands in `<noscript>` is drawn, in place of what the page's
 * scripts would have drawn.
 */
function withoutScripts(html: Buffer): Buffer {
  const bytes = html.toString('latin1');
  const start = Math.max(0, bytes.search(/<body[\s>]/i));
  const body = bytes.slice(start).replace(/<(\/?)noscript\b/gi, '<$1div');
  return Buffer.from(bytes.slice(0, start) + body, 'latin1');
}

/** Nothing may take longer on one page. */
const patience = 120_000;

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args: { name?: string };
  /** Microseconds that the thread worked. */
  tdur?: number;
}

function longestIn(trace: Uint8Array | undefined): number {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(Buffer.from(trace ?? []).toString());
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const threads = new Set(mains.map(threadOf));
  let longest = 0;
  for (const event of traceEvents) {
    if (event.name.endsWith('RunTask') && threads.has(threadOf(event))) {
      longest = Math.max(longest, event.tdur ?? 0);
    }
  }
  return longest / 1000;
}

/** A browser that reaches no network at all: names do not resolve, and every request is answered or refused here. */
export async function openTabs(): Promise<Tabs> {
  const browser = await puppeteer.launch({
    executablePath: await ensureChromium(),
    headless: true,
    pipe: true,
    protocolTimeout: patience,
    defaultViewport: { width: 1280, height: 900 },
    args: [
      // Chromium refuses to run as root with its sandbox, which is how containers run it.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--disable-background-networking',
      '--disable-features=HttpsUpgrades',
    ],
  });

  async function newTab(): Promise<Tab & { close(): Promise<void> }> {
    const page = await browser.newPage();
    const client: CDPSession = await page.createCDPSession();
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    let trace: Uint8Array | undefined;
    let address = '';
    let body: Buffer = Buffer.from('');
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const answer =
        request.isNavigationRequest() && request.frame() === page.mainFrame() && request.url() === address;
      if (!answer) return void request.abort().catch(() => {});
      // Some pages were stored in UTF-8 whatever they say of themselves; of the others the browser guesses.
      const charset = isUtf8(body) ? '; charset=utf-8' : '';
      const headers = {
        'content-type': `text/html${charset}`,
        'content-security-policy': "script-src 'none'",
      };
      request.respond({ status: 200, headers, body }).catch(() => {});
    });
    return {
      async open(url, html) {
        address = new URL(url.replace(/#.*$/s, '')).href;
        body = withoutScripts(html);
        await page.goto('about:blank');
        await page.goto(address, { waitUntil: 'domcontentloaded', timeout: 30_000 });
      },
      async run<T>(code: string) {
        const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
          expression: code,
          awaitPromise: true,
          returnByValue: true,
        });
        if (exceptionDetails) {
          throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        }
        return result.value as T;
      },
      async processorTime() {
        const { metrics } = await client.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
      },
      async longestTask(work) {
        await page.tracing.start({ categories: ['-*', 'toplevel', 'disabled-by-default-devtools.timeline'] });
        try {
          await work();
        } finally {
          trace = await page.tracing.stop();
        }
        return longestIn(trace);
      },
      close: () => page.close(),
    };
  }

  return {
    async each(items, count, work) {
      const left = [...items];
      const worker = async () => {
        const tab = await newTab();
        for (let item = left.shift(); item !== undefined; item = left.shift()) await work(tab, item);
        await tab.close();
      };
      await Promise.all(Array.from({ length: Math.min(count, items.length) }, worker));
    },
    close: () => browser.close(),
  };
}
