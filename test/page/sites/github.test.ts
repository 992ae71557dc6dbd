import { describe, expect, it } from 'vitest';
import { github } from '@/utils/page/sites/github';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

const root = 'https://github.com/saltworks/gauge';

function read(name: string, url: string) {
  const page = sitePage(name, url);
  const texts = textNodesOf(page);
  const answer = github.read(page, {});
  if (!answer) throw new Error('no content');
  return { ...answer, lines: linesOf(answer.content), lost: lostTexts(texts, page, answer.content) };
}

const fragment = (html: string, url: string) => github.read(flatPage(html, url), {});

describe('an issue', () => {
  const { title, content, lines, gaps, lost } = read('github-issue.html', `${root}/issues/56`);

  it('has its description and comments with authors and dates', () => {
    expect(title).toBe('Tide gauge drops a reading at 00:00 #56');
    expect(lines).toEqual([
      'Tide gauge drops a reading at 00:00 #56',
      'Open · bug',
      'ida-hale · 3 days ago (2026-02-03) · Contributor',
      'Every night one row is missing, says @keel.',
      'gauge tail --since 23:55',
      'found the hour',
      'Comments',
      'keel · on Feb 4, 2026',
      'The buffer is flushed before the clock rolls over.',
      'hourrows',
      '2360',
      '0059',
      'ida-hale · yesterday (2026-02-06)',
      'Confirmed, thank you.',
    ]);
    expect(lost).toEqual([]);
  });

  it('counts what is behind “Load more”', () => {
    expect(gaps).toEqual([{ why: 'not-loaded', size: 37 }]);
  });

  it('keeps tables and code of comments as they are', () => {
    expect(content.querySelectorAll('table')).toHaveLength(1);
    expect(content.querySelector('h1 code')?.textContent).toBe('00:00');
  });
});

describe('a pull request', () => {
  const { title, content, lines, gaps, lost } = read('github-pull.html', `${root}/pull/57`);

  it('has its comments and reviews with the lines they are about', () => {
    expect(title).toBe('Flush after the clock rolls over #57');
    expect(lines).toEqual([
      'Flush after the clock rolls over #57',
      'Merged · fix',
      'keel · Feb 7, 2026',
      'Why',
      'Fixes #56.',
      'src/flush.ts',
      '@@ -10,3 +10,3 @@ export function roll()',
      'const now = clock();',
      '- flush();',
      '+ flush(now);',
      'Comments',
      'ida-hale · Feb 8, 2026 · Contributor',
      'Should now be monotonic?',
      'keel · Feb 8, 2026',
      'It is, since version 4.',
      'src/clock.ts',
      'ida-hale · Feb 9, 2026',
      'Merged, the night shift says thanks.',
    ]);
    expect(lost).toEqual([]);
  });

  it('has its lines as a diff, to the blank', () => {
    const code = content.querySelector('pre code');
    expect(code?.parentElement?.getAttribute('data-language')).toBe('diff');
    expect(code?.textContent).toBe(
      '@@ -10,3 +10,3 @@ export function roll()\n   const now = clock();\n-  flush();\n+  flush(now);\n',
    );
  });

  it('counts hidden items and the comments of resolved threads', () => {
    expect(gaps).toEqual([{ why: 'not-loaded', size: 348 + 3 }]);
  });
});

describe('the view of changed files', () => {
  it('reads new diffs, in one column and in two, with comments between the lines', () => {
    const cell = (mark: string, kind: string, text: string) =>
      `<td class="diff-text-cell"><code class="diff-text ${kind}"><span class="diff-text-marker">${mark}</span><div class="diff-text-inner">${text}</div></code></td>`;
    const html = `<h1><bdi class="markdown-title">Roll</bdi></h1><div role="region"><h3><a href="#diff-9"><code>src/roll.ts</code></a></h3>
      <table data-diff-anchor="diff-9" aria-label="Diff for: src/roll.ts"><tbody>
      <tr><td class="diff-hunk-cell" colspan="4"><code class="diff-text hunk"><div class="diff-text-inner">@@ -1 +1 @@</div></code></td></tr>
      <tr>${cell(' ', '', 'same()')}${cell(' ', '', 'same()')}</tr>
      <tr>${cell('-', 'deletion', 'old()')}${cell('+', 'addition', 'young()')}</tr>
      <tr><td colspan="4"><div data-testid="review-comment"><a data-testid="avatar-link" href="/keel">keel</a><div class="markdown-body"><p>Good name.</p></div></div></td></tr>
      <tr>${cell('+', 'addition', 'last()')}</tr></tbody></table></div>`;
    const answer = fragment(html, `${root}/pull/57/changes`);
    expect(answer && linesOf(answer.content)).toEqual([
      'Roll #57',
      'src/roll.ts',
      '@@ -1 +1 @@',
      'same()',
      '-old()',
      '+young()',
      'keel',
      'Good name.',
      '+last()',
    ]);
    expect(answer?.content.querySelector('pre')?.textContent).toBe(
      '@@ -1 +1 @@\n same()\n-old()\n+young()\n',
    );
  });
});

