import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { twoColumnPdf } from '../fixtures/pdf-documents.ts';
import { inline, makeWorkbook, value } from '../fixtures/workbooks.ts';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { missingFrom, type PageServer, paragraphsOf, startPageServer } from '../servers/page-server.ts';
import { type PdfServer, servePdf, startPdfServer } from '../servers/pdf-server.ts';
import { type FirefoxHarness, launchFirefox } from './firefox.ts';
import { connectModel, until } from './steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const browser: {
  permissions: Record<'contains' | 'remove', (permissions: { origins: string[] }) => Promise<boolean>>;
};

let pages: PageServer;
let model: ModelServer;
let firefox: FirefoxHarness;
let files: PdfServer;
const columns = twoColumnPdf(12);

beforeAll(async () => {
  [pages, model, files, firefox] = await Promise.all([
    startPageServer(),
    startModelServer(),
    startPdfServer({ '/columns.pdf': servePdf(columns.bytes) }),
    launchFirefox({ grant: true }),
  ]);
}, 120_000);
afterEach(() => firefox.closeSidebar());
afterAll(() => Promise.all([firefox?.close(), pages.close(), model.close(), files.close()]));

it('opens the sidebar over the page that the button was clicked on, reads it, and quotes its sentences', async () => {
  const page = await firefox.page(`${pages.otherOrigin}/article`);
  await firefox.clickAction();
  await seeInSidebar('Read in full');
  expect(await textOfSidebar()).toContain('The Last Keepers of the Tide Book');
  await pressInSidebar('Summarise this page');
  await seeInSidebar('Excerpts chooses sentences from the text and quotes them. It does not write.');
  await seeInSidebar('What was read');
  await firefox.clickInSidebar('article a[aria-label^="Source "]');
  await seeInSidebar('Show in page');
  const quote = await firefox.inSidebar((window) => {
    const buttons = [...window.document.querySelectorAll('button')];
    const show = buttons.find((button) => button.textContent.includes('Show in page'));
    return show?.closest('div')?.querySelector('p')?.textContent;
  });
  expect(paragraphsOf('/article').map((text) => text.slice(0, 60))).toContain(quote?.slice(0, 60));

  await pressInSidebar('Show in page');
  await until(() => page.evaluate(() => scrollY > 0 && CSS.highlights.size === 1), 'the passage is painted');
  expect(model.requests).toHaveLength(0);
});

it('sends the whole page to a model that was set up in the settings and shows its answer as it comes', async () => {
  await connectModel(firefox, { baseUrl: model.baseUrl, key: 'sk-test' });
  expect(model.requests).toHaveLength(0);
  let goOn = () => {};
  const seen = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  model.always({
    text: 'From the model, with care ¶3. '.repeat(60),
    pause: { afterCharacters: 300, until: seen },
  });
  await firefox.page(`${pages.otherOrigin}/article?visit=2`);
  await firefox.clickAction();
  await seeInSidebar('Read in full');
  await pressInSidebar('Summarise this page');
  await seeInSidebar('From the model, with care ¶3.');
  const request = await model.request(0);
  expect(request.sent).toBeLessThan(60 * 30);
  goOn();
  expect(missingFrom(request.prompt, paragraphsOf('/article'))).toEqual([]);
  expect(request.headers.authorization).toBe('Bearer sk-test');
  expect(request.headers.origin).toBe(firefox.origin);
  expect(await request.ended).toBe('answered');
  await seeInSidebar('What was sent');
  expect(await textOfSidebar()).toContain('has read all 70 paragraphs');
});

it('picks a tab behind the one in front, and compares both', async () => {
  model.always({ text: 'The tide book is older ¶2.' });
  const before = model.requests.length;
  await firefox.page(`${pages.origin}/zh-article`);
  await firefox.page(`${pages.otherOrigin}/article?visit=3`);
  await firefox.clickAction();
  await seeInSidebar('Read in full');
  await firefox.clickInSidebar('button[aria-label="Add tabs"]');
  await firefox.clickInSidebar('dialog [role="checkbox"]', '青麦镇的最后一位敲钟人');
  // A page of this computer may be anything: it is asked about first.
  await pressInSidebar('Read it');
  await seeInSidebar('2 sources');
  await firefox.clickInSidebar('dialog button', 'Compare');
  await seeInSidebar('The tide book is older');
  const { prompt } = await model.request(before);
  expect(prompt.match(/<document index=/g)).toHaveLength(2);
  for (const path of ['/article', '/zh-article']) expect(missingFrom(prompt, paragraphsOf(path))).toEqual([]);
});

it('reads the PDF that a tab shows, every sentence in order, and sends it whole', async () => {
  model.always({ text: 'Read in full, ¶2.' });
  const before = model.requests.length;
  await firefox.page(`${files.origin}/columns.pdf`);
  await firefox.clickAction();
  await seeInSidebar('Firefox lets no extension into its PDF viewer.');
  await pressInSidebar('Allow on this site');
  await seeInSidebar('12 pages');
  await seeInSidebar('Read in full');
  await pressInSidebar('Summarise this page');
  await seeInSidebar('Read in full, ¶2.');
  const prompt = (await model.request(before)).prompt.replace(/\s+/g, ' ');
  let from = 0;
  for (const text of columns.sentences.flat()) {
    const at = prompt.indexOf(text, from);
    expect({ text, isInOrder: at >= from }).toEqual({ text, isInOrder: true });
    from = at;
  }
});

