import type { Token, Tokens } from 'marked';
import remend from 'remend';
import { isComparison } from './fences';
import { type LinkDefinitions, lex, outline } from './lex';
import { type BlockLimits, blockLimits, cutOf } from './long-blocks';

/** A top-level block of an answer. A settled block never changes again, so it is drawn once. */
export interface Block {
  /** Offset of the block in the answer: its identity while the answer grows. */
  start: number;
  raw: string;
  token: Token;
  /** Set on what goes on with the block before, which had become too long to be one. */
  continues?: boolean;
  /** What `token` was read behind: the head of the table, or the fence of the code that goes on. */
  prefix?: string;
  /** How many links had been defined elsewhere in the answer when this was read, where that matters. */
  links?: number;
}

/** Blocks in groups that keep their identity when nothing in them has changed. */
export type BlockGroups = readonly (readonly Block[])[];

export interface BlockSplitter {
  /** The blocks of `text`. While it grows by appending, only what is not settled yet is looked at again. */
  split(text: string, streaming: boolean): BlockGroups;
}

/** Blocks that the next line cannot change any more, even without a blank line after them. */
const closedKinds = new Set(['heading', 'hr', 'code']);

/** Blocks of a group: a flush draws one group and compares the others, of which there are few. */
const groupSize = 32;

/** Characters of a finished answer that are read at a time, as if it streamed in: lookahead costs no more than that. */
const windowLength = 16_000;

/** What of an answer is settled. */
interface Progress {
  text: string;
  groups: Block[][];
  /** What has to stand before the next text so that it goes on with a table or code that was divided. */
  prefix: string;
  continues: boolean;
  links: LinkDefinitions;
}

const beginning = (): Progress => ({ text: '', groups: [], prefix: '', continues: false, links: {} });

export function createBlockSplitter(limits: BlockLimits = blockLimits): BlockSplitter {
  let settled = beginning();
  /** How much of the text there was when it was last looked at for what is settled. */
  let looked = 0;
  let last: { text: string; streaming: boolean; groups: BlockGroups } | undefined;

  return {
    split(answer, streaming) {
      // marked reads every line end as \n; offsets only agree when the text does.
      const text = answer.includes('\r') ? answer.replace(/\r\n?/g, '\n') : answer;
      if (last?.text === text && last.streaming === streaming) return last.groups;
      // Another answer, or an answer that was replaced: start over.
      if (!text.startsWith(settled.text)) settled = beginning();
      if (text.length < looked) looked = 0;
      // Within a line nothing is settled that was not before: its end is soon enough to look.
      const isWithinLine = !text.slice(Math.max(settled.text.length, looked - 2)).includes('\n');
      const isShort = text.length - settled.text.length < limits.characters;
      if (!streaming || !isWithinLine || !isShort) {
        for (let end = settled.text.length; end < text.length; ) {
          end = Math.min(text.length, end + windowLength);
          settled = settle(settled, text.slice(0, end), limits, false);
        }
        looked = text.length;
      }
      const groups = streaming ? withTail(settled, text) : settle(settled, text, limits, true).groups;
      last = { text, streaming, groups };
      return groups;
    },
  };
}

/** Settles what of the text cannot change any more; all of it when the answer `isOver`. */
function settle(progress: Progress, text: string, limits: BlockLimits, isOver: boolean): Progress {
  for (let now = progress; ; ) {
    const rest = now.prefix + text.slice(now.text.length);
    const tokens = outline(rest);
    const count = isOver ? tokens.length : settledCount(tokens, rest);
    const step = nextStep(tokens, count, now.prefix, limits);
    if (step.end === 0) return now;
    now = take(now, text, rest.slice(0, step.end), step);
    if (!step.isCut) return now;
  }
}

/** How many of the tokens nothing can change any more that comes after them. */
function settledCount(tokens: Token[], text: string): number {
  // A number at the end may become `2.` and with it an item of the list before it: nothing is settled yet.
  if (/(?:^|\n) {0,3}\d{1,9}$/.test(text)) return 0;
  const lastContent = tokens.findLastIndex((token) => token.type !== 'space');
  let count = 0;
  for (const [index, token] of tokens.slice(0, Math.max(0, lastContent)).entries()) {
    const isClosed = closedKinds.has(token.type) || tokens[index + 1]?.type === 'space';
    if (token.type === 'space' || isClosed || /\n\n$/.test(token.raw)) count = index + 1;
  }
  return count;
}

interface Step {
  /** Characters of the rest that are settled with it. */
  end: number;
  prefix: string;
  isCut: boolean;
}

