import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPanel } from './steps.ts';
import { startWorld, type World } from './world.ts';

/** Functions given to `evaluate` run in an extension page; this is what they use there. */
declare const chrome: {
  management: { getPermissionWarningsByManifest(manifest: string): Promise<string[]> };
};

interface TrustedTypes {
  createPolicy(name: string, rules: object): unknown;
}

interface Manifest {
  permissions: string[];
  optional_host_permissions?: string[];
  content_security_policy: { extension_pages: string };
  [key: string]: unknown;
}

const read = (build: string) =>
  readFileSync(resolve(import.meta.dirname, `../../.output/${build}/manifest.json`), 'utf8');

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe.each(['chrome-mv3', 'firefox-mv3'])('the manifest of %s', (build) => {
  const manifest = JSON.parse(read(build)) as Manifest;

  it('reaches no page by itself', () => {
    expect(manifest.manifest_version).toBe(3);
    expect(manifest).not.toHaveProperty('content_scripts');
    expect(manifest).not.toHaveProperty('host_permissions');
    // One page, for frames in pages, under an address that pages cannot know; Firefox has no such addresses.
    expect(manifest.web_accessible_resources ?? []).toEqual(
      build === 'firefox-mv3'
        ? []
        : [
            {
              resources: ['overlay.html'],
              matches: ['http://*/*', 'https://*/*', 'file:///*'],
              use_dynamic_url: true,
            },
          ],
    );
    expect(manifest).not.toHaveProperty('externally_connectable');
    expect(manifest.permissions).toContain('activeTab');
    expect(
      manifest.permissions.filter((name) =>
        /^(tabs|history|cookies|management|webRequest.*|<.*|.*:.*)$/.test(name),
      ),
    ).toEqual([]);
  });

  it('lets nothing run or load in its pages but its own files', () => {
    const policy = manifest.content_security_policy.extension_pages;
    const directives = new Map(
      policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
    );
    expect(directives.get('default-src')).toEqual(["'none'"]);
    // WebAssembly from our own files reads words in pictures; no text becomes a program.
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"]);
    // One policy by name, without 'allow-duplicates': nothing after our own module can make another.
    expect(directives.get('trusted-types')).toEqual(['wholemoon-worker']);
    expect(directives.get('worker-src')).toEqual(["'self'"]);
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*/);
  });
});

describe('in the browser', () => {
  it('warns of nothing when it is installed', async () => {
    const page = await world.harness.openExtensionPage('options.html');
    const warnings = (manifest: string) =>
      page.evaluate((text) => chrome.management.getPermissionWarningsByManifest(text), manifest);
    expect(await warnings(read('chrome-mv3'))).toEqual([]);
    // The browser does warn of a manifest that asks for more.
    const greedy = { ...JSON.parse(read('chrome-mv3')), host_permissions: ['<all_urls>'] };
    expect(await warnings(JSON.stringify(greedy))).not.toEqual([]);
  });

  it('leaves a page alone until the button is clicked over it', async () => {
    const page = await world.harness.page(`${world.pages.otherOrigin}/article`);
    const before = await look(page);
    expect(before).toEqual({ ...before, extraGlobals: [], sameHtml: true, sheets: 0, painted: 0 });
    expect(await worlds(page)).toEqual([]);

    await openPanel(world.harness, page);
    expect(await worlds(page)).not.toEqual([]);
    // The reader works in a world of its own and leaves no trace in the page's.
    expect(await look(page)).toEqual(before);
  });

  it('starts no worker but its own reader of files, and makes no other policy', async () => {
    const page = await world.harness.openExtensionPage('sidepanel.html');
    const outcomes = await page.evaluate(() => {
      const outcome = (work: () => unknown) => {
        try {
          work();
          return 'allowed';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const types = (globalThis as unknown as { trustedTypes: TrustedTypes }).trustedTypes;
      return {
        plainAddress: outcome(() => new Worker('/file-reader.js')),
        otherPolicy: outcome(() => types.createPolicy('other', {})),
        markup: outcome(() => {
          document.body.innerHTML = '<b>bold</b>';
        }),
      };
    });
    expect(outcomes).toEqual({ plainAddress: 'TypeError', otherPolicy: 'TypeError', markup: 'TypeError' });
  });

  it('gives its files to no page', async () => {
    const page = await world.harness.page(`${world.pages.origin}/article`);
    const load = (path: string) =>
      page.evaluate(
        (url) =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        `chrome-extension://${world.harness.extensionId}/${path}`,
      );
    for (const path of ['sidepanel.html', 'manifest.json', 'icons/16.png', 'overlay.html'])
      expect(await load(path)).toBe(false);
  });
});

/** What a page can see of a visitor. */
const look = (page: Page) =>
  page.evaluate(async () => {
    const clean = document.createElement('iframe');
    document.body.append(clean);
    const known = new Set(Object.getOwnPropertyNames(clean.contentWindow));
    clean.remove();
    const extraGlobals = Object.getOwnPropertyNames(window).filter(
      (name) => !known.has(name) && !/^\d+$/.test(name),
    );
    const html = await (await fetch(location.href)).text();
    const sent = new DOMParser().parseFromString(html, 'text/html');
    return {
      extraGlobals,
      sameHtml: sent.documentElement.isEqualNode(document.documentElement),
      sheets: document.adoptedStyleSheets.length,
      painted: CSS.highlights.size,
    };
  });

/** The extension's own JavaScript worlds in a page, by their origins. */
async function worlds(page: Page): Promise<string[]> {
  const session = await page.createCDPSession();
  const origins: string[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => origins.push(context.origin));
  await session.send('Runtime.enable');
  await session.detach();
  return origins.filter((origin) => origin.startsWith('chrome-extension:'));
}
