import { getLanguage, languages, t } from '../../i18n';
import type { Source } from '../../source';
import type { AnswerRecord, TurnRecord } from '../../store/records';
import { aboutWords } from '../about';
import { unitParts } from '../file-units';
import { bodyOf } from '../follow-ups';
import { shownQuestion } from '../shown-question';
import { assignNumbers } from '../source-numbers';
import { inParentheses } from './addresses';
import { type CitedPlace, type CitedText, citedKey, citedText } from './cited-text';
import { placeLabel } from './place-label';
import { whenChecked } from './when-checked';

/** What is on screen of a chat: the questions of one branch, each with the answer that is shown. */
export interface ShownChat {
  title: string;
  turns: { turn: TurnRecord; answer?: AnswerRecord }[];
  sources: Source[];
  /** The sources that an answer was written from, in the order of their numbers. */
  sourcesFor: (answer: AnswerRecord) => Source[];
}

/**
 * A chat as Markdown: its sources and how much of them was read, each question and answer with its model, citations as
 * links, and the words of every passage that was cited. What a model thought is left out.
 */
export function chatAsMarkdown(
  { title, turns, sources, sourcesFor }: ShownChat,
  now = Date.now(),
): Promise<string> {
  return onceChecked(() => write({ title, turns, sources, sourcesFor }, now));
}

/** One answer as Markdown with links to what it cites. */
export const answerAsMarkdown = (answer: AnswerRecord, sources: Source[]): Promise<string> =>
  onceChecked(() => citedText(bodyOf(answer), sources, t('saved.notFound')));

/** The same as a file of its own: what was asked, and at its end the sources and the words of every cited passage. */
export const answerFile = (
  answer: AnswerRecord,
  sources: Source[],
  { title, about, question }: { title: string; about: string; question?: string },
): Promise<string> =>
  onceChecked(() => {
    const cited = citedText(bodyOf(answer), sources, t('saved.notFound'));
    const numbers = new Map(sources.map(({ id }, index) => [id, index + 1]));
    const parts = [
      `# ${plain(title)}`,
      `*${plain(about)}*`,
      ...(question ? [quoted(question)] : []),
      cited.text.trim() || `*${t('saved.noAnswer')}*`,
      ...remarks(answer),
      ...endOf(sources, cited.places, numbers),
    ];
    return { text: `${parts.join('\n\n')}\n`, isPending: cited.isPending };
  });

type Written = Pick<CitedText, 'text' | 'isPending'>;

async function onceChecked(make: () => Written): Promise<string> {
  return (await whenChecked(make)).text;
}

function write({ title, turns, sources, sourcesFor }: ShownChat, now: number): Written {
  const parts = [
    `# ${plain(title) || t('history.untitled')}`,
    `*${t('saved.madeAt', { time: moment(now) })}*`,
  ];
  // What an answer calls a source is what the lists call it.
  const answers = turns.flatMap(({ answer }) => answer ?? []);
  const numbers = assignNumbers(
    answers,
    sources.map(({ id }) => id),
  );
  if (sources.length > 0) parts.push(`## ${t('saved.sources')}`, sourceList(sources, numbers));
  const places = new Map<string, CitedPlace>();
  let isPending = false;
  for (const { turn, answer } of turns) {
    parts.push(`## ${t('saved.question')}`, questionPart(turn));
    if (!answer) continue;
    const cited = answerPart(answer, sourcesFor(answer));
    parts.push(cited.text);
    isPending ||= cited.isPending;
    for (const place of cited.places) places.set(citedKey(place), place);
  }
  if (places.size > 0)
    parts.push(`## ${t('saved.passages')}`, ...passageParts([...places.values()], numbers));
  return { text: `${parts.join('\n\n')}\n`, isPending };
}

/** The sources by their numbers. Lists are counted through by who draws Markdown: one with gaps is no such list. */
function sourceList(sources: Source[], numbers: Map<string, number>): string {
  const numberOf = ({ id }: Source) => numbers.get(id) ?? 0;
  const ordered = sources.toSorted((one, other) => numberOf(one) - numberOf(other));
  const isCounted = ordered.every((source, place) => numberOf(source) === place + 1);
  return ordered
    .map((source) => sourceLine(source, isCounted ? `${numberOf(source)}.` : `- **${numberOf(source)}**`))
    .join('\n');
}

