// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { googleDocs } from '@/utils/page/sites/google-docs';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

const identity = '1aB_cdefghijklmnopqrstuvwxyz-0123456789';
const url = `https://docs.google.com/document/d/${identity}/edit?tab=t.0#heading=h.1`;
const document = readFileSync(
  join(import.meta.dirname, '../../fixtures/pages/sites/google-docs-export.html'),
  'utf8',
);
const comments = ['Comments', 'Ida Hale · 10:02 AM May 2', 'Who has the lamp key?', 'Zhou Lin', 'I do.'];

describe('a document', () => {
  it('is read from its export, with its comments', () => {
    const page = sitePage('google-docs.html', url);
    const texts = textNodesOf(page);
    const answer = googleDocs.read(page, { document });
    expect(answer?.title).toBe('Night watch rota');
    expect(answer && linesOf(answer.content)).toEqual([
      'Night watch rota',
      'Rules',
      'Nobody sleeps before the second tide. See the rules[1]',
      'Monday: Ida',
      'Tuesday: 周琳',
      'Pan',
      'Rakes',
      'North',
      '4',
      '[1] Second edition.',
      ...comments,
    ]);
    expect(answer?.gaps).toBeUndefined();
    expect(answer && lostTexts(texts, page, answer.content)).toEqual([]);
  });

  it('keeps emphasis and links, and no data of pictures', () => {
    const content = googleDocs.read(sitePage('google-docs.html', url), { document })?.content;
    expect(content?.querySelector('strong')?.textContent).toBe('Nobody');
    expect(content?.querySelector('em')?.textContent).toBe('the second tide');
    expect(content?.querySelector('h1 strong')).toBeNull();
    const headings = Array.from(content?.querySelectorAll('h1') ?? [], (heading) => heading.textContent);
    expect(headings).toEqual(['Night watch rota', 'Rules']);
    expect(content?.querySelector('a')?.getAttribute('href')).toBe('https://salt.example/rules?a=1');
    expect(content?.querySelector('img')?.getAttribute('alt')).toBe('Plan of the pans');
    expect(content?.querySelector('img')?.hasAttribute('src')).toBe(false);
    expect(content?.textContent).not.toContain('font-weight');
  });

  it.each(['', '<html><body><form>Sign in</form></body></html>', 'Sorry, the file is not available'])(
    'without its export says that its text is not loaded: %j',
    (answered) => {
      const answer = googleDocs.read(sitePage('google-docs.html', url), { document: answered });
      expect(answer && linesOf(answer.content)).toEqual(['Night watch rota', ...comments]);
      expect(answer?.gaps).toEqual([{ why: 'export', size: 0 }]);
    },
  );
});

describe('the address of the export', () => {
  const address = (from: string) => googleDocs.resources?.(flatPage('', from));
  const root = 'https://docs.google.com';

  it('is on the same host and for the same account', () => {
    expect(address(url)).toEqual({ document: `${root}/document/d/${identity}/export?format=html` });
    expect(address(`${root}/document/u/1/d/${identity}/edit`)).toEqual({
      document: `${root}/document/u/1/d/${identity}/export?format=html`,
    });
    expect(address(`${root}/document/d/${identity}`)).toEqual({
      document: `${root}/document/d/${identity}/export?format=html`,
    });
  });

  it.each([
    `${root}/document/d/e/2PACX-1vabcdefghijklmnop/pub`,
    `${root}/document/d/${identity}/mobilebasic`,
    `${root}/spreadsheets/d/${identity}/edit`,
    `${root}/document/u/0/`,
  ])('is not asked for on %s, which generic reading reads', (other) => {
    expect(address(other)).toEqual({});
    for (const html of strangePages) expect(googleDocs.read(flatPage(html, other), {})).toBeNull();
  });
});

describe('a mangled page', () => {
  it.each(strangePages)('gives a gap or nothing: %s', (html) => {
    const answer = googleDocs.read(flatPage(html, url), {});
    expect(answer?.gaps ?? [{ why: 'export', size: 0 }]).toEqual([{ why: 'export', size: 0 }]);
  });

  it('runs nothing of the export', () => {
    const hostile = `<body class="doc-content"><p>Text</p><script>parent.document.title = 'ran'</script></body>`;
    const page = sitePage('google-docs.html', url);
    expect(googleDocs.read(page, { document: hostile })?.content.querySelector('script')).toBeNull();
  });
});
