/** Decides where a sentence ends: corrects what Intl.Segmenter's language-blind rules (UAX #29) get wrong. */

/**
 * Before these, UAX #29 breaks too late: it counts an opening quote or bracket as the end of the sentence
 * before it.
 */
const OPENER = /[“‘「『﹁﹃（([【〔〖《〈{«„‚¿¡]/;
const CLOSERS = /[”’」』﹂﹄）)\]】〕〗》〉}»]+/y;
/** Reference marks such as [3] or [4, 5] belong to the sentence they follow. */
const REFERENCES = /(?:\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])+/y;
const SPACE = /\s*/y;

/** A full stop after these never ends a sentence. */
const TITLES = words(`
  dr mr mrs ms mx prof rev gen col capt cmdr lt sgt sen rep gov hon messrs mme mlle vs cf viz eg ie approx
  resp nb dipl
`);
/** A full stop after these is part of them when a number follows. */
const COUNTED = words(`
  no nos nr fig figs eq eqs sec sect ch chap vol vols p pp par art vers v ver al ref refs tab jan feb mar
  apr jun jul aug sep sept oct nov dec c ca
`);
/** A full stop after these may also end the sentence: the next word decides. */
const SOMETIMES = words(
  `inc ltd co corp llc jr sr bros al est dept univ assn ed eds trans etc plc gmbh st mt ft`,
);

/**
 * Words that start a sentence in capitals and no name: after an ambiguous full stop they tell that one has
 * ended.
 */
const STARTERS = words(`
  the a an he she it we they you i i'm i'd i'll i've it's this that these those there here in on at but and
  so or nor yet if when while as for from with by to after before because since then now however although
  though what who why how where which his her its our their my your no not yes one some many most all both
  each every such instead today still even once until during another other according despite meanwhile thus
  hence therefore also
`);

/** Chinese speech: the clause that says who spoke belongs to the quotation before it. */
const SPEAKER =
  /^(?!.{0,12}[说說]明)[^。！？；，、：“「『…\s]{0,8}(?:(?<![知难難味频頻街轨軌报報渠人])道|[说說问問答喊叫嚷吼笑叹嘆骂罵])(?:[道着著了]|[^。！？“「]{0,10}[。！？，：])/u;

/**
 * The part of a sentence that these rules look at, in UTF-16 units: longer than any abbreviation or closing
 * marks.
 */
const REACH = 40;

/**
 * Ends of the sentences in `text`, as offsets in UTF-16 units, in order, the last one being `text.length`.
 * Lazy, so that the caller can pause within a long passage.
 */
export function* sentenceEnds(text: string, segmenter: Intl.Segmenter): Generator<number> {
  let last = 0;
  let quotes = 0;
  let counted = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const raw = index + segment.length;
    if (raw >= text.length) break;
    for (; counted < raw; counted++) if (text[counted] === '"') quotes++;
    const end = corrected(text, raw, quotes);
    if (end <= last || end >= text.length || continues(text, last, end)) continue;
    yield* cuts(text, last, end);
    last = end;
  }
  if (last < text.length) yield* cuts(text, last, text.length);
}

/**
 * Transcripts and old books go on for pages without a full stop. Longer than this is quoted in pieces, UTF-16
 * units.
 */
const ENDLESS = 1000;
const PIECE = { least: 200, most: 400 };

/**
 * The ends of the pieces of an endless sentence, cut at the best mark within reach; of any other, only its
 * end.
 */
function* cuts(text: string, start: number, end: number): Generator<number> {
  let from = start;
  while (end - start > ENDLESS && end - from > PIECE.most) {
    const reach = text.slice(from + PIECE.least, from + PIECE.most);
    const marks = [/[；;：:—][^；;：:—]*$/, /[，,、][^，,、]*$/, /\s\S*$/].map((mark) => reach.search(mark));
    const mark = marks.find((position) => position >= 0) ?? reach.length - 1;
    from += PIECE.least + mark + 1;
    // Never between the halves of one character.
    if (/[\udc00-\udfff]/.test(text.charAt(from))) from++;
    yield from;
  }
  yield end;
}

/**
 * Gives opening marks to the sentence that they open, closing and reference marks to the one that they close.
 */
function corrected(text: string, raw: number, quotesBefore: number): number {
  let end = raw;
  let quotes = quotesBefore;
  // A straight quote opens when it is the first, third, fifth ... of the passage, with no space after it.
  while (end > 0 && (OPENER.test(text.charAt(end - 1)) || (text[end - 1] === '"' && quotes % 2 === 1))) {
    if (text[end - 1] === '"') quotes--;
    end--;
  }
  for (const pattern of [CLOSERS, REFERENCES, CLOSERS, SPACE]) {
    pattern.lastIndex = end;
    end += pattern.exec(text)?.[0].length ?? 0;
  }
  return end;
}

/** True when what stands before `end` is not a whole sentence or what follows still belongs to it. */
function continues(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(start, end - REACH), end).trimEnd();
  const after = text.slice(end, end + REACH);
  const whole = end - start <= REACH;
  if (whole && !/[\p{L}\p{N}]/u.test(before)) return true;
  if (/^[,;:，、；：)）…]/.test(after)) return true;
  if (/["'”’」』]$/.test(before) && /^[—–]/.test(after)) return true;
  if (text[end - 1] === '\n') return /^[\p{Ll}]/u.test(after);
  if (/[?!][)\]"'”’»]*$/.test(before)) return /^\p{Ll}/u.test(after);
  if (/[。！？!?…]["'”’」』]$/.test(before)) return SPEAKER.test(after);
  if (!/\.[)\]"'”’]*$/.test(before)) return false;
  if (/[A-Za-z0-9]\.$/.test(text.slice(end - 2, end)) && /^[\p{L}\p{N}]/u.test(after)) return true;
  return abbreviated(before, after, whole);
}

/** Whether the full stop at the end of `before` marks an abbreviation, an initial or a number in a list. */
function abbreviated(before: string, after: string, whole: boolean): boolean {
  if (whole && /^[(]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]+$/.test(before)) return true;
  const word = /(?:^|[^\p{L}\p{N}.])((?:\p{L}{1,4}\.)*\p{L}+)\.$/u.exec(before)?.[1];
  if (!word) return false;
  const lower = word.toLowerCase();
  const next = /^[“‘"'(]?([\p{L}’']+)/u.exec(after)?.[1]?.replaceAll('’', "'").toLowerCase() ?? '';
  if (TITLES.has(lower.replaceAll('.', ''))) return true;
  if (COUNTED.has(lower) && /^[([]?[\d§]/.test(after)) return true;
  const initials = word.includes('.') || (/^\p{Lu}$/u.test(word) && word !== 'I');
  return (initials || SOMETIMES.has(lower)) && /^\p{Script=Latin}/u.test(next) && !STARTERS.has(next);
}

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}