it('reads a workbook and a program that are chosen in the sidebar, and sends both whole', async () => {
  model.always({ text: 'The gate costs 41 ¶2.' });
  const before = model.requests.length;
  await firefox.page(`${pages.otherOrigin}/article?visit=5`);
  await firefox.clickAction();
  await seeInSidebar('Read in full');
  const rows = [{ number: 1, cells: [inline('A1', 'Gate'), value('B1', 41)] }];
  const workbook = Buffer.from(makeWorkbook({ sheets: [{ name: 'Costs', rows }] }));
  const program = Buffer.from('export const weir = 7;\n');
  await firefox.inSidebar(
    (window, ...files) => {
      const field = window.document.querySelector('input[type="file"]') as HTMLInputElement & {
        mozSetFileArray(files: File[]): void;
      };
      // What a script drops is hidden from the page in Firefox; what is chosen is not.
      field.mozSetFileArray(
        files.map(({ name, base64 }) => {
          const bytes = Uint8Array.from(window.atob(base64), (character) => character.charCodeAt(0));
          return new window.File([bytes], name);
        }),
      );
      field.dispatchEvent(new window.Event('change', { bubbles: true }));
    },
    { name: 'costs.xlsx', base64: workbook.toString('base64') },
    { name: 'weir.ts', base64: program.toString('base64') },
  );
  await seeInSidebar('1 sheet, 1 row');
  await seeInSidebar('1 line');
  await pressInSidebar('Summary');
  await seeInSidebar('The gate costs 41');
  const { prompt } = await model.request(before);
  expect(prompt.match(/<document index=/g)).toHaveLength(2);
  expect(prompt).toContain('[Costs!A1:B1]');
  expect(prompt).toContain('1\tA:Gate\t41');
  expect(prompt).toContain('export const weir = 7;');
});

it('takes a selection from the menu, tries the article of the welcome page, and finds both in the history', async () => {
  model.always({ text: 'They write down the sea ¶2.\n\n```ts\nconst tide = 1;\n```' });
  const before = model.requests.length;
  const page = await firefox.page(`${pages.otherOrigin}/article?visit=4`);
  const selected = await page.evaluate(() => {
    const paragraph = document.querySelectorAll('p')[2] as HTMLElement;
    paragraph.id = 'chosen';
    paragraph.scrollIntoView({ block: 'center' });
    getSelection()?.selectAllChildren(paragraph);
    return paragraph.innerText.replace(/\s+/g, ' ').trim();
  });
  await firefox.chooseMenuItem(page, '#chosen', 'ask-selection');
  await seeInSidebar('Selected text');
  await seeInSidebar(selected.slice(0, 40));
  await firefox.closeSidebar();

  const welcome = await firefox.openExtensionPage('welcome.html');
  await (await welcome.waitForSelector('::-p-text(Try it on this article)'))?.click();
  await seeInSidebar('They write down the sea');
  expect((await model.request(before)).prompt).toContain('tide mill');
  // Workers begin in Firefox as well: the one for colours, and the one that searches.
  await firefox.waitInSidebar((window) => window.document.querySelector('.code-keyword') !== null);
  await firefox.clickInSidebar('button[aria-label="History"]');
  await firefox.waitInSidebar((window) => {
    const field = window.document.querySelector<HTMLInputElement>('.search-field input');
    if (!field) return false;
    field.focus();
    const { set } = Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, 'value') ?? {};
    set?.call(field, 'const tide');
    field.dispatchEvent(new window.Event('input', { bubbles: true }));
    return true;
  });
  await seeInSidebar('1 chat');
  await seeInSidebar('The return of the tide mill');
});

it('asks the browser for every site with the click that has every question looked up', async () => {
  await firefox.page(`${pages.otherOrigin}/article`);
  await firefox.clickAction();
  const settings = await firefox.openExtensionPage('options.html');
  const mayRead = () =>
    settings.evaluate(() => browser.permissions.contains({ origins: ['https://*/*', 'http://*/*'] }));
  expect(await mayRead()).toBe(false);
  await firefox.clickInSidebar('button[aria-label^="Web search"]');
  await firefox.clickInSidebar('[role^="menuitem"]', 'Always');
  await until(mayRead, 'the browser lets us in everywhere');
  await firefox.clickInSidebar('button[aria-label="Web search: Always"]');
  await firefox.clickInSidebar('[role^="menuitem"]', 'Off');
  await firefox.waitInSidebar(
    (window) => window.document.querySelector('button[aria-label="Web search: Off"]') !== null,
  );
  await settings.evaluate(() => browser.permissions.remove({ origins: ['https://*/*', 'http://*/*'] }));
  await settings.close();
});

it('translates what is selected after the key, all of it', async () => {
  const page = await firefox.page(`${pages.otherOrigin}/article?visit=5`);
  await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.querySelector('article') as HTMLElement);
  });
  model.always({ text: '译文在此。' });
  const before = model.requests.length;
  await firefox.pressShortcut('X');
  await seeInSidebar('译文在此。');
  const asked = (await model.request(before)).prompt.split('</documents>').at(-1) ?? '';
  // Marks that the browser draws around quotations are in no selection.
  const whole = paragraphsOf('/article').filter((text) => !text.includes('“'));
  expect(missingFrom(asked, whole)).toEqual([]);
});

const textOfSidebar = async () => {
  // what is closed or hidden is not seen
  const text = await firefox.inSidebar((window) => window.document.body.innerText);
  return text.replaceAll('\u2060', '').replace(/\s+/g, ' ');
};

async function seeInSidebar(text: string) {
  let shown = '';
  // Until it is open, asking the sidebar fails.
  const isSeen = async () => {
    shown = await textOfSidebar().catch(String);
    return shown.includes(text);
  };
  await until(isSeen, `“${text}” is shown in the sidebar`).catch((error: unknown) => {
    throw new Error(`${error} It shows: ${shown.slice(0, 3_000)}`);
  });
}

const pressInSidebar = (text: string) => firefox.clickInSidebar('button', text);
