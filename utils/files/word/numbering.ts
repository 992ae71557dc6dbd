import { numeral } from '../document/numerals';
import type { XmlElement } from '../markup';
import { childOf, elementsOf } from '../office/package';

interface Level {
  start: number;
  format: string;
  /** `%1.%2)`, where the numbers of the levels stand. */
  text: string;
  isLegal: boolean;
  /** The level, from 1, after whose use it begins anew; 0 for never. */
  restart?: number;
  style?: string;
}

interface List {
  key: string;
  levels: (Level | undefined)[];
}

/** The number or bullet in front of a paragraph. */
export interface ListMark {
  /** `1.2.`, `(a)`, `第一条`; empty for a bullet. */
  mark: string;
  depth: number;
}

/** Counts the lists of a document as Word does: by their definitions, which several lists may share. */
export class Numbering {
  private readonly lists = new Map<
    string,
    { list: List; overrides: Map<number, { start?: number; level?: Level }> }
  >();
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly begun = new Set<string>();

  constructor(numbering: XmlElement | undefined) {
    const abstracts = new Map<string, List & { link?: string; styleLink?: string }>();
    for (const element of elementsOf(numbering)) {
      if (element.name !== 'w:abstractNum') continue;
      const key = element.attributes['w:abstractNumId'] ?? '';
      const levels: (Level | undefined)[] = [];
      for (const level of elementsOf(element))
        if (level.name === 'w:lvl') levels[levelIndex(level)] = readLevel(level);
      abstracts.set(key, {
        key,
        levels,
        link: childOf(element, 'w:numStyleLink')?.attributes['w:val'],
        styleLink: childOf(element, 'w:styleLink')?.attributes['w:val'],
      });
    }
    const byStyle = new Map([...abstracts.values()].map((one) => [one.styleLink, one]));
    for (const element of elementsOf(numbering)) {
      if (element.name !== 'w:num') continue;
      const named = abstracts.get(childOf(element, 'w:abstractNumId')?.attributes['w:val'] ?? '');
      const list = (named?.link !== undefined && byStyle.get(named.link)) || named;
      if (!list) continue;
      const overrides = new Map<number, { start?: number; level?: Level }>();
      for (const override of elementsOf(element)) {
        if (override.name !== 'w:lvlOverride') continue;
        const start = childOf(override, 'w:startOverride')?.attributes['w:val'];
        const level = childOf(override, 'w:lvl');
        overrides.set(levelIndex(override), {
          ...(start !== undefined && /^\d{1,9}$/.test(start) ? { start: Number(start) } : {}),
          ...(level ? { level: readLevel(level) } : {}),
        });
      }
      this.lists.set(element.attributes['w:numId'] ?? '', { list, overrides });
    }
  }

  /** The level that a list gives to paragraphs of a style. */
  levelOfStyle(id: string, style: string): number {
    return Math.max(0, this.lists.get(id)?.list.levels.findIndex((level) => level?.style === style) ?? 0);
  }

  /** The mark of the next paragraph of a list, which counts from then on. Undefined where none is shown. */
  next(id: string, depth: number): ListMark | undefined {
    const found = this.lists.get(id);
    if (!found) return undefined;
    const { list, overrides } = found;
    const levelAt = (index: number) => overrides.get(index)?.level ?? list.levels[index];
    const counters = this.counters.get(list.key) ?? [];
    this.counters.set(list.key, counters);
    if (!this.begun.has(id)) {
      this.begun.add(id);
      // The first paragraph of a list that begins anew does so at the levels that it names.
      for (const [index, { start }] of overrides) if (start !== undefined) counters[index] = start - 1;
    }
    const level = levelAt(depth);
    counters[depth] = (counters[depth] ?? (level?.start ?? 1) - 1) + 1;
    for (let index = depth + 1; index < 9; index++) {
      const restart = levelAt(index)?.restart;
      if (restart === 0 || (restart !== undefined && depth >= restart)) continue;
      const start = overrides.get(index)?.start;
      counters[index] = start === undefined ? undefined : start - 1;
    }
    if (!level || level.format === 'bullet') return { mark: '', depth };
    const mark = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const other = levelAt(index);
      if (counters[index] === undefined) counters[index] = other?.start ?? 1;
      return numeral(counters[index] ?? 1, level.isLegal ? 'decimal' : (other?.format ?? 'decimal'));
    });
    const shown = mark.replace(/\s+/g, ' ').trim();
    return shown === '' ? undefined : { mark: shown, depth };
  }
}

function levelIndex(element: XmlElement): number {
  const index = Number(element.attributes['w:ilvl'] ?? 0);
  return Number.isInteger(index) && index >= 0 && index < 9 ? index : 0;
}

function readLevel(element: XmlElement): Level {
  const value = (name: string) => childOf(element, name)?.attributes['w:val'];
  const start = Number(value('w:start') ?? 1);
  const restart = value('w:lvlRestart');
  const legal = childOf(element, 'w:isLgl');
  // Newer formats stand in a choice, older ones beside it.
  const choice = childOf(childOf(childOf(element, 'mc:AlternateContent'), 'mc:Fallback'), 'w:numFmt');
  return {
    start: Number.isInteger(start) && start >= 0 ? start : 1,
    format: value('w:numFmt') ?? choice?.attributes['w:val'] ?? 'decimal',
    text: value('w:lvlText') ?? '',
    isLegal: legal !== undefined && !/^(?:0|false|off)$/.test(legal.attributes['w:val'] ?? '1'),
    ...(restart === undefined ? {} : { restart: Number(restart) }),
    style: value('w:pStyle'),
  };
}
