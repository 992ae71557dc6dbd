/** Files that come otherwise than one by one: a real folder, and what a link leads to. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inline, makeWorkbook, value } from '../fixtures/workbooks.ts';
import { servePdf, startPdfServer } from '../servers/pdf-server.ts';
import { seeAttached, writeBelow } from './drop-files.ts';
import { ask, find, press, see, waitForAnswerEnd } from './steps.ts';
import { type Stage, startStage } from './trouble-steps.ts';

let stage: Stage;
const place = join(tmpdir(), `wholemoon-folder-${process.pid}`);
const folder = join(place, 'weir');

beforeAll(async () => {
  writeBelow(folder, '.gitignore', 'dist\n');
  writeBelow(folder, 'package.json', '{"name":"weir"}\n');
  writeBelow(folder, 'README.md', '# Weir\n\nThe weir opens at dawn.\n');
  writeBelow(folder, 'src/gate.ts', '/** Opens the gate. */\nexport const gate = 41;\n');
  writeBelow(folder, 'src/logo.bin', new Uint8Array([0, 1, 2, 3]));
  writeBelow(folder, 'dist/gate.js', 'export const built = 41;\n');
  writeBelow(folder, 'node_modules/tide/index.js', 'export const tide = 7;\n');
  stage = await startStage();
});
afterAll(async () => {
  await stage?.close();
  rmSync(place, { recursive: true, force: true });
});

it('is read whole with its tree on top, and is the same when it comes once more', async () => {
  const { panel, model, pages } = stage;
  await stage.open(`${pages.origin}/article`);
  const session = await panel.createCDPSession();
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 150,
      y: 300,
      data: { items: [], files: [folder], dragOperationsMask: 1 },
    });
  await see(panel, '4 files, 7 lines');
  const chooser = panel.waitForFileChooser();
  await press(panel, 'Add files');
  await (await find(panel, 'A folder…', 'menuitem')).click();
  await (await chooser).accept([folder]);
  await see(panel, 'Already here as 2');

  await seeAttached(panel, 1);
  const index = model.requests.length;
  await ask(panel, 'When does the weir open?');
  await waitForAnswerEnd(panel);
  const { prompt } = await model.request(index);
  expect(prompt.match(/<document index=/g)).toHaveLength(1);
  expect(prompt).toMatch(/\[(weir\/)?src\/gate\.ts, line 1\]/);
  expect(prompt).toContain('/** Opens the gate. */\nexport const gate = 41;');
  expect(prompt).toContain('The weir opens at dawn.');
  expect(prompt).toContain('why="binary-files" size="1"');
  expect(prompt).not.toContain('built = 41');
  expect(prompt).not.toContain('tide = 7');
});

it('behind a link is read as what it is, without a tab', async () => {
  const { panel, model, harness } = stage;
  const rows = [{ number: 1, cells: [inline('A1', 'Gate'), value('B1', 41)] }];
  const bytes = makeWorkbook({ sheets: [{ name: 'Costs', rows }] });
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const server = await startPdfServer({ '/costs.xlsx': servePdf(bytes, { 'content-type': type }) });
  try {
    await press(panel, 'New chat');
    const tabs = (await harness.browser.pages()).length;
    await harness.dispatchMenu({ menuItemId: 'read-link', linkUrl: `${server.origin}/costs.xlsx` });
    await press(panel, 'Allow on this site');
    await see(panel, 'costs.xlsx');
    const index = model.requests.length;
    await press(panel, 'Summarise this link');
    const { prompt } = await model.request(index);
    expect(prompt).toContain('[Costs!A1:B1]');
    expect(prompt).toContain('1\tA:Gate\t41');
    expect(server.visits).toEqual(['GET /costs.xlsx']);
    expect(await harness.browser.pages()).toHaveLength(tabs);
  } finally {
    await server.close();
  }
});
