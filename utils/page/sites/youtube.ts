import type { FlatPage } from '../flat-page';
import { byline, firstOf, heading, inLanguage, leaveOutAll, make, siteContent, textOf } from './build';
import { paragraphsOf } from './line-ends';
import {
  addTranscript,
  type Chapter,
  captionLines,
  chaptersIn,
  secondsOf,
  type TranscriptLine,
} from './transcript';
import type { Site, SiteGap } from './types';
import { addComments } from './youtube-comments';
import { bestTrack, type VideoData, videoData, videoId } from './youtube-data';

const segments = 'ytd-transcript-segment-renderer, transcript-segment-view-model';
const sectionHeadings = 'ytd-transcript-section-header-renderer, timeline-chapter-view-model';

/** Videos: title, channel, date, description, the whole transcript with its times, and the comments that are loaded. */
export const youtube: Site = {
  id: 'youtube',
  hosts: ['youtube.com'],

  resources(page): Record<string, string> {
    const id = videoId(page.url);
    if (!id || page.document.querySelector(segments)) return {};
    const data = videoData(page, id);
    const address = data && captionAddress(page, bestTrack(data)?.address);
    return address ? { transcript: address } : {};
  },

  read(page, resources) {
    const id = videoId(page.url);
    if (!id) return null;
    const { document } = page;
    const data = videoData(page, id);
    const root = document.querySelector('ytd-reel-video-renderer[is-active]') ?? document;
    const title = firstOf(
      root,
      'ytd-watch-metadata h1',
      'h1.ytd-watch-metadata',
      '#title h1',
      'yt-shorts-video-title-view-model h2',
      '.slim-video-information-title',
    );
    const name = textOf(title) || data?.title;
    if (!name) return null;

    const content = make(page, 'article', heading(page, 1, title ?? name));
    addLine(page, content, root, data);
    const words = addDescription(page, content, root, data);
    const gaps = addAllLines(page, content, resources.transcript ?? '', chaptersIn(words), data);
    gaps.push(...addComments(page, content));
    return siteContent(content, name, gaps);
  },
};

/** The address of a track on this page's own host, as JSON; undefined when it would lead elsewhere. */
function captionAddress(page: FlatPage, address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address, page.url)) return undefined;
  const url = new URL(address, page.url);
  if (!/(?:^|\.)youtube\.com$/.test(url.hostname) || url.pathname !== '/api/timedtext') return undefined;
  url.protocol = 'https:';
  url.host = new URL(page.url).host;
  url.searchParams.set('fmt', 'json3');
  return url.href;
}

/** Channel, views and date. “3 years ago” gets the day that the page knows. */
function addLine(page: FlatPage, content: Element, root: ParentNode, data: VideoData | undefined): void {
  const channel = firstOf(
    root,
    '#owner ytd-channel-name a',
    'ytd-video-owner-renderer #channel-name a',
    'yt-reel-channel-bar-view-model a',
    '.slim-owner-channel-name, .slim-owner-icon-and-title h3',
  );
  const info = firstOf(
    root,
    'yt-formatted-string#info',
    '#info-container',
    '#info-strings',
    '.slim-video-metadata',
  );
  const isDated = /\d{4}/.test(textOf(info).replace(/[\d,.]{5,}/g, ''));
  const line = byline(page, channel ?? data?.channel, info, !isDated && data?.published);
  if (line) content.append(line);
}

/**
 * The description stands folded and unfolded in the page; the longer one is taken, and what the scripts hold when
 * both are cut. Returns its text with its lines.
 */
function addDescription(
  page: FlatPage,
  content: Element,
  root: ParentNode,
  data: VideoData | undefined,
): string {
  const found = [
    ...root.querySelectorAll<HTMLElement>(
      '#description #expanded, #description #attributed-snippet-text, #description #snippet-text, #description #plain-snippet-text, ytm-expandable-video-description-body-renderer .collapsed-string-container',
    ),
  ].sort((first, second) => textOf(second).length - textOf(first).length);
  const stated = data?.description ?? '';
  const [longest, ...others] = found;
  // Addresses are shortened on the page, so it may be a little shorter than what the scripts hold.
  const isWhole = longest && textOf(longest).length >= stated.replace(/\s+/g, ' ').length * 0.8;
  if (isWhole) {
    const words = longest.textContent ?? '';
    leaveOutAll(
      page,
      others.filter((other) => !longest.contains(other)),
    );
    content.append(
      ...paragraphsOf(page, longest.querySelector('[role=text], .yt-core-attributed-string') ?? longest),
    );
    return words;
  }
  leaveOutAll(page, found);
  for (const paragraph of stated.split(/\n{2,}/)) {
    const lines = paragraph.split('\n').flatMap((line, index) => (index ? [make(page, 'br'), line] : [line]));
    if (paragraph.trim()) content.append(make(page, 'p', ...lines));
  }
  return stated;
}

/** The transcript that is open on the page, or the fetched one; else a gap, when the video has one. */
function addAllLines(
  page: FlatPage,
  content: Element,
  fetched: string,
  chapters: Chapter[],
  data: VideoData | undefined,
): SiteGap[] {
  const { document } = page;
  const open = openLines(page);
  const lines = open.lines.length > 0 ? open.lines : captionLines(fetched);
  if (lines.length === 0) {
    // Scripts of an earlier video say nothing of this one; its description then offers a transcript, or not.
    const mayHave = data ? data.tracks.length > 0 : true;
    const offer =
      'ytd-video-description-transcript-section-renderer, [target-id*=transcript], #segments-container';
    return mayHave && (data || document.querySelector(offer)) ? [{ why: 'transcript', size: 0 }] : [];
  }
  content.append(heading(page, 2, inLanguage(page, 'Transcript', '字幕')));
  addTranscript(page, content, lines, open.chapters.length > 0 ? open.chapters : chapters);
  return [];
}

/** The lines of the open panel, old or new, and the chapter names that stand between them. */
function openLines(page: FlatPage): { lines: TranscriptLine[]; chapters: Chapter[] } {
  const lines: TranscriptLine[] = [];
  const chapters: Chapter[] = [];
  let waiting: Node | undefined;
  for (const element of page.document.querySelectorAll(`${segments}, ${sectionHeadings}`)) {
    if (element.matches(sectionHeadings)) {
      waiting = firstOf(element, 'h3', '#title', 'yt-formatted-string') ?? element;
      continue;
    }
    const time = firstOf(
      element,
      '.segment-timestamp',
      '[class*=SegmentViewModelTimestamp]:not([class*=Label])',
    );
    const words = firstOf(
      element,
      '.segment-text',
      '[role=text]',
      '.yt-core-attributed-string, .ytAttributedStringHost',
      'yt-formatted-string',
    );
    if (!words) continue;
    const seconds = secondsOf(textOf(time)) ?? lines.at(-1)?.seconds ?? 0;
    if (waiting) chapters.push({ seconds, title: make(page, 'span', ...waiting.childNodes) });
    waiting = undefined;
    lines.push({ seconds, time: textOf(time), words: [make(page, 'span', ...words.childNodes)] });
  }
  return { lines, chapters };
}
