import type { Block, Layout } from './blocks';
import { type Box, proseSize } from './boxes';
import { phrases } from './phrases';
import { stride } from './steps';
import { tagBit } from './tags';

interface Template {
  count: number;
  size: number;
  linked: number;
  voted: number;
}

const headingBit = tagBit('heading');

function add(sums: Float64Array, index: number, value: number): void {
  sums[index + 1] = (sums[index] ?? 0) + value;
}

type Nested<Value> = Map<string, Map<string, Map<string, Value>>>;

/** The map inside a map, made when it is first asked for. */
function within<Value>(outer: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  let inner = outer.get(key);
  if (!inner) {
    inner = new Map();
    outer.set(key, inner);
  }
  return inner;
}

/** Looks at what stands around each block. Yields now and then, for pauses. */
export function* lookAround(layout: Layout): Generator<void, Surroundings> {
  const around = new Surroundings(layout);
  yield* around.look();
  return around;
}

/** What stands around each block. Everything is found in passes over all blocks and boxes, so it stays linear. */
export class Surroundings {
  /** Blocks since the last one that was voted for, and until the next one; 99 at most. */
  readonly sinceVote: Uint8Array;
  readonly untilVote: Uint8Array;
  headlines = 0;
  private readonly layout: Layout;
  /** By the kinds of a box, of its parent and of the parent of that. */
  private readonly templates: Nested<Template> = new Map();
  private readonly templateOf: Template[] = [];
  private readonly seen = new Map<string, number>();
  private readonly headingOf: (Block | undefined)[] = [];
  private readonly sums: Record<'size' | 'linked' | 'prose' | 'voted', Float64Array>;
  private readonly said = { price: 0, date: 0, action: 0 };
  private firstHeadline: Block | undefined;

  constructor(layout: Layout) {
    this.layout = layout;
    const { blocks } = layout;
    this.sinceVote = new Uint8Array(blocks.length);
    this.untilVote = new Uint8Array(blocks.length);
    this.sums = {
      size: new Float64Array(blocks.length + 1),
      linked: new Float64Array(blocks.length + 1),
      prose: new Float64Array(blocks.length + 1),
      voted: new Float64Array(blocks.length + 1),
    };
  }

  /** To be run to its end before anything is asked. */
  *look(): Generator<void> {
    const { blocks } = this.layout;
    let heading: Block | undefined;
    let sinceVote = 99;
    let headlines = 0;
    for (const block of blocks) {
      const { index, letters, linked, voted } = block;
      if (index % stride === 0) yield;
      add(this.sums.size, index, letters.size);
      add(this.sums.linked, index, linked / letters.size);
      add(this.sums.prose, index, letters.size >= proseSize && linked < letters.size * 0.3 ? 1 : 0);
      add(this.sums.voted, index, voted / letters.size);
      if (block.box.tags & headingBit) {
        heading = block;
        if (block.box.element.closest('h1')) {
          headlines++;
          this.firstHeadline ??= block;
        }
      }
      this.headingOf.push(heading);
      this.sinceVote[index] = sinceVote;
      sinceVote = voted > 0 ? 0 : Math.min(99, sinceVote + 1);
      this.countTemplate(block);
      this.seen.set(block.start, (this.seen.get(block.start) ?? 0) + 1);
      if (phrases.price.test(block.start)) this.said.price++;
      if (phrases.date.test(block.start)) this.said.date++;
      if (phrases.action.test(block.start)) this.said.action++;
    }
    this.headlines = Math.min(9, headlines);
    let untilVote = 99;
    for (let index = blocks.length - 1; index >= 0; index--) {
      if (index % stride === 0) yield;
      this.untilVote[index] = untilVote;
      untilVote = (blocks[index]?.voted ?? 0) > 0 ? 0 : Math.min(99, untilVote + 1);
    }
  }

  template({ index }: Block): Template {
    return this.templateOf[index] as Template;
  }

  /** How often the same words stand on the page. */
  repeated({ start }: Block): number {
    return Math.min(20, this.seen.get(start) ?? 1);
  }

  /** Mean over the blocks up to `reach` before and after one, itself included. */
  mean(name: 'size' | 'linked' | 'prose' | 'voted', index: number, reach: number): number {
    const from = Math.max(0, index - reach);
    const to = Math.min(this.layout.blocks.length, index + reach + 1);
    const sum = this.sums[name];
    return ((sum[to] ?? 0) - (sum[from] ?? 0)) / (to - from);
  }

  says(phrase: 'price' | 'date' | 'action'): number {
    return this.said[phrase];
  }

  /** Blocks since the page's first headline, below 0 before it, 0 without one. */
  afterHeadline({ index }: Block): number {
    if (!this.firstHeadline) return 0;
    return Math.max(-50, Math.min(500, index - this.firstHeadline.index));
  }

  sinceHeading({ index }: Block): number {
    const heading = this.headingOf[index];
    return heading ? Math.min(99, index - heading.index) : 99;
  }

  /** Whether the heading above a block says this: 2 when both share a section, 1 when the heading stands elsewhere. */
  under({ index, box }: Block, phrase: 'elsewhere' | 'discussion' | 'newsletter'): number {
    const heading = this.headingOf[index];
    if (!heading || !phrases[phrase].test(heading.start)) return 0;
    let around: Box | undefined = heading.box;
    for (let steps = 0; steps < 4 && around; steps++) {
      if (around.blocks > 1 && around.firstBlock <= index && index <= around.lastBlock) return 2;
      around = around.parent;
    }
    return box === heading.box ? 2 : 1;
  }

  private countTemplate(block: Block): void {
    const { box, letters, linked, voted } = block;
    const inside = within(within(this.templates, box.parent?.kind ?? ''), box.parent?.parent?.kind ?? '');
    let template = inside.get(box.kind);
    if (!template) {
      template = { count: 0, size: 0, linked: 0, voted: 0 };
      inside.set(box.kind, template);
    }
    template.count++;
    template.size += letters.size;
    template.linked += linked;
    template.voted += voted;
    this.templateOf.push(template);
  }
}
