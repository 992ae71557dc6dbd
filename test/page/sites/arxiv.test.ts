import { describe, expect, it } from 'vitest';
import { arxiv } from '@/utils/page/sites/arxiv';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

function read(name: string, url: string) {
  const page = sitePage(name, url);
  const texts = textNodesOf(page);
  const answer = arxiv.read(page, {});
  if (!answer) throw new Error('no content');
  return { ...answer, lines: linesOf(answer.content), lost: lostTexts(texts, page, answer.content) };
}

describe('an abstract', () => {
  it('has its title, authors, dates, facts, history and full texts', () => {
    const { title, lines, lost, content } = read('arxiv-abstract.html', 'https://arxiv.org/abs/2605.01234');
    expect(title).toBe('On the Rhythm of Salt Pans');
    expect(lines).toEqual([
      'On the Rhythm of Salt Pans',
      'Authors:Ida Hale, Zhou Lin',
      '[Submitted on 2 May 2026 (v1), last revised 9 May 2026 (this version, v2)]',
      'Abstract',
      'We measure $\\lambda$ in 40 pans. It beats with the tide.',
      'Comments: 15 pages, 5 figures',
      'Subjects: Geophysics (physics.geo-ph)',
      'Cite as: arXiv:2605.01234 [physics.geo-ph]',
      '(or arXiv:2605.01234v2 for this version)',
      'https://doi.org/10.48550/x',
      'Submission history',
      'From: Ida Hale [view email]',
      '[v1] Sat, 2 May 2026 08:00:00 UTC (1,102 KB)',
      '[v2] Sat, 9 May 2026 08:00:00 UTC (1,110 KB)',
      'Full text',
      'View PDF',
      'HTML (experimental)',
    ]);
    expect(lost).toEqual([]);
    expect([...content.querySelectorAll('a')].map(({ href }) => href)).toContain(
      'https://arxiv.org/pdf/2605.01234',
    );
  });
});

describe('a paper', () => {
  const expected = [
    'arXiv:2605.01234v2 [physics.geo-ph] 09 May 2026',
    'On the Rhythm of Salt Pans',
    'Ida Hale Ouseby Institute',
    'Abstract',
    'It beats with the tide.',
    '1 Pans',
    'A pan is shallow.^[Less than a hand deep.] Its mass obeys',
    'm (1)',
    'Theorem 1.',
    'Every pan beats.',
    'Table 1: Pans by depth.',
    'DepthPans',
    '5 cm31',
    'Wide,',
    '(b) and slow.',
    'Algorithm 1 Raking',
    '1: wait for dusk',
    '2: rake',
    'References',
    '[1] Zhou Lin. Brine clocks. 2019.',
  ];

  it('has everything, with equations as lines and notes in their places', () => {
    const { title, lines, lost, content } = read('arxiv-paper.html', 'https://arxiv.org/html/2605.01234v2');
    expect(title).toBe('On the Rhythm of Salt Pans');
    expect(lines).toEqual(expected);
    expect(lost).toEqual([]);
    expect(content.querySelector('math')?.getAttribute('alttext')).toBe('\\dot m=-\\lambda m');
    expect(content.querySelectorAll('table')).toHaveLength(1);
  });

  it('takes notes that only show under the pointer from the live page', () => {
    const page = sitePage('arxiv-paper.html', 'https://ar5iv.labs.arxiv.org/html/2605.01234');
    page.document.querySelector('.ltx_note_outer')?.remove();
    const answer = arxiv.read(page, {});
    expect(answer && linesOf(answer.content)).toEqual(expected);
  });
});

describe('anything else', () => {
  it.each([...strangePages, '<div id="dlpage"><h1>Geophysics</h1><dl id="articles"><dt>[1]</dt></dl></div>'])(
    'is left to generic reading: %s',
    (html) => {
      expect(arxiv.read(flatPage(html, 'https://arxiv.org/list/x'), {})).toBeNull();
    },
  );
});
