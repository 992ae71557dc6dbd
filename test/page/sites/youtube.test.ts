// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { youtube } from '@/utils/page/sites/youtube';
import { flatPage, linesOf, lostTexts, sitePage, strangePages, textNodesOf } from '../../fixtures/flat';

const url = 'https://www.youtube.com/watch?v=saltpan0001&t=3s';
const captions = JSON.stringify({
  wireMagic: 'pb3',
  events: [
    { tStartMs: 0, dDurationMs: 9000, id: 1 },
    { tStartMs: 500, segs: [{ utf8: 'The light' }, { utf8: ' goes.' }] },
    { tStartMs: 4000, segs: [{ utf8: '\n' }] },
    { tStartMs: 30_000, segs: [{ utf8: 'We wait.' }] },
    { tStartMs: 65_000, segs: [{ utf8: 'Now the rakes.' }] },
    { tStartMs: 128_000, segs: [{ utf8: 'Slowly.' }] },
    { tStartMs: 131_000, segs: [{ utf8: 'Night.' }] },
  ],
});
const head = [
  'Raking salt at dusk',
  'Coast Notes · 1,204 views 6 months ago · 2026-04-30',
  'How we rake a pan.',
  'Filmed in "one" take {really}.',
  '0:00 Before dusk',
  '1:05 Raking',
  '2:10 Night',
  'https://salt.example/a/very...',
];
const comments = [
  'Comments',
  '@keel · 5 months ago · 👍 31',
  'The sound at 1:05!',
  'Headphones on.',
  '@coastnotes · → @keel · 5 months ago',
  'Two rakes and a gull.',
];

/** The fixture with a transcript panel put into it. */
function withPanel(panel: string) {
  const page = sitePage('youtube.html', url);
  const secondary = page.document.querySelector('#secondary');
  if (secondary) secondary.innerHTML += panel;
  return page;
}

const linesFrom = (page: ReturnType<typeof sitePage>, resources = {}) => {
  const answer = youtube.read(page, resources);
  return answer ? linesOf(answer.content) : [];
};

describe('a video', () => {
  it('without its transcript has everything else, and says what is missing', () => {
    const page = sitePage('youtube.html', url);
    const answer = youtube.read(page, {});
    expect(answer?.title).toBe('Raking salt at dusk');
    expect(answer && linesOf(answer.content)).toEqual([...head, ...comments]);
    expect(answer?.gaps).toEqual([
      { why: 'transcript', size: 0 },
      { why: 'not-loaded', size: 3 },
    ]);
  });

  it('names the captions that people wrote in the spoken language', () => {
    expect(youtube.resources?.(sitePage('youtube.html', url))).toEqual({
      transcript: 'https://www.youtube.com/api/timedtext?v=saltpan0001&lang=en-GB&fmt=json3',
    });
  });

  it('puts fetched captions into passages of a minute under the chapters of the description', () => {
    const page = sitePage('youtube.html', url);
    const answer = youtube.read(page, { transcript: captions });
    expect(answer && linesOf(answer.content)).toEqual([
      ...head,
      'Transcript',
      'Before dusk',
      '[0:00] The light goes. We wait.',
      'Raking',
      '[1:05] Now the rakes.',
      '[2:08] Slowly.',
      'Night',
      '[2:11] Night.',
      ...comments,
    ]);
    expect(answer?.gaps).toEqual([{ why: 'not-loaded', size: 3 }]);
  });

  it.each([
    '<transcript><text start="0.5" dur="2">It&amp;#39;s dusk.</text><text start="70" dur="1">Rake.</text></transcript>',
    '<timedtext format="3"><body><p t="500" d="2000">It\'s <s>dusk.</s></p><p t="70000">Rake.</p></body></timedtext>',
  ])('reads captions in XML: %s', (transcript) => {
    const lines = linesFrom(sitePage('youtube.html', url), { transcript });
    expect(lines).toContain("[0:00] It's dusk.");
    expect(lines).toContain('[1:10] Rake.');
  });

  it.each(['', '{"events":[', 'null', '{"events":{}}', '<html><body>Sorry</body></html>', '429'])(
    'says that the transcript is missing when it gets %j',
    (transcript) => {
      const answer = youtube.read(sitePage('youtube.html', url), { transcript });
      expect(answer?.gaps).toContainEqual({ why: 'transcript', size: 0 });
    },
  );
});