function sourceLine(source: Source, mark: string): string {
  const { title, url, words, segments, readAt, gaps, pages, file } = source;
  const name = plain(title) || t('page.untitled');
  const isOnWeb = url !== undefined && /^https?:/i.test(url);
  const lacks = gaps.filter(({ why }) => why !== 'furniture' && why !== 'page-tools');
  const facts = [
    isOnWeb ? `[${name}](${inParentheses(url)})` : name,
    ...(lacks.length === 0 ? [t('page.read')] : []),
    ...(file ? unitParts(source) : []),
    ...(file || pages === undefined ? [] : [t('pdf.pages', { count: pages })]),
    ...(file ? [] : [t('page.words', { count: words })]),
    t('saved.paragraphs', { count: segments.length }),
    t('saved.readAt', { time: moment(readAt) }),
  ];
  const missing = lacks.map(({ why, size, sample }) => {
    const what = t(`page.gaps.${why}`, { count: size });
    return `   - ${plain(sample ? `${what} (${sample})` : what)}`;
  });
  return [`${mark} ${facts.join(' · ')}`, ...missing].join('\n');
}

function questionPart({ images, askedAt, scope, ...asked }: TurnRecord): string {
  const lines = [quoted(shownQuestion(asked))];
  const pictures = images?.length ? ` · ${t('saved.pictures', { count: images.length })}` : '';
  const about = scope ? ` · ${aboutWords(scope)}` : '';
  lines.push(`*${moment(askedAt)}${pictures}${about}*`);
  return lines.join('\n\n');
}

function answerPart(answer: AnswerRecord, sources: Source[]) {
  const { text, ...cited } = citedText(bodyOf(answer), sources, t('saved.notFound'));
  const head = `### ${plain(answer.provider === 'excerpts' ? t('excerpts.name') : answer.model)}`;
  const parts = [head, text.trim() || `*${t('saved.noAnswer')}*`];
  if (answer.passes) parts.push(`*${t('receipt.passes', { count: answer.passes.plan.length })}*`);
  parts.push(...remarks(answer));
  return { ...cited, text: parts.join('\n\n') };
}

/** That an answer is not whole, or that its model has not read everything. */
const remarks = (answer: AnswerRecord): string[] => [
  ...(answer.text && answer.reason !== 'stop' ? [`*${t('saved.incomplete')}*`] : []),
  ...(answer.sendings.some(({ alarm }) => alarm) ? [`*${t('answer.alarmText')}*`] : []),
];

/** The sources of one answer, and each passage that it cites. */
function endOf(sources: Source[], places: CitedPlace[], numbers: Map<string, number>): string[] {
  const listed = sources.filter(({ segments }) => segments.length > 0);
  const cited = new Map(places.map((place) => [citedKey(place), place]));
  return [
    ...(listed.length > 0 ? [`## ${t('saved.sources')}`, sourceList(listed, numbers)] : []),
    ...(cited.size > 0 ? [`## ${t('saved.passages')}`, ...passageParts([...cited.values()], numbers)] : []),
  ];
}

/** Every cited passage once, by source and in the order of its text. */
function passageParts(places: CitedPlace[], numbers: Map<string, number>): string[] {
  const at = ({ source }: CitedPlace) => numbers.get(source.id) ?? numbers.size + 1;
  return places
    .sort((one, other) => at(one) - at(other) || one.paragraph - other.paragraph)
    .map((place) => {
      const { source, paragraph, words, address } = place;
      const number = numbers.size > 1 ? `${at(place)} ` : '';
      const mark = `${number}¶${paragraph}`;
      const title = plain(source.title) || t('page.untitled');
      const where = placeLabel(source.segments.find(({ number }) => number === paragraph));
      const named = where ? `${title}, ${plain(where)}` : title;
      return `**${address ? `[${mark}](${address})` : mark}** ${named}\n\n${quotedLines(plainLines(words))}`;
    });
}

/** Text as a quotation, every line of it. Nothing in it loads or is markup. */
const quoted = (text: string) => quotedLines(text.replace(/!(?=\[)|<(?=[a-z/!?])/gi, (sign) => `\\${sign}`));

const quotedLines = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => (line ? `> ${line}` : '>'))
    .join('\n');

/** Signs that Markdown would take for its own. */
const signs = /[\\`*_{}[\]<>#|~&!]/g;
const plainLines = (text: string) => text.replace(signs, (sign) => `\\${sign}`);
/** In one line, as it is read. */
const plain = (text: string) => plainLines(text.replace(/\s+/g, ' ').trim());

const moment = (time: number) =>
  new Intl.DateTimeFormat(languages[getLanguage()].tag, { dateStyle: 'long', timeStyle: 'short' }).format(
    time,
  );