/** As far as the first block that has become too long, what comes before it included; else what is settled. */
function nextStep(tokens: Token[], count: number, prefix: string, limits: BlockLimits): Step {
  let start = 0;
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    const cut = cutOf(token, index === 0 ? prefix : '', limits, index < count);
    if (cut) return { end: start + cut.at, prefix: cut.prefix, isCut: true };
    start += token.raw.length;
    if (index < count) end = start;
  }
  return { end, prefix: '', isCut: false };
}

function take(before: Progress, text: string, part: string, { prefix, isCut }: Step): Progress {
  const mayDefine = part.includes(']:');
  const links = mayDefine ? { ...before.links } : before.links;
  const groups = append(before.groups, toBlocks(lex(part, links), before));
  const length = before.text.length + Math.max(0, part.length - before.prefix.length);
  return {
    text: text.slice(0, length),
    groups: mayDefine ? relink(groups, before.links, links) : groups,
    prefix,
    continues: isCut,
    links,
  };
}

/** The settled blocks and, behind them, what is still growing. */
function withTail(settled: Progress, text: string): BlockGroups {
  const rest = settled.prefix + text.slice(settled.text.length);
  // Half-open marks (**bold, `code, [link) are closed for drawing, so that they do not flicker; half a formula is none.
  const tokens = lex(
    remend(rest, { katex: false }),
    rest.includes(']:') ? { ...settled.links } : settled.links,
  );
  return append(settled.groups, toBlocks(tokens, settled));
}

function toBlocks(tokens: Token[], { text, prefix, continues }: Progress): Block[] {
  const blocks: Block[] = [];
  let start = text.length;
  let shown = prefix.length;
  for (const [index, token] of tokens.entries()) {
    const skipped = Math.min(shown, token.raw.length);
    shown -= skipped;
    const raw = token.raw.slice(skipped);
    const isShown = token.type !== 'space' && token.type !== 'def' && !(skipped > 0 && isEmpty(token));
    if (isShown) {
      const goesOn = continues && index === 0;
      blocks.push({
        start,
        raw,
        token,
        ...(goesOn ? { continues } : {}),
        ...(skipped > 0 ? { prefix } : {}),
      });
    }
    start += raw.length;
  }
  return blocks;
}

/** Nothing but the head of a table or the fences of code: all the rest of it stands in the block before. */
const isEmpty = (token: Token): boolean =>
  (token.type === 'code' && !token.text) ||
  (token.type === 'table' && (token as Tokens.Table).rows.length === 0);

/** The groups with more blocks at their end; those that are full stay the same objects. */
function append(groups: Block[][], blocks: Block[]): Block[][] {
  const all = [...groups];
  let open = [...(all.pop() ?? [])];
  const [first] = blocks;
  const last = open.at(-1);
  const isOne = first?.continues && last && isComparison(last.token);
  if (isOne) open[open.length - 1] = joined(last, first);
  for (const block of isOne ? blocks.slice(1) : blocks) {
    if (open.length === groupSize) {
      all.push(open);
      open = [];
    }
    open.push(block);
  }
  return open.length > 0 ? [...all, open] : all;
}

/** A block with what goes on from it: a comparison is read in pieces like any long code, and drawn as one table. */
function joined(block: Block, rest: Block): Block {
  const code = block.token as Tokens.Code;
  const raw = block.raw + rest.raw;
  // The end of the last line is no part of the text of code.
  const lineEnd = block.raw.endsWith('\n') ? '\n' : '';
  const text = code.text + lineEnd + (rest.token as Tokens.Code).text;
  return { ...block, raw, token: { ...code, raw, text } };
}

/** Reads again those blocks that use a link which has been defined only now. */
function relink(groups: Block[][], before: LinkDefinitions, links: LinkDefinitions): Block[][] {
  const found = Object.keys(links).filter((label) => !(label in before));
  if (found.length === 0) return groups;
  const again = (block: Block): Block => {
    if (block.token.type === 'code' || !block.raw.includes('[')) return block;
    const words = block.raw.toLowerCase().replace(/\s+/g, ' ');
    if (!found.some((label) => words.includes(`[${label}]`))) return block;
    const [token, ...more] = lex((block.prefix ?? '') + block.raw, links).filter(
      ({ type }) => type !== 'space',
    );
    const isSame = token?.type === block.token.type && more.length === 0;
    return isSame ? { ...block, token, links: Object.keys(links).length } : block;
  };
  return groups.map((group) => {
    const changed = group.map(again);
    return changed.some((block, index) => block !== group[index]) ? changed : group;
  });
}
