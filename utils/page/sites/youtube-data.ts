import type { FlatPage } from '../flat-page';

/** One caption track of a video. `isAutomatic` ones are made by speech recognition. */
export interface CaptionTrack {
  address: string;
  language: string;
  isAutomatic: boolean;
}

/** What the scripts of a watch page say of its video. */
export interface VideoData {
  title: string;
  channel: string;
  description: string;
  /** Year, month and day, `2026-05-02`; empty when not said. */
  published: string;
  tracks: CaptionTrack[];
  /** The language that is spoken, when speech recognition has heard one. */
  spoken?: string;
}

/** The identity of the video in an address of a watch, live, shorts or embedded page. */
export function videoId(address: string): string | undefined {
  const { pathname, searchParams } = new URL(address);
  const id =
    pathname === '/watch' ? searchParams.get('v') : /^\/(?:shorts|live|embed)\/([^/]+)/.exec(pathname)?.[1];
  return id && /^[\w-]{6,20}$/.test(id) ? id : undefined;
}

/**
 * Reads `ytInitialPlayerResponse` from the scripts of the live page. It belongs to the first video of a visit: after a
 * change to another video without loading it is still there, so it counts only when its video is this one.
 */
export function videoData(page: FlatPage, id: string): VideoData | undefined {
  const scripts = page.liveOf(page.document.body)?.ownerDocument?.querySelectorAll('script:not([src])') ?? [];
  for (const script of scripts) {
    const text = script.textContent ?? '';
    // `if (window.ytInitialPlayerResponse) {` is no assignment.
    const assignment = /ytInitialPlayerResponse["'\]]{0,2}\s{0,8}=\s{0,8}(?=\{)/.exec(text);
    const response = assignment ? objectAt(text, assignment.index + assignment[0].length) : undefined;
    if (response && field(response, 'videoDetails', 'videoId') === id) return dataOf(response);
  }
  return undefined;
}

function dataOf(response: unknown): VideoData {
  const captions = field(response, 'captions', 'playerCaptionsTracklistRenderer', 'captionTracks');
  const tracks = (Array.isArray(captions) ? captions : []).flatMap((track: unknown) => {
    const address = string(field(track, 'baseUrl'));
    const language = string(field(track, 'languageCode'));
    return address ? [{ address, language, isAutomatic: field(track, 'kind') === 'asr' }] : [];
  });
  const details = field(response, 'videoDetails');
  const format = field(response, 'microformat', 'playerMicroformatRenderer');
  return {
    title: string(field(details, 'title')),
    channel: string(field(details, 'author')),
    description: string(field(details, 'shortDescription')),
    published: /^\d{4}-\d{2}-\d{2}/.exec(string(field(format, 'publishDate')))?.[0] ?? '',
    tracks,
    spoken: tracks.find(({ isAutomatic }) => isAutomatic)?.language,
  };
}

/** The track to read: written by people in the spoken language, else recognised, else written in any language. */
export function bestTrack({ tracks, spoken }: VideoData): CaptionTrack | undefined {
  const own = (track: CaptionTrack) => !spoken || sameLanguage(track.language, spoken);
  return (
    tracks.find((track) => !track.isAutomatic && own(track)) ??
    tracks.find(({ isAutomatic }) => isAutomatic) ??
    tracks[0]
  );
}

const sameLanguage = (first: string, second: string) => first.split('-')[0] === second.split('-')[0];

const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A field of a field of parsed JSON, whatever it is; undefined when the path ends early. */
function field(value: unknown, ...path: string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** The JSON object that begins at a brace in a script. It is parsed, never run; undefined when it is none. */
function objectAt(text: string, open: number): unknown {
  const end = endOfObject(text, open);
  try {
    return end ? (JSON.parse(text.slice(open, end)) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** Braces within strings do not count. Looks at every character once. */
function endOfObject(text: string, open: number): number | undefined {
  let depth = 0;
  let isString = false;
  for (let index = open; index < text.length; index++) {
    const character = text[index];
    if (isString) {
      if (character === '\\') index++;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return index + 1;
  }
  return undefined;
}
