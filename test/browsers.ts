/**
 * Finds the browsers that the end-to-end tests drive, and gets them when there are none.
 * `node test/browsers.ts` does it for both and prints where they are; `--chromium` for Chromium only.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface BrowserKind {
  name: string;
  variable: string;
  /** Names to look up in PATH. */
  commands: string[];
  /** Usual places, for systems that do not put browsers into PATH. */
  paths: string[];
  packages: string[];
}

const homes = [process.env.HOME, ''].filter((home) => home !== undefined);
const programFolders = [
  process.env.PROGRAMFILES,
  process.env['PROGRAMFILES(X86)'],
  process.env.LOCALAPPDATA,
].filter((folder) => folder !== undefined);

const macPaths = (...applications: string[]) =>
  applications.flatMap((name) => homes.map((home) => `${home}/Applications/${name}`));
const windowsPaths = (...programs: string[]) =>
  programs.flatMap((program) => programFolders.map((folder) => join(folder, ...program.split('/'))));

// Chromium and Chrome for Testing come first: an installed Chrome or Edge may be under the policies of a company.
const chromium: BrowserKind = {
  name: 'Chromium',
  variable: 'CHROMIUM',
  commands: [
    'chromium',
    'chromium-browser',
    'google-chrome-for-testing',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
  ],
  paths:
    {
      linux: ['/usr/lib/chromium/chromium', '/snap/bin/chromium', '/opt/google/chrome/chrome'],
      darwin: macPaths(
        'Chromium.app/Contents/MacOS/Chromium',
        'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
        'Google Chrome.app/Contents/MacOS/Google Chrome',
        'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ),
      win32: windowsPaths(
        'Chromium/Application/chrome.exe',
        'Google/Chrome for Testing/Application/chrome.exe',
        'Google/Chrome/Application/chrome.exe',
        'Microsoft/Edge/Application/msedge.exe',
      ),
    }[process.platform as string] ?? [],
  // Without the language pack Debian's Chromium speaks English only, whatever `language` a test asks for.
  packages: ['chromium', 'chromium-l10n'],
};

const firefox: BrowserKind = {
  name: 'Firefox',
  variable: 'FIREFOX',
  commands: ['firefox-esr', 'firefox'],
  paths:
    {
      linux: ['/usr/lib/firefox-esr/firefox-esr', '/usr/lib/firefox/firefox', '/snap/bin/firefox'],
      darwin: macPaths('Firefox.app/Contents/MacOS/firefox'),
      win32: windowsPaths('Mozilla Firefox/firefox.exe', 'Mozilla Firefox ESR/firefox.exe'),
    }[process.platform as string] ?? [],
  packages: ['firefox-esr'],
};

/** The path of an installed Chromium, Chrome or Edge, or undefined. */
export function findChromium(): string | undefined {
  return find(chromium) ?? findDownloadedChromium();
}

/** The path of an installed Firefox, or undefined. */
export function findFirefox(): string | undefined {
  return find(firefox);
}

/** The path of a Chromium; installs one when there is none. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  const tried = ['looked for an installed Chromium, Chrome or Edge', installWithApt(chromium)];
  const installed = find(chromium);
  if (installed) return installed;
  tried.push(downloadChromium());
  const downloaded = findDownloadedChromium();
  if (downloaded) return downloaded;
  throw new Error(sentence(chromium, tried));
}

/** The path of a Firefox; installs one when there is none. */
export async function ensureFirefox(): Promise<string> {
  const found = findFirefox();
  if (found) return found;
  const tried = ['looked for an installed Firefox', installWithApt(firefox)];
  const installed = find(firefox);
  if (installed) return installed;
  throw new Error(sentence(firefox, tried));
}

function find(kind: BrowserKind): string | undefined {
  const chosen = process.env[kind.variable];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`${kind.variable} is set to ${chosen}, which is not a program; correct it or unset it.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const named = kind.commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...(process.platform === 'win32' ? [] : named), ...kind.paths].find(
    (path) => isProgram(path) && starts(path),
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Ubuntu has a `chromium-browser` that only says which snap to install; only asking tells it from a browser. */
function starts(path: string): boolean {
  if (process.platform !== 'linux') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { timeout: 20_000, encoding: 'utf8' });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

function installWithApt(kind: BrowserKind): string {
  if (process.platform !== 'linux') return 'left apt-get out, as this is not Linux';
  if (process.getuid?.() !== 0) return 'left apt-get out, as it needs root';
  const run = (...words: string[]) =>
    spawnSync('apt-get', words, {
      // Progress goes to stderr: stdout is for the paths.
      stdio: ['ignore', process.stderr, process.stderr],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  if (run('--version').error) return 'found no apt-get';
  run('update');
  const { status } = run('install', '-y', ...kind.packages);
  return `ran apt-get install ${kind.packages.join(' ')} (exit code ${status})`;
}

const require = createRequire(import.meta.url);

function findDownloadedChromium(): string | undefined {
  const { chromium } = require('playwright-core') as typeof import('playwright-core');
  const path = chromium.executablePath();
  return path && isProgram(path) ? path : undefined;
}

function downloadChromium(): string {
  const program = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  const { status } = spawnSync(process.execPath, [program, 'install', 'chromium', '--no-shell'], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
  return `ran playwright-core install chromium (exit code ${status})`;
}

function sentence(kind: BrowserKind, tried: string[]): string {
  return `No ${kind.name} for the end-to-end tests: ${tried.join(', ')}; install ${kind.name} or set ${kind.variable} to its path.`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(await ensureChromium());
    if (!process.argv.includes('--chromium')) console.log(await ensureFirefox());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
