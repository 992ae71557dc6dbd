/** Words and characters that carry grammar, quantity or reporting, and no topic. Data for terms.ts. */

/**
 * English, after van Rijsbergen, Information Retrieval (1979), table 2.I, with contractions and small
 * numbers.
 */
export const STOP_WORDS = words(`
  a about above after again against all almost also although always am among an and any are aren't as at be
  because been before being below between both but by can can't cannot could couldn't did didn't do does
  doesn't doing don't done down during each either else ever every few first for from further get gets go
  goes got had hadn't half has hasn't have haven't having he he'd he'll he's her here here's hers herself
  him himself his how how's however i i'd i'll i'm i've if in into is isn't it it'd it'll it's its itself
  just let let's like many may me might more most much must my myself no nor not now of off often on once
  one only or other others our ours ourselves out over own per perhaps quite rather really s said same say
  says second shall she she'd she'll she's should shouldn't since so some such t than that that'll that's
  the their theirs them themselves then there there's these they they'd they'll they're they've this those
  though three through thus to too two under until up upon us very was wasn't we we'd we'll we're we've well
  were weren't what what's when when's where where's whether which while who who's whom whose why why's will
  with within without won't would wouldn't yet you you'd you'll you're you've your yours yourself yourselves
`);

/** Chinese characters of grammar, simplified and traditional. They separate, as a space does in English. */
export const FUNCTION_CHARACTERS = new Set(
  '的地得了着是在和与與及或也都就而但这這那们們我你他她它来來吗嗎呢吧啊呀把被之其则則于於没沒不有个個',
);

export const NUMERALS = new Set('一二两兩三四五六七八九十百千万萬亿億零〇几幾半多第每');

/** Measure words and units of time, which follow numbers and say nothing alone. */
export const COUNTERS = new Set(
  '年月日时時分秒号號座口米元块塊条條只隻次份度吨噸名人家天岁歲页頁种種位张張件些点點',
);

/** Frequent two-character words of grammar and reporting. */
export const STOP_PAIRS = words(`
  自己 可以 什么 什麼 已经 已經 因为 因為 所以 如果 还是 還是 只是 虽然 雖然 由于 由於 以及 通过 通過 进行 進行 一些 一直 一样 一樣 一种 一種 一起 时候 時候 现在 現在 以后 以後
  以前 之后 之後 之前 起来 出来 觉得 覺得 知道 可能 应该 應該 需要 非常 比较 比較 更加 并且 並且 或者 对于 关于 關於 怎么 怎麼 只要 只能 还要 还会 还能 能够 能夠 成为 成為 表示
  认为 認為 目前 今年 去年 今天 大家 记者 記者 以上 以下 左右 上下 同时 同時 此外 另外 包括 作为 作為 按照 根据 根據 为了 為了 为什 為什 怎样 怎樣
`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
