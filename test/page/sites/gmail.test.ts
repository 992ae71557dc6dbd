import { describe, expect, it } from 'vitest';
import { gmail } from '@/utils/page/sites/gmail';
import { linesOf, sitePage } from '../../fixtures/flat';
import { holdsUp, readSitePage } from './held-up';

const url = 'https://mail.google.com/mail/u/0/#inbox/FMfcgz';

describe('a conversation', () => {
  it('is its messages in order with senders, recipients, dates and files', () => {
    const { content } = readSitePage(gmail, 'gmail.html', url);
    expect(linesOf(content)).toEqual([
      'Harvest dinner: who brings what?',
      'Otto Brandt · otto@example.org · Sep 3, 2026, 8:01 AM',
      'Dear all, the barn is ours on Saturday',
      'Otto Brandt · <otto@example.org> · to me, Lin · Sep 4, 2026, 9:15 AM (2 days ago)',
      'Dear Vera,',
      'Could you bring the long tables?',
      'Six of them.',
      'Benches too.',
      '[Message clipped] View entire message',
      'Attachments:',
      'seating-plan.pdf',
      '林小满 · lin@example.org · to Otto · Sep 5, 2026, 7:40 PM (1 day ago)',
      '我带南瓜汤和面包。',
      'On Fri, Sep 4, 2026 Otto Brandt wrote:',
      'Could you bring the long tables?',
    ]);
    expect(content.querySelector('img[alt="The barn from the south"]')).not.toBeNull();
  });

  it('counts the messages that are folded and not on the page', () => {
    // One shows its first words; four lie in a stack.
    expect(readSitePage(gmail, 'gmail.html', url).gaps).toEqual([{ why: 'not-loaded', size: 5 }]);
  });
});

describe('an adapter', () => {
  holdsUp(gmail, 'gmail.html', url);

  it('leaves the list of conversations to the reader of lists', () => {
    expect(gmail.read(sitePage('gmail-list.html', 'https://mail.google.com/mail/u/0/#inbox'), {})).toBeNull();
  });
});