describe('the open transcript', () => {
  const panels = {
    old: `<ytd-transcript-section-header-renderer><div id="title">At the pan</div></ytd-transcript-section-header-renderer>
      <ytd-transcript-segment-renderer><div class="segment-timestamp"> 0:01 </div><yt-formatted-string class="segment-text">The light goes.</yt-formatted-string></ytd-transcript-segment-renderer>
      <ytd-transcript-segment-renderer><div class="segment-timestamp">0:30</div><yt-formatted-string class="segment-text">We wait.</yt-formatted-string></ytd-transcript-segment-renderer>
      <ytd-transcript-segment-renderer><div class="segment-timestamp">1:01:05</div><yt-formatted-string class="segment-text">An hour.</yt-formatted-string></ytd-transcript-segment-renderer>`,
    young: `<timeline-chapter-view-model><h3 class="ytwTimelineChapterViewModelTitle">At the pan</h3></timeline-chapter-view-model>
      <transcript-segment-view-model><div class="ytwTranscriptSegmentViewModelTimestamp">0:01</div><div class="ytwTranscriptSegmentViewModelTimestampA11yLabel">1 second</div><span class="ytAttributedStringHost" role="text">The light goes.</span></transcript-segment-view-model>
      <transcript-segment-view-model><div class="ytwTranscriptSegmentViewModelTimestamp">0:30</div><span class="ytAttributedStringHost" role="text">We wait.</span></transcript-segment-view-model>
      <transcript-segment-view-model><div class="ytwTranscriptSegmentViewModelTimestamp">1:01:05</div><span class="ytAttributedStringHost" role="text">An hour.</span></transcript-segment-view-model>`,
  };

  it.each(Object.entries(panels))('is read from the %s panel, and nothing is fetched', (_, panel) => {
    const page = withPanel(panel);
    expect(youtube.resources?.(page)).toEqual({});
    const texts = textNodesOf(page);
    const answer = youtube.read(page, {});
    expect(answer && linesOf(answer.content)).toEqual([
      ...head,
      'Transcript',
      'At the pan',
      '[0:01] The light goes. We wait.',
      '[1:01:05] An hour.',
      ...comments,
    ]);
    expect(answer?.gaps).toEqual([{ why: 'not-loaded', size: 3 }]);
    expect(answer && lostTexts(texts, page, answer.content)).toEqual([]);
  });

  it('joins Chinese lines without blanks', () => {
    const segment = (time: string, words: string) =>
      `<transcript-segment-view-model><div class="ytwTranscriptSegmentViewModelTimestamp">${time}</div><span role="text">${words}</span></transcript-segment-view-model>`;
    const page = withPanel(segment('0:01', '天还没亮') + segment('0:03', '盐工已经来了'));
    expect(linesFrom(page)).toContain('[0:01] 天还没亮盐工已经来了');
  });
});

describe('another video in the same visit', () => {
  it('takes nothing from the scripts of the first one', () => {
    const page = sitePage('youtube.html', 'https://www.youtube.com/watch?v=otherpan002');
    expect(youtube.resources?.(page)).toEqual({});
    const answer = youtube.read(page, {});
    expect(answer?.content.textContent).not.toContain('2026-04-30');
    expect(answer?.gaps).toContainEqual({ why: 'transcript', size: 0 });
  });
});

describe('a folded description', () => {
  it('is taken whole from the scripts when the page has only its beginning', () => {
    const page = sitePage('youtube.html', url);
    page.document.querySelector('#expanded')?.remove();
    const lines = linesFrom(page);
    expect(lines.slice(2, 8)).toEqual([
      'How we rake a pan.',
      'Filmed in "one" take {really}.',
      '0:00 Before dusk',
      '1:05 Raking',
      '2:10 Night',
      'https://salt.example/a/very/long/address',
    ]);
  });
});

describe('a short', () => {
  it('is the one that plays', () => {
    const reel = (title: string, active: string) =>
      `<ytd-reel-video-renderer ${active}><yt-reel-channel-bar-view-model><a href="/@x">@${title}</a></yt-reel-channel-bar-view-model><yt-shorts-video-title-view-model><h2><span>${title}</span></h2></yt-shorts-video-title-view-model></ytd-reel-video-renderer>`;
    const html = reel('first', '') + reel('second', 'is-active');
    const answer = youtube.read(flatPage(html, 'https://www.youtube.com/shorts/shortpan003'), {});
    expect(answer && linesOf(answer.content)).toEqual(['second', '@second']);
  });
});

describe('anything else', () => {
  it.each(strangePages)('is left to generic reading: %s', (html) => {
    expect(youtube.read(flatPage(html, url), {})).toBeNull();
    expect(youtube.read(flatPage(html, 'https://www.youtube.com/@coastnotes/videos'), {})).toBeNull();
  });

  it.each([
    'https://evil.example/api/timedtext?v=1',
    'https://www.youtube.com.evil.example/api/timedtext',
    'https://www.youtube.com/logout',
    'javascript:alert(1)',
  ])('fetches no captions from %s', (address) => {
    const response = {
      videoDetails: { videoId: 'saltpan0001', title: 't' },
      captions: {
        playerCaptionsTracklistRenderer: { captionTracks: [{ baseUrl: address, languageCode: 'en' }] },
      },
    };
    const html = `<script>var ytInitialPlayerResponse = ${JSON.stringify(response)};</script>`;
    expect(youtube.resources?.(flatPage(html, url))).toEqual({});
  });

  it.each([
    'var ytInitialPlayerResponse = {"videoDetails":{"videoId":"saltpan0001"',
    'var ytInitialPlayerResponse = null;',
    'if (window.ytInitialPlayerResponse) { run(); }',
    'var ytInitialPlayerResponse = {"videoDetails":[],"captions":5};',
  ])('survives a script such as %s', (script) => {
    const page = flatPage(`<script>${script}</script><div id="title"><h1>Words</h1></div>`, url);
    expect(youtube.resources?.(page)).toEqual({});
    expect(youtube.read(page, {})?.title).toBe('Words');
  });
});
