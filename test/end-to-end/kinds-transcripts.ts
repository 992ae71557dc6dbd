/** What sites hand out beside their pages, and how the model has to receive it. */

/** Captions as YouTube hands them out. */
export const transcript = JSON.stringify({
  wireMagic: 'pb3',
  events: [
    { tStartMs: 0, dDurationMs: 9000, id: 1 },
    { tStartMs: 500, segs: [{ utf8: 'The light' }, { utf8: ' goes.' }] },
    { tStartMs: 4000, segs: [{ utf8: '\n' }] },
    { tStartMs: 30_000, segs: [{ utf8: 'We wait.' }] },
    { tStartMs: 65_000, segs: [{ utf8: 'Now the rakes.' }] },
    { tStartMs: 128_000, segs: [{ utf8: '慢慢来。' }] },
    { tStartMs: 131_000, segs: [{ utf8: 'Night.' }] },
  ],
});

export const transcriptPassages = [
  '## Transcript',
  '### Before dusk',
  '[0:00] The light goes. We wait.',
  '### Raking',
  '[1:05] Now the rakes.',
  '[2:08] 慢慢来。',
  '### Night',
  '[2:11] Night.',
];

/** The same video's panel, opened by its viewer. */
export const openTranscript = `<timeline-chapter-view-model><h3 class="ytwTimelineChapterViewModelTitle">At the pan</h3></timeline-chapter-view-model>
<transcript-segment-view-model><div class="ytwTranscriptSegmentViewModelTimestamp">0:01</div><span class="ytAttributedStringHost" role="text">The light goes.</span></transcript-segment-view-model>
<transcript-segment-view-model><div class="ytwTranscriptSegmentViewModelTimestamp">0:30</div><span class="ytAttributedStringHost" role="text">We wait.</span></transcript-segment-view-model>
<transcript-segment-view-model><div class="ytwTranscriptSegmentViewModelTimestamp">1:01:05</div><span class="ytAttributedStringHost" role="text">An hour.</span></transcript-segment-view-model>`;

/** The export of a document of Google Docs, with the comments of its page. */
export const documentPassages = [
  '# Night watch rota',
  '# Rules',
  '**Nobody** sleeps before *the second tide*. See [the rules](https://salt.example/rules?a=1)[1]',
  '- Monday: Ida',
  '- Tuesday: 周琳',
  '| Pan | Rakes |\n| --- | --- |\n| North | 4 |',
  '![Plan of the pans]',
  '---',
  '[1] Second edition.',
  '## Comments',
  '**Ida Hale** · 10:02 AM May 2',
  'Who has the lamp key?',
  '**Zhou Lin**',
  'I do.',
];
