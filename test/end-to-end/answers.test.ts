import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overflow, violations } from './axe.ts';
import { report, watchTasks } from './long-tasks.ts';
import { answerText, ask, find, newestAnswer, press, see, until, waitForAnswerEnd } from './steps.ts';
import { type Stage, startStage } from './trouble-steps.ts';

/** What stands in an answer as built: tables, code, formulas and diagrams in a real panel, under its policy. */

let stage: Stage;
let trap: { origin: string; connections: number; server: Server };
let downloads: string;
const strays: string[] = [];

beforeAll(async () => {
  const server = createServer((_, response) => response.end('caught'));
  server.on('connection', () => trap.connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  trap = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: 0, server };
  stage = await startStage({ grant: ['<all_urls>'], isolateFrames: true });
  const { panel, harness, model } = stage;
  downloads = await mkdtemp(join(tmpdir(), 'answers-'));
  const session = await harness.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  const ours = [
    model.origin,
    `chrome-extension://${harness.extensionId}/`,
    'blob:chrome-extension:',
    'data:',
  ];
  panel.on('request', (request) => {
    if (!ours.some((start) => request.url().startsWith(start))) strays.push(request.url());
  });
  await panel.evaluate(() => {
    const scope = globalThis as unknown as { blocked: string[]; copied: string[] };
    scope.blocked = [];
    scope.copied = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      scope.blocked.push(`${violatedDirective} ${blockedURI}`),
    );
    // A browser without a screen has no clipboard to read from.
    navigator.clipboard.writeText = async (text) => void scope.copied.push(text);
    navigator.clipboard.write = async ([item]) =>
      void scope.copied.push((await (await item?.getType('text/plain'))?.text()) ?? '');
  });
});
afterAll(async () => {
  await stage?.close();
  await rm(downloads, { recursive: true, force: true });
  trap.server.closeAllConnections();
  trap.server.close();
});
beforeEach(() => stage.startOver());

const fence = (name: string, text: string) => `\`\`\`${name}\n${text}\n\`\`\``;
const answer = [
  'The mill pays back in $t = \\frac{c}{p}$ years, and costs $5 to $10 a day. ¶2',
  '| | Carrow | Pell | Mona | Fall |\n|---|---|---|---|--:|\n| Price | =1+1 | **€229** ¶3 | "x", y | -2.1 |\n| 年数 | 11 | | تسع | 9 |',
  '$$\nE = \\int_0^T \\rho g Q(t)\\,dt\n$$',
  fence('ts', 'const fall: number = 2.1; // metres\nexport default fall;'),
  fence('mermaid', 'flowchart LR\n  A[Tide comes in] --> B{Sluice open?}\n  B -- yes --> C[Pond fills]'),
  '> 潮は一日に二度満ち引きする。',
  'تعود طواحين المد في شركة Carrow اليوم. ¶4',
  '![a chart](https://pictures.example/c.png) and this is <b>HTML</b>, not markup',
].join('\n\n');

async function answered(text: string, pace = {}) {
  const { model, panel } = stage;
  model.next({ text, ...pace });
  await ask(panel, 'Tell me');
  await waitForAnswerEnd(panel, 30_000);
}

const copied = () =>
  stage.panel.evaluate(() => (globalThis as unknown as { copied: string[] }).copied.at(-1));

async function seeNothingStrange() {
  const blocked = await stage.panel.evaluate(() => (globalThis as unknown as { blocked: string[] }).blocked);
  expect({ blocked, strays, connections: trap.connections }).toEqual({
    blocked: [],
    strays: [],
    connections: 0,
  });
}

/** Waits for the picture of the newest diagram and says what it looks like. */
async function picture() {
  const { panel } = stage;
  await panel.waitForFunction(
    () => {
      const image = document.querySelector<HTMLImageElement>('article:last-of-type figure img');
      return image?.complete && image.naturalWidth > 0;
    },
    { timeout: 30_000 },
  );
  return panel.$eval('figure img', (image) => ({
    alt: (image as HTMLImageElement).alt,
    src: (image as HTMLImageElement).src.slice(0, 5),
    width: (image as HTMLImageElement).naturalWidth,
  }));
}

/** Chooses in the menu of the newest answer. */
async function choose(panel: Page, menu: string, entry: string): Promise<void> {
  await press(panel, menu);
  await (await panel.waitForSelector(`::-p-aria([name=${JSON.stringify(entry)}][role="menuitem"])`))?.click();
  await panel.waitForSelector('.menu', { hidden: true });
}
async function savedAs(ending: string): Promise<Buffer> {
  const name = () => readdirSync(downloads).find((file) => file.endsWith(ending));
  await until(async () => name() !== undefined, `a file that ends with ${ending} was saved`);
  return readFileSync(join(downloads, name() ?? ''));
}
async function saved(name: string): Promise<Buffer> {
  await until(async () => readdirSync(downloads).includes(name), `${name} was saved`);
  return readFileSync(join(downloads, name));
}

