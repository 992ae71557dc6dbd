/**
 * `npm start`: shows the built extension at work on the sample article, without a key. With a display in a window
 * that stays open; without one the summary goes to the terminal and a picture of the panel to `.output`.
 */
import { relative, resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { ensureChromium } from './browsers.ts';
import { type Harness, launch } from './end-to-end/harness.ts';
import { createProfile, removeProfile } from './end-to-end/profile.ts';
import { pressSummarize, readInPanel, streamedBlocks } from './sample.ts';
import { startSampleServer } from './servers/sample-server.ts';

const repository = resolve(import.meta.dirname, '..');
const picture = resolve(repository, '.output/wholemoon.png');
/** Pixels of a picture that shows the whole summary; Chromium draws no taller ones reliably. */
const tallest = 8_000;

const language = systemLanguage();

try {
  await ensureChromium();
  const profile = createProfile();
  process.once('exit', () => removeProfile(profile));
  await show(await open(profile));
} catch (error) {
  console.error(`Wholemoon could not be shown: ${sentenceOf(error)}`);
  process.exitCode = 1;
}

async function open(profile: string): Promise<{ harness: Harness; headed: boolean }> {
  if (hasDisplay()) {
    try {
      return { harness: await launch({ headed: true, language, profile }), headed: true };
    } catch {
      console.log('The display cannot be used, so the browser runs without a window.');
    }
  }
  try {
    return { harness: await launch({ language, profile }), headed: false };
  } catch (error) {
    throw new Error(`the browser did not start (${sentenceOf(error)})`, { cause: error });
  }
}

async function show({ harness, headed }: { harness: Harness; headed: boolean }): Promise<void> {
  closeOnSignals(harness);
  const site = await startSampleServer();
  try {
    const url = `${site.origin}/${/^zh\b/i.test(language) ? 'zh' : 'en'}.html`;
    const panel = await readInPanel(harness, url);
    if (headed) {
      await pressSummarize(panel);
      console.log(`Wholemoon is reading ${url} in the side panel of the browser that has just opened.`);
      console.log('It works on every other page there as well. Close the browser when you have seen enough.');
      await closed(harness);
    } else await tell(panel, url);
  } catch (error) {
    // Whoever closes the window or presses Ctrl+C in the middle has seen enough.
    if (harness.browser.connected) throw error;
  } finally {
    await harness.close();
    await site.close();
  }
}

/** Puppeteer's own listeners kill the browser, which then leaves its traces in the system's temporary folder. */
function closeOnSignals(harness: Harness): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.removeAllListeners(signal).on(signal, () => {
      process.exitCode = code;
      void harness.close();
    });
  }
}

/** Prints what the panel shows, while it comes, and takes a picture of it. */
async function tell(panel: Page, url: string): Promise<void> {
  console.log(`Wholemoon has read ${url} in a browser without a window.`);
  console.log('It has no key and no model yet, so its own Excerpts summarise:\n');
  await panel.setViewport({ width: 400, height: 860, deviceScaleFactor: 2 });
  await pressSummarize(panel);
  // Who answers is said with the first words of the answer.
  await panel.waitForSelector('.answer-head');
  console.log(`${await textOf(panel, '.answer-head')}\n`);
  for await (const { kind, text } of streamedBlocks(panel)) {
    const lines = kind === 'quote' ? text.replace(/^(?=.)/gm, '    ') : text;
    console.log(kind === 'heading' ? lines : `${lines}\n`);
  }
  await panel.click('.receipt summary');
  // What a receipt says is drawn when it is open.
  await panel.waitForSelector('.receipt dt');
  console.log(await textOf(panel, '.receipt summary'));
  const rows = await panel.$$eval('.receipt dt', (names) =>
    names.map((name) => {
      const label = (name as HTMLElement).innerText.split(/\s*\n\s*/).join(' · ');
      return `${label}: ${name.nextElementSibling?.textContent}`;
    }),
  );
  for (const row of rows) console.log(`    ${row}`);

  const height = await panel.evaluate(() => {
    const thread = document.querySelector('.thread');
    return thread ? innerHeight - thread.clientHeight + thread.scrollHeight : innerHeight;
  });
  await panel.setViewport({ width: 400, height: Math.min(height, tallest), deviceScaleFactor: 1 });
  await panel.screenshot({ path: picture as `${string}.png` });
  console.log(`\nThe panel as a picture: ${relative(repository, picture)}`);
}

/** The texts inside an element, apart from each other. */
function textOf(panel: Page, selector: string): Promise<string> {
  return panel.$eval(selector, (element) =>
    [...element.childNodes].flatMap((node) => node.textContent?.trim() || []).join(' '),
  );
}

/** Waits until the user has closed the browser. On a Mac it outlives its last window, so that counts as well. */
async function closed({ browser }: Harness): Promise<void> {
  const hasWindow = () => browser.targets().some((target) => target.type() === 'page');
  await new Promise<void>((resolve) => {
    browser.on('disconnected', () => resolve());
    browser.on('targetdestroyed', () => !hasWindow() && resolve());
    if (!browser.connected) resolve();
  });
}

function hasDisplay(): boolean {
  if (process.env.CI) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The language the user reads, e.g. `zh-CN`: what the environment says, or else the operating system. */
function systemLanguage(): string {
  const { LANGUAGE = '', LC_ALL = '', LC_MESSAGES = '', LANG = '' } = process.env;
  const named = [...LANGUAGE.split(':'), LC_ALL, LC_MESSAGES, LANG]
    .map((locale) => locale.split(/[.@]/)[0] ?? '')
    .find((locale) => locale && !/^(C|POSIX)$/i.test(locale));
  return named?.replaceAll('_', '-') ?? Intl.DateTimeFormat().resolvedOptions().locale;
}

/** The first line of an error: what follows in those of browsers is their log. */
function sentenceOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.trim();
}
