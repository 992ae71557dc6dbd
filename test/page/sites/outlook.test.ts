import { describe, expect, it } from 'vitest';
import { outlook } from '@/utils/page/sites/outlook';
import { flatPage, linesOf } from '../../fixtures/flat';
import { holdsUp, readSitePage } from './held-up';

const url = 'https://outlook.live.com/mail/0/inbox/id/AQMk';

describe('a conversation', () => {
  it('is its messages in order, without the list beside it and the draft below it', () => {
    const { content, gaps } = readSitePage(outlook, 'outlook.html', url);
    expect(linesOf(content)).toEqual([
      'Bridge inspection',
      'Mia Sol · Mon 7:30 AM · The north pier has a crack',
      'Otto Brandt<otto@example.org> · To:Vera Holm; Mia Sol · Cc:City Office · Tue 5/5/2026 9:15 AM',
      'Dear Vera,',
      'We measured the crack at four millimetres.',
      'PierCrack',
      'North4 mm',
      'Attachments:',
      'pier-north.jpg 2 MB',
      'report.docx 40 KB',
      '何青 · 收件人:Otto Brandt · 2026/5/5 周二 11:02',
      '桥面请先封闭，明天上午我到现场。',
    ]);
    expect(content.querySelector('table')).not.toBeNull();
    expect(gaps).toEqual([{ why: 'not-loaded', size: 1 }]);
  });

  it('may be a single message', () => {
    const html = `<div role="main"><div role="heading" aria-level="2">Keys</div><div aria-label="From: Mia">Mia</div>
      <div role="document" aria-label="Corps du message"><p>They hang by the door.</p></div></div>`;
    const result = outlook.read(flatPage(html, url), {});
    expect(linesOf(result?.content as Element)).toEqual(['Keys', 'Mia', 'They hang by the door.']);
    expect(result?.gaps).toBeUndefined();
  });
});

describe('an adapter', () => {
  holdsUp(outlook, 'outlook.html', url);
});