describe('code', () => {
  it('is coloured beside the panel, which waits for no grammar', async () => {
    const { panel } = stage;
    const code = (line: (index: number) => string) =>
      Array.from({ length: 150 }, (_, index) => line(index)).join('\n');
    const tasks = await watchTasks(panel);
    await answered(
      [
        fence(
          'ts',
          code(
            (index) => `export const tide${index} = (at: number): string => String(at) + ' m'; // ${index}`,
          ),
        ),
        fence(
          'python',
          code((index) => `def tide_${index}(at): return "high" if at > ${index} else None`),
        ),
      ].join('\n\n'),
    );
    await panel.waitForFunction(
      () =>
        [...document.querySelectorAll('.code')].filter((block) => block.querySelector('.code-keyword'))
          .length === 2,
      { timeout: 20_000 },
    );
    expect(await panel.$$eval('.code-keyword', (words) => words.length)).toBeGreaterThan(600);
    // In the panel it was one task of half a second, on a computer with nothing else to do.
    expect((await report('first blocks of code', tasks)).longest).toBeLessThan(250);
    await seeNothingStrange();
  });
});

describe('an answer with everything in it', () => {
  it('is drawn, copied and saved, in both themes, with no request and nothing against the policy', async () => {
    const { panel } = stage;
    await answered(answer, { chunkCharacters: 9 });

    // Formulas, as their readers see them and as others hear them; prices are none.
    await panel.waitForSelector('.formula .katex');
    expect(
      await panel.$$eval('math annotation', (list) => list.map(({ textContent }) => textContent)),
    ).toEqual(['t = \\frac{c}{p}', 'E = \\int_0^T \\rho g Q(t)\\,dt']);
    expect(await answerText(panel)).toContain('costs $5 to $10 a day');
    await panel.waitForFunction(() => document.fonts.check('16px KaTeX_Main'));

    // Code in the colours of the theme.
    await panel.waitForSelector('.code-keyword');
    const colour = () => panel.$eval('.code-keyword', (word) => getComputedStyle(word).color);
    const light = await colour();
    await press(panel, 'Copy code');
    expect(await copied()).toBe('const fall: number = 2.1; // metres\nexport default fall;');

    // The diagram, and its words for those who do not see it.
    expect(await picture()).toMatchObject({ src: 'blob:', alt: expect.stringContaining('Sluice open?') });
    const firstAddress = await panel.$eval('figure img', (image) => (image as HTMLImageElement).src);

    // The table stays in its own scroller, its first column at the edge.
    await panel.setViewport({ width: 360, height: 800 });
    const stuck = await panel.$eval('.table-scroll', (region) => {
      region.scrollLeft = 200;
      const head = region.querySelector('tbody th')?.getBoundingClientRect().left ?? 0;
      return {
        scrolled: region.scrollLeft > 0,
        offset: Math.round(head - region.getBoundingClientRect().left),
      };
    });
    expect(stuck).toEqual({ scrolled: true, offset: 1 });
    await press(panel, 'Copy as CSV');
    const csv =
      ',Carrow,Pell,Mona,Fall,Sources\r\nPrice,\'=1+1,€229,"""x"", y",-2.1,¶3\r\n年数,11,,تسع,9,\r\n';
    await until(async () => (await copied())?.startsWith(',Carrow'), 'the table is on the clipboard');
    expect(await copied()).toBe(csv);
    await choose(panel, 'Copy or save this table', 'Download CSV');
    expect((await savedAs('.csv')).toString()).toBe(`\ufeff${csv}`);
    await choose(panel, 'Copy or save this table', 'Download for Excel');
    expect((await savedAs('.xlsx')).subarray(0, 2).toString()).toBe('PK');
    await choose(panel, 'Copy or save this table', 'Copy as a table');
    await until(async () => (await copied())?.startsWith('\tCarrow\tPell'), 'the table is on the clipboard');
    expect((await copied())?.split('\n')[1]).toBe('Price\t\'=1+1\t€229\t"x", y\t-2.1');

    // The answer as files, named after the question, without a word to the network.
    await choose(panel, 'Save this answer', 'Save as a web page');
    expect((await savedAs('.html')).toString()).toContain("content=\"default-src 'none'");
    await choose(panel, 'Save this answer', 'Save for Word');
    expect((await savedAs('.docx')).subarray(0, 2).toString()).toBe('PK');
    await choose(panel, 'Save this answer', 'Save as Markdown');
    expect((await savedAs('.md')).toString()).toMatch(/^# /);

    // Every block in its own language and direction.
    expect(
      await panel.$$eval('.markdown p', (list) => list.map(({ lang, dir }) => `${lang} ${dir}`.trim())),
    ).toEqual(['en ltr', 'ja ltr', 'ar rtl', 'en ltr']);
    const citation = await panel.$eval('p[dir="rtl"] .citation', (mark) => getComputedStyle(mark).direction);
    expect(citation).toBe('ltr');

    expect(await violations(panel)).toEqual([]);
    expect(await overflow(panel)).toBeLessThanOrEqual(0);
    await press(panel, 'Cards');
    await see(panel, 'Pell');
    expect(await violations(panel, '.markdown')).toEqual([]);
    await press(panel, 'Table');

    // The other theme has other colours, in the diagram as well.
    await panel.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
    });
    expect(await colour()).not.toBe(light);
    await until(
      async () =>
        (await panel.$eval('figure img', (image) => (image as HTMLImageElement).src)) !== firstAddress,
      'the diagram was drawn in dark',
    );
    expect(await violations(panel)).toEqual([]);
    await press(panel, 'Save as SVG');
    const svg = (await saved('diagram.svg')).toString();
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain('#e8eff2');
    await press(panel, 'Save as PNG');
    expect((await saved('diagram.png')).subarray(1, 4).toString()).toBe('PNG');
    await press(panel, 'Show the source');
    expect(await answerText(panel)).toContain('A[Tide comes in] --> B{Sluice open?}');
    await press(panel, 'Show the diagram');
    await find(panel, 'Show the source', 'button');
    await panel.evaluate(() => delete document.documentElement.dataset.theme);
    await panel.setViewport(null);
    await seeNothingStrange();
  });

  it('shows the source of a diagram that is wrong, endless or wants more than to be seen', async () => {
    const { panel } = stage;
    const sources = [
      'flowchart LR\n  A[never closed --> ',
      `flowchart LR\n${Array.from({ length: 400 }, (_, index) => `  a${index} --> a${index + 1}`).join('\n')}`,
      `flowchart LR\n  A --> B\n  click A href "${trap.origin}/click"`,
      `flowchart LR\n  A@{ img: "${trap.origin}/shape.png" } --> B`,
      `flowchart LR\n  A["<img src='${trap.origin}/label.png' onerror='fetch()'>"] --> B`,
      `flowchart LR\n  A --> B\n  style B fill:url(${trap.origin}/fill)`,
      `flowchart LR\n  A --> B\n  class A hot\n  classDef hot background:url(${trap.origin}/class)`,
    ];
    for (const source of sources) {
      await answered(fence('mermaid', source));
      await until(
        async () => (await (await newestAnswer(panel)).$('figure figcaption')) !== null,
        'this one was refused',
        panel,
      );
      expect(await (await newestAnswer(panel)).$('figure img')).toBeNull();
      expect(await answerText(panel)).toContain(source.split('\n').at(-1)?.trim());
    }
    // What is left of an attack in a diagram that can be drawn is a picture at rest.
    const rest = [
      `%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "* { background: url(${trap.origin}/css) }"}}%%`,
      'flowchart LR',
      '  A["<b>Bold</b> words"] --> B',
    ].join('\n');
    await answered(fence('mermaid', rest));
    await panel.waitForFunction(() => {
      const figure = [...document.querySelectorAll('figure')].at(-1);
      return figure?.querySelector('img');
    });
    expect(
      await panel.$$eval('iframe', (frames) => frames.map((frame) => frame.getAttribute('sandbox'))),
    ).toEqual(['allow-scripts']);
    await seeNothingStrange();
  });

  it('keeps the panel alive while a diagram hangs, and draws the next', async () => {
    const { panel } = stage;
    const frame = () => panel.frames().find((one) => one.url().endsWith('/diagram.html'));
    await answered(fence('mermaid', 'flowchart LR\n  One --> Two'));
    await picture();
    // What a diagram that never ends would do.
    void frame()
      ?.evaluate(() => {
        for (;;);
      })
      .catch(() => {});
    const start = Date.now();
    expect(await panel.evaluate(() => 1 + 1)).toBe(2);
    expect(Date.now() - start).toBeLessThan(5_000);
    await answered(fence('mermaid', 'flowchart LR\n  Three --> Four'));
    await see(panel, 'This cannot be drawn as a diagram.');
    await answered(fence('mermaid', 'flowchart LR\n  Five --> Six'));
    await until(
      async () =>
        (
          await panel.$$eval('figure img', (list) => list.map((image) => (image as HTMLImageElement).alt))
        ).some((alt) => alt.includes('Six')),
      'the next diagram was drawn',
      panel,
      30_000,
    );
  });
});