describe('a file', () => {
  it('is read whole from its text area, once', () => {
    const { title, content, gaps } = read('github-file.html', `${root}/blob/main/src/flush.ts`);
    expect(title).toBe('src/flush.ts');
    expect(content.querySelector('pre')?.getAttribute('data-language')).toBe('ts');
    expect(content.querySelector('pre code')?.textContent).toBe(
      'export const beat = 60;\n\nexport function flush(now: number) {\n\treturn now % beat;\n}\n',
    );
    expect(gaps).toBeUndefined();
  });

  it('takes the value of a text area whose text the flat page does not have', () => {
    const page = sitePage('github-file.html', `${root}/blob/main/src/flush.ts`);
    page.document.querySelector('textarea')?.replaceChildren();
    expect(github.read(page, {})?.content.textContent).toContain('return now % beat;');
  });

  it('without a text area has the drawn lines, and says how many are not drawn', () => {
    const html = `<div data-testid="blob-size">1,204 lines (9 loc)</div><div class="react-file-line">one</div><div class="react-file-line">
</div><div class="react-file-line">three</div>`;
    const answer = fragment(html, `${root}/blob/main/a%20b.py`);
    expect(answer?.title).toBe('a b.py');
    expect(answer?.content.querySelector('code')?.textContent).toBe('one\n\nthree\n');
    expect(answer?.gaps).toEqual([{ why: 'not-loaded', size: 1201 }]);
  });

  it('of Markdown has the rendered text', () => {
    const html = '<nav>Files</nav><article class="markdown-body"><h1>盐</h1><p>海的骨头。</p></article>';
    const answer = fragment(html, `${root}/blob/main/docs/salt.md`);
    expect(answer && linesOf(answer.content)).toEqual(['docs/salt.md', '盐', '海的骨头。']);
  });
});

describe('a repository', () => {
  const { title, lines, lost } = read('github-repository.html', root);

  it('has its description, the names of its files and its README', () => {
    expect(title).toBe('saltworks/gauge');
    expect(lines).toEqual([
      'saltworks/gauge',
      'Reads tide gauges, forgives the sea',
      'src',
      'README.md',
      'gauge',
      'Reads a tide gauge over a serial line.',
      'PortBaud',
      'A9600',
    ]);
    expect(lost).toEqual([]);
  });
});

describe('a gist', () => {
  it('has its files as code, and its comments', () => {
    const html = `<h1 class="public"><strong itemprop="name"><a href="#">tide.py</a></strong></h1>
      <div itemprop="about">Turns of the tide</div>
      <div class="file"><div class="file-header"><div class="file-info"><a href="#file-tide-py"><strong class="user-select-contain gist-blob-name">tide.py</strong></a></div></div>
      <div class="blob-wrapper"><table class="highlight js-file-line-container"><tbody><tr><td id="L1" class="blob-num js-line-number" data-line-number="1"></td><td class="blob-code blob-code-inner js-file-line">def turn():</td></tr><tr><td class="blob-num" data-line-number="2"></td><td class="blob-code blob-code-inner js-file-line">    return 12.42</td></tr></tbody></table></div></div>
      <div class="timeline-comment"><a class="author">keel</a> <relative-time datetime="2026-01-01T00:00:00Z">Jan 1, 2026</relative-time><div class="comment-body markdown-body"><p>Hours?</p></div></div>`;
    const answer = fragment(html, 'https://gist.github.com/keel/abc');
    expect(answer && linesOf(answer.content)).toEqual([
      'Turns of the tide',
      'tide.py',
      'def turn():',
      'return 12.42',
      'keel · Jan 1, 2026',
      'Hours?',
    ]);
    expect(answer?.content.querySelector('pre')?.getAttribute('data-language')).toBe('py');
    expect(answer?.content.querySelector('pre code')?.textContent).toContain('\n    return 12.42\n');
  });
});

describe('code that was made plain before', () => {
  it('gets its language from the name of its file, if it has none', () => {
    const file = (name: string, block: string) =>
      `<div class="file"><strong class="gist-blob-name">${name}</strong>${block}</div>`;
    const html =
      file('tide.py', '<pre><code>turn()</code></pre>') +
      file('tide.py', '<pre data-language="diff"><code>+turn()</code></pre>') +
      file('LICENSE', '<pre><code>Free</code></pre>');
    const blocks = fragment(html, 'https://gist.github.com/keel/abc')?.content.querySelectorAll('pre') ?? [];
    expect(Array.from(blocks, (block) => block.getAttribute('data-language'))).toEqual(['py', 'diff', null]);
  });
});

describe('releases', () => {
  it('have their names, dates and notes', () => {
    const html = `<section aria-labelledby="hd-1"><h2 class="sr-only" id="hd-1" hidden>v2</h2><a data-hovercard-type="user" href="/keel">keel</a><relative-time datetime="2026-03-01T00:00:00Z">Mar 1, 2026</relative-time><div class="Box"><div class="Box-body"><span class="f1"><a class="Link--primary" href="${root}/releases/tag/v2">Version 2</a></span><div class="markdown-body"><ul><li>Quieter logs</li></ul></div></div></div></section>`;
    const answer = fragment(html, `${root}/releases`);
    expect(answer && linesOf(answer.content)).toEqual(['Version 2', 'keel · Mar 1, 2026', 'Quieter logs']);
  });
});

describe('anything else', () => {
  const addresses = [root, `${root}/issues/56`, `${root}/pull/57`, `${root}/blob/main/a.ts`, `${root}/wiki`];
  it.each(addresses)('is left to generic reading: %s', (url) => {
    for (const html of strangePages) expect(fragment(html, url)).toBeNull();
  });

  it('knows which of its pages are no text', () => {
    const html = '<article class="markdown-body"><p>Words</p></article>';
    for (const path of ['/saltworks', '/saltworks/gauge/issues', '/saltworks/gauge/actions', '/']) {
      expect(fragment(html, `https://github.com${path}`)).toBeNull();
    }
    expect(fragment(html, 'https://status.github.com/a/b')).toBeNull();
  });
});
