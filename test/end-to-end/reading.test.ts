import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reading } from '../../utils/source/index.ts';
import { type Harness, launch } from './harness.ts';

/** What counts as visible text depends on layout, so the reader is tried in a real browser, injected as it is in use. */

declare const chrome: {
  tabs: { query(filter: object): Promise<{ id: number }[]> };
  scripting: { executeScript(injection: object): Promise<{ result: { reading: Reading } }[]> };
};

const filler = Array.from(
  { length: 12 },
  (_, number) => `<p>Paragraph ${number} is here so that the page has an article of a believable length.</p>`,
).join('\n');

const pages: Record<string, string> = {
  '/contents': `<div style="display:contents"><main style="display:contents"><article>${filler}<p>Inside two boxless wrappers.</p></article></main></div>`,
  '/hidden': `<article>${filler}
    <p style="display:none">Never shown: alpha.</p>
    <div style="visibility:hidden">Invisible: beta. <p style="visibility:visible">Visible again: gamma.</p></div>
    <details><summary>More</summary><p>Inside closed details: delta.</p></details>
    <div role="tabpanel" style="display:none"><p>In a closed tab: epsilon.</p></div>
    <p aria-hidden="true">Shown but hidden from assistive technology: zeta.</p></article>`,
  '/table': `<article>${filler}<table><caption>Falls</caption><tr><th>Mill</th><th>Fall</th></tr>
    <tr><td rowspan="2">Carrow</td><td>2.1</td></tr><tr><td>2.3</td></tr></table></article>`,
  '/strict': `<article>${filler}<p>Under a strict policy.</p></article>`,
};

let server: Server;
let harness: Harness;
let origin: string;

async function read(path: string): Promise<Reading> {
  const page = await harness.page(origin + path);
  await harness.clickAction(page);
  const panel = await harness.panel();
  const reading = await panel.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    const target = { tabId: tab?.id };
    const [frame] = await chrome.scripting.executeScript({ target, files: ['/content-scripts/reader.js'] });
    return frame?.result.reading;
  });
  if (!reading) throw new Error(`Nothing was read from ${path}`);
  return reading;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const body = pages[request.url ?? ''];
    const policy =
      "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'";
    response.writeHead(body ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      ...(request.url === '/strict' ? { 'content-security-policy': policy } : {}),
    });
    response.end(`<!doctype html><title>Test page</title><body>${body ?? ''}</body>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  harness = await launch();
});

afterAll(async () => {
  await harness?.close();
  server?.close();
});

describe('the reader in a real page', () => {
  it('reads text inside elements that have no box of their own', async () => {
    const { text, coverage } = await read('/contents');
    expect(text).toContain('Paragraph 11 is here');
    expect(text).toContain('Inside two boxless wrappers.');
    expect(coverage?.read).toBe(coverage?.visible);
  });

  it('leaves out what nobody sees, counts it, and keeps what is one click away', async () => {
    const { text, gaps } = await read('/hidden');
    for (const kept of ['gamma', 'delta', 'epsilon', 'zeta']) expect(text).toContain(kept);
    for (const left of ['alpha', 'beta']) expect(text).not.toContain(left);
    expect(gaps).toContainEqual({ why: 'hidden', size: 'Nevershown:alpha.Invisible:beta.'.length });
  });

  it('keeps the columns of a table under a rowspan', async () => {
    const { text } = await read('/table');
    expect(text).toContain('| Mill | Fall |\n| --- | --- |\n| Carrow | 2.1 |\n| Carrow | 2.3 |');
  });

  it('reads a page whose policy forbids every script and every parser', async () => {
    const { text } = await read('/strict');
    expect(text).toContain('Under a strict policy.');
  });
});
