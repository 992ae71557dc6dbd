import type { Passage, PassageKind } from '../../source';
import { type Container, prefixesOf, unitOf } from './containers';

/** A passage with the elements of the flat page that it was made from. */
export type RenderedPassage = Passage & { elements: Element[] };

/** A block of text with nothing but text, code or a table in it. */
export interface Block {
  text: string;
  kind: PassageKind;
  container?: Container;
  /** The elements it was made from. */
  elements: Element[];
}

interface Open {
  unit?: Container;
  kind: PassageKind;
  pieces: string[];
  elements: Element[];
}

/** Puts the blocks of one list item, quote, definition or note together; every other block is a passage. */
export function* joinBlocks(blocks: Iterable<Block>): Generator<RenderedPassage> {
  let open: Open | undefined;
  for (const block of blocks) {
    const unit = unitOf(block.container);
    if (open && unit && open.unit === unit) {
      append(open, block);
      continue;
    }
    if (open) yield close(open);
    open = {
      unit,
      kind: kindOf(block, unit),
      pieces: [],
      elements: unit && unit.kind !== 'group' ? [unit.element] : [...block.elements],
    };
    append(open, block);
  }
  if (open) yield close(open);
}

function append(open: Open, block: Block): void {
  const prefixes = prefixesOf(block.container);
  if (open.pieces.length > 0) {
    const isTight = prefixes.isMarked || (open.unit?.kind === 'group' && block.container === open.unit);
    open.pieces.push(isTight ? '\n' : `\n${prefixes.blank}\n`);
    if (open.unit?.kind === 'group') open.elements = open.elements.concat(block.elements);
  }
  const lines = block.text.split('\n');
  open.pieces.push(prefixes.first + lines[0]);
  for (const line of lines.slice(1)) {
    open.pieces.push(`\n${line === '' ? prefixes.rest.trimEnd() : prefixes.rest + line}`);
  }
}

function close({ pieces, kind, elements }: Open): RenderedPassage {
  // A line that begins like the mark of the next passage is moved by one space.
  return { text: pieces.join('').replace(/\n(?=¶\d)/g, '\n '), kind, elements };
}

function kindOf(block: Block, unit: Container | undefined): PassageKind {
  if (unit) return unit.kind === 'item' ? 'list-item' : unit.kind === 'quote' ? 'quote' : 'text';
  if (block.kind !== 'text' || !block.container) return block.kind;
  for (let entry: Container | undefined = block.container; entry; entry = entry.outer) {
    if (entry.kind === 'quote') return 'quote';
    if (entry.kind === 'item' && entry.isFresh) return 'list-item';
  }
  return 'text';
}
