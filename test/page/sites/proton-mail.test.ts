import { describe, expect, it } from 'vitest';
import { protonMail } from '@/utils/page/sites/proton-mail';
import { flatPage, linesOf } from '../../fixtures/flat';
import { holdsUp, readSitePage } from './held-up';

const url = 'https://mail.proton.me/u/0/inbox/abc';

describe('a conversation', () => {
  it('is its messages in order, and counts those that are folded', () => {
    const { content, gaps } = readSitePage(protonMail, 'proton-mail.html', url);
    expect(linesOf(content)).toEqual([
      'A lock for the shed',
      'Ola Smith · May 1',
      'Ola Smith <ola@example.org> · To Vera · 2 May 2026',
      'The brass one keeps out the rain.',
      '门锁明天寄出。',
      'lock.png 80 KB',
    ]);
    expect(gaps).toEqual([{ why: 'not-loaded', size: 1 }]);
  });
});

describe('an adapter', () => {
  holdsUp(protonMail, 'proton-mail.html', url);

  it('leaves the list of messages to the reader of lists', () => {
    const html = '<main><div data-testid="message-item:Lock">A lock for the shed</div></main>';
    expect(protonMail.read(flatPage(html, url), {})).toBeNull();
  });
});
