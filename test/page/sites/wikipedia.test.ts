import { describe, expect, it } from 'vitest';
import { wikipedia } from '@/utils/page/sites/wikipedia';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

function read(name: string, url: string) {
  const page = sitePage(name, url);
  const texts = textNodesOf(page);
  const answer = wikipedia.read(page, {});
  if (!answer) throw new Error('no content');
  return { ...answer, lines: linesOf(answer.content), lost: lostTexts(texts, page, answer.content) };
}

describe('an article', () => {
  const { title, content, lines, lost } = read(
    'wikipedia.html',
    'https://en.wikipedia.org/wiki/Marsh_lantern',
  );

  it('has its text, notes, info box, tables, captions and references in order', () => {
    expect(title).toBe('Marsh lantern');
    const words = lines.join('\n').replace(/\s+/g, ' ');
    const order = [
      'Marsh lantern',
      'For the moth, see Lantern moth.',
      'Invented',
      '1794',
      'Rapeseed oil',
      'A marsh lantern is a low lamp that was hung over causeways.[1] Its light falls',
      'Use',
      'Wardens lit one lantern for every forty paces of causeway.',
      'Lanterns by parish',
      'Ouseby',
      '212',
      'A lantern on its hook, drawn in 1801',
      'References',
      'Hale, Ida (1911). Lights of the Fen. Ouseby Press.',
    ];
    let position = 0;
    for (const phrase of order) {
      const found = words.indexOf(phrase, position);
      expect(found, phrase).toBeGreaterThanOrEqual(position);
      position = found + phrase.length;
    }
    expect(lost).toEqual([]);
  });

  it('has none of the furniture of the wiki', () => {
    for (const junk of [
      'edit',
      'Jump',
      'Deutsch',
      'Contents',
      'Lamps of the world',
      'Part of a series',
      '^',
    ]) {
      expect(lines).not.toContain(junk);
    }
    expect(content.textContent).not.toMatch(/Retrieved from|Types of lamp|last edited|free encyclopedia/);
  });

  it('leaves the formula to the reading of mathematics', () => {
    expect(content.querySelector('.mwe-math-element')).not.toBeNull();
  });
});

describe('the mobile host, in Chinese', () => {
  it('has every section, folded ones too', () => {
    const { title, lines, lost } = read('wikipedia-mobile-zh.html', 'https://zh.m.wikipedia.org/wiki/盐灯');
    expect(title).toBe('盐灯');
    expect(lines).toEqual([
      '盐灯',
      '盐灯是沿海盐场夜间照明用的矮灯。',
      '历史',
      '最早的记载见于《盐户日录》，书成于1732年。',
      '灯油取自菜籽，一夜约耗三两。',
    ]);
    expect(lost).toEqual([]);
  });
});

describe('anything else', () => {
  const editing =
    '<div id="mw-content-text"><div class="mw-parser-output"><p>Preview</p></div><form id="editform"></form></div>';
  it.each([...strangePages, editing, '<div id="mw-content-text"><ul><li>A list of edits</li></ul></div>'])(
    'is left to generic reading: %s',
    (html) => {
      const page = flatPage(html, 'https://en.wikipedia.org/wiki/X');
      const before = page.document.body.textContent;
      expect(wikipedia.read(page, {})).toBeNull();
      expect(page.document.body.textContent).toBe(before);
    },
  );
});
