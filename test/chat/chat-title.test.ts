import { describe, expect, it } from 'vitest';
import { chatTitle } from '@/utils/chat/chat-title';
import type { MeasuredSource } from '@/utils/context/compose';
import type { Source } from '@/utils/source';

const page = (title: string, url: string | undefined = 'https://reads.example/'): MeasuredSource => ({
  source: { id: title, kind: 'tab', title, url } as Source,
  tokens: 10,
});
const three = [
  page('Kestrel 7: full specification'),
  page('Folio 2 | The Reader'),
  page('Nami Page — teardown and repair'),
];

describe('what a chat is called', () => {
  it('names what is asked about together', () => {
    expect(chatTitle('compare', 'Compare these sources', three)).toBe('Kestrel 7, Folio 2, Nami Page');
    expect(chatTitle('timeline', 'Timeline', [...three, page('Four'), page('Five')])).toBe(
      'Kestrel 7, Folio 2, Nami Page +2',
    );
    expect(chatTitle('overview', 'Summary', [page('三款阅读器：长期体验'), page('折叠屏｜评测')])).toBe(
      '三款阅读器, 折叠屏',
    );
  });
  it('shortens a long title, and no letter is cut in two', () => {
    const title = chatTitle('compare', 'Compare', [page('🌕'.repeat(80)), page('B')]);
    expect(title).toBe(`${'🌕'.repeat(31)}…, B`);
  });
  it('is the page for any other question, and the question where there is no page', () => {
    expect(chatTitle('answer', 'How much?', three)).toBe('Kestrel 7: full specification');
    expect(chatTitle('compare', 'Compare', [page('Kestrel 7: full specification')])).toBe(
      'Kestrel 7: full specification',
    );
    expect(chatTitle('answer', 'How much?', [])).toBe('How much?');
  });
});
