import { Account } from '../document/account';
import type { OfficePackage } from '../office/package';
import { Numbering } from './numbering';
import { readStyles, type Style } from './styles';

/** What all parts of a Word document share while it is read. */
export interface WordDocument {
  files: OfficePackage;
  styles: Map<string, Style>;
  numbering: Numbering;
  account: Account;
  notes: Notes;
  comments: Comments;
}

export function openWord(files: OfficePackage, main: string): WordDocument {
  return {
    files,
    styles: readStyles(files.tree(files.related(main, 'styles'))),
    numbering: new Numbering(files.tree(files.related(main, 'numbering'))),
    account: new Account(),
    notes: new Notes(),
    comments: new Comments(),
  };
}

export type NoteKind = 'footnote' | 'endnote';

/** Marks of notes in the order in which the text names them. */
export class Notes {
  readonly named: { kind: NoteKind; id: string; label: string }[] = [];
  private readonly labels = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly counts = { footnote: 0, endnote: 0 };

  /** The label of a note: as it is typed, else its number; each label once, so that mark and note find each other. */
  label(kind: NoteKind, id: string, typed = ''): string {
    const known = this.labels.get(`${kind} ${id}`);
    if (known !== undefined) return known;
    let label = typed.replace(/[[\]^\s]/g, '');
    if (label === '') {
      const number = ++this.counts[kind];
      label = kind === 'footnote' ? String(number) : `e${number}`;
    }
    for (let count = 2, first = label; this.taken.has(label); count++) label = `${first}-${count}`;
    this.taken.add(label);
    this.labels.set(`${kind} ${id}`, label);
    this.named.push({ kind, id, label });
    return label;
  }
}

/** Characters of the words that a comment is about. */
const longestAnchor = 80;

/** Comments on the same words; people write a few, and what is read is written down for each. */
const mostOpen = 100;

/** The words that comments are about, as the text is read. */
export class Comments {
  private readonly open = new Set<string>();
  private readonly anchors = new Map<string, string>();

  start(id: string): void {
    if (this.open.size >= mostOpen) return;
    this.anchors.set(id, '');
    this.open.add(id);
  }

  end(id: string): void {
    this.open.delete(id);
  }

  /** Text that was read while comments are open; those that have enough are closed, so this stays linear. */
  read(text: string): void {
    for (const id of this.open) {
      const anchor = (this.anchors.get(id) ?? '') + text;
      this.anchors.set(id, anchor.slice(0, longestAnchor + 1));
      if (anchor.length > longestAnchor) this.open.delete(id);
    }
  }

  anchorOf(id: string): string {
    const anchor = (this.anchors.get(id) ?? '').replace(/\s+/g, ' ').trim();
    return anchor.length > longestAnchor ? `${anchor.slice(0, longestAnchor).trimEnd()}…` : anchor;
  }
}

/** The default settings of paragraphs hide nothing; a style of a paragraph or of words may. */
export const styleOf = ({ styles }: WordDocument, id: string | undefined): Style =>
  (id === undefined ? undefined : styles.get(id)) ?? {};
