/** Judges by its form whether a sentence reads well on its own. Knows one sentence at a time. */

/**
 * Widths count Latin characters; one Han, Kana or Hangul character says as much as 2.5 of them, so 10 Han are
 * 25.
 */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const LEAST_WIDTH = 25;
const MOST_WIDTH = 600;
/**
 * Up to here a quote is taken in at one reading. Above, its value falls with the square root of the excess.
 */
export const COMFORTABLE_WIDTH = 240;

const OPEN = `^["“‘'(「『（]*`;
const CLOSED = `[)\\]"'”’」』）】]*(?:\\[\\d+\\])*$`;
const ENDED = new RegExp(`[.。！？!?…．｡]${CLOSED}`);
const ASKING = new RegExp(`[?？]${CLOSED}`);
const SPOKEN = /^["“‘「『]/;
const CAPTION =
  /^(?:[图圖表]\s?[\d一二三四五六七八九十：:]|(?:figure|fig\.|table|photo|image|source|credit)\b)/i;

const NARRATING = /^(?:I\b|我(?![们們国國省市县縣校院厂]))/;

const NOTICE = pattern(
  `©|\\b(?:copyright|all rights reserved|cookies?|subscribe|newsletter|sign up|log in)\\b|版权|版權|转载|轉載|
  违者必究|未经授权|责任编辑|免责声明|特别声明|点击下载|扫码|登录`,
);

/** Words at the start that point back to the sentence before. */
const LEANING = pattern(
  `${OPEN}(?:(?:(?:although|because|when|while|if|as|since|though|and|but|so) )?(?:he|she|it|they|this|that|
  these|those|his|her|its|their|him|them)|and|but|so|or|however|also|yet|then|thus|therefore|hence|instead|
  moreover|furthermore|meanwhile|indeed|still|in fact|for example|for instance|in addition|of course|
  as a result|on the other hand|in other words|the former|the latter|another|both|neither|nor|again|besides|
  similarly|likewise|otherwise|nevertheless|nonetheless|additionally|consequently)\\b|
  ${OPEN}(?:[他她它牠這这那此其但而也又再还還]|因此|因为|因為|所以|于是|於是|然而|不过|不過|同时|同時|另外|例如|
  比如|换句话说|換句話說|当然|當然|并且|並且|以及|或者|可是|只是|结果|結果|接着|接著|随后|隨後|然后|然後|后来|後來|
  除此|与此|與此|对此|對此|由此|如此|显然|顯然)`,
);

/** Words that announce a claim, a reason or a result: the "bonus words" of Edmundson's cue method. */
const CUE = pattern(
  `\\b(?:in short|in sum|overall|because|which means|this means|means that|turns out|
  i (?:think|argue|believe|conclude)|we (?:find|found|show|argue|believe|conclude|propose)|important(?:ly)?|
  crucial|essential|must|should|needs? to|expect(?:s|ed)? to|according to|the (?:point|reason|result|lesson|
  problem|aim|goal|question|answer|conclusion|idea|key|case|danger|argument|principle))\\b|总之|總之|总的来说|
  结论|結論|关键|關鍵|意味着|意味著|原因|重要|核心|目标|目標|预计|預計|估计|估計|建议|建議|问题在于|看法|教训|教訓|
  因为|因為|必须|必須|应当|應當|应该|應該|表明|显示|顯示|发现|發現|认为|認為`,
);

/**
 * Factors on a sentence's score, set by reading the quotes chosen from some twenty English and Chinese
 * articles.
 */
const FACTOR = {
  /** A caption, a menu entry, a heading written as text: no full stop at the end. */
  fragment: 0.25,
  caption: 0.4,
  /** Rights, cookies, newsletters. */
  notice: 0.25,
  question: 0.4,
  /** What somebody said is colour more often than content. */
  spoken: 0.8,
  /** "I went there on a Tuesday": how the author came to know it, not what there is to know. */
  narrator: 0.75,
  leaning: 0.6,
  /** At the start of a paragraph a leaning sentence leans less: the paragraph stands on its own. */
  leaningFirst: 0.8,
  /** Paragraphs open with their topic: Baxendale 1958, IBM Journal of Research and Development 2(4). */
  firstOfParagraph: 1.15,
  cue: 1.25,
};

/** Whether a sentence has an end, as statements have and captions, menus and list entries have not. */
export function isWhole(text: string): boolean {
  return ENDED.test(text);
}

/**
 * Whether a sentence starts by pointing back ("This …", "However, …", "但是……") and needs the one before it.
 */
export function leans(text: string): boolean {
  return LEANING.test(text);
}

/** Whether a sentence ends in a question mark, whose answer is then likely to follow. */
export function asks(text: string): boolean {
  return ASKING.test(text);
}

/** Width of a text in Latin characters. */
export function widthOf(text: string): number {
  return text.length + 1.5 * (text.match(WIDE)?.length ?? 0);
}

/**
 * A factor above 0, about 1 for a plain statement; 0 for what is too short or too long to quote. `first` in
 * its paragraph.
 */
export function formFactor(text: string, first: boolean): number {
  const width = widthOf(text);
  if (width < LEAST_WIDTH || width > MOST_WIDTH) return 0;
  let factor = 1;
  if (!isWhole(text)) factor *= FACTOR.fragment;
  if (CAPTION.test(text)) factor *= FACTOR.caption;
  if (NOTICE.test(text)) factor *= FACTOR.notice;
  if (asks(text)) factor *= FACTOR.question;
  if (SPOKEN.test(text)) factor *= FACTOR.spoken;
  if (NARRATING.test(text)) factor *= FACTOR.narrator;
  if (CUE.test(text)) factor *= FACTOR.cue;
  if (leans(text)) factor *= first ? FACTOR.leaningFirst : FACTOR.leaning;
  else if (first) factor *= FACTOR.firstOfParagraph;
  return width > COMFORTABLE_WIDTH ? factor * Math.sqrt(COMFORTABLE_WIDTH / width) : factor;
}

/** Whether a sentence can open a summary: a whole statement that leans on nothing. */
export function standsAlone(text: string): boolean {
  return formFactor(text, false) > FACTOR.spoken;
}

/** A pattern written over several lines; white space between them is not part of it. */
function pattern(source: string): RegExp {
  return new RegExp(source.replace(/\n\s*/g, ''), 'i');
}
