import { execFile } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const picture = resolve(root, '.output/wholemoon.png');

/** What a newcomer sees first, on a machine without a display. */
describe('npm start without a display', () => {
  it('prints a summary with citations and a receipt, and leaves a picture', async () => {
    rmSync(picture, { force: true });
    const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...environment } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, ['test/start.ts'], {
      cwd: root,
      env: { ...environment, CI: 'true', LANG: 'en_US.UTF-8', LANGUAGE: 'en' },
      timeout: 55_000,
    });
    expect(stdout).toContain('Excerpts has read all 143 paragraphs');
    expect(stdout.match(/¶\d+/g)?.length).toBeGreaterThan(9);
    expect(stdout).toMatch(/whole text, [\d,]+ characters/);
    expect(stdout).toContain('First word after');
    expect(existsSync(picture) && statSync(picture).size).toBeGreaterThan(20_000);
  });
});
