import type { Passage } from '../../source';
import { Account } from '../document/account';
import { signOf } from '../office/symbols';
import { linkOf } from '../word/fields';
import { controlTable, controlText } from './controls';
import { Definitions } from './definitions';
import type { Destination, Field, State } from './state';
import { RtfStory } from './story';
import type { RtfHandler } from './tokens';
import { characters, known, unseen } from './words';

interface Part {
  label: string;
  passages: Passage[];
}

/** Puts the pieces of an RTF file together. */
export class RtfReader implements RtfHandler {
  readonly account = new Account();
  private readonly body = new RtfStory();
  private readonly notes: Part[] = [];
  private readonly margins: Part[] = [];
  private readonly comments: { author: string; passages: Passage[] }[] = [];
  private readonly stack: State[] = [];
  private readonly definitions = new Definitions();
  private state: State = { destination: 'text', story: this.body, font: -1, skips: 1, tables: 0, depth: 0 };
  private bytes: number[] = [];
  private text = '';
  private pending = 0;
  private isIgnorable = false;
  private count = 0;
  private author = '';
  private isAtStart = false;

  open(): void {
    this.flush();
    this.pending = 0;
    this.stack.push(this.state);
    this.state = { ...this.state, end: undefined };
    this.isIgnorable = false;
    this.isAtStart = true;
    if (this.state.destination === 'styles') this.definitions.newStyle();
  }

  close(): void {
    this.flush();
    this.pending = 0;
    this.isIgnorable = false;
    this.state.end?.();
    const outer = this.stack.pop();
    if (!outer) return;
    // The settings of a row may stand in a group of their own.
    this.state = outer;
    this.isAtStart = false;
  }

  byte(value: number): void {
    if (this.pending > 0) {
      this.pending--;
      return;
    }
    this.isAtStart = false;
    const { destination } = this.state;
    if (destination !== 'skip' && destination !== 'rows') this.bytes.push(value);
  }

  word(name: string, value: number | undefined): void {
    if (this.pending > 0 && name !== 'u' && characters[name] !== undefined) {
      this.pending--;
      return;
    }
    if (name === '*') {
      this.isIgnorable = true;
      return;
    }
    const isFirst = this.isAtStart;
    this.isAtStart = false;
    if (isFirst && this.begins(name)) return;
    if (this.isIgnorable && isFirst) {
      this.isIgnorable = false;
      this.state.destination = 'skip';
      return;
    }
    this.isIgnorable = false;
    if (this.state.destination === 'skip') return;
    if (name === 'u') this.unicode(value ?? 0);
    else if (characters[name] !== undefined) this.write(characters[name] ?? '');
    else {
      this.flush();
      this.control(name, value);
    }
  }

  finish() {
    this.flush();
    if (this.stack.length > 0) this.account.count('unread-parts', 'the end of the file');
    // Whatever was left open ends here, the innermost first.
    while (this.stack.length > 0) this.close();
    const body = this.body.finish(this.state).finish();
    return { body, notes: this.notes, margins: this.margins, comments: this.comments };
  }

  /** The first word of a group says what the group is; true when it is none that the text is in. */
  private begins(name: string): boolean {
    const { state } = this;
    if (state.destination === 'skip') return true;
    if (this.isIgnorable && !known.has(name)) return false;
    if (unseen.has(name)) {
      if (name === 'pict') this.account.count('pictures');
      if (name === 'object') this.account.count('embedded-files');
      state.destination = 'skip';
    } else if (name === 'fonttbl') state.destination = 'fonts';
    else if (name === 'stylesheet') state.destination = 'styles';
    else if (name === 'fldinst') state.destination = 'instruction';
    else if (name === 'listtext' || name === 'pntext')
      this.collect('mark', (text) => state.story.listMark(text));
    else if (name === 'atnauthor') this.collect('author', (text) => (this.author = text.trim()));
    else if (name === 'nesttableprops') this.beginNested();
    else if (name === 'field') this.beginField();
    else if (name === 'fldrslt') this.beginResult();
    else if (name === 'footnote') this.beginNote();
    else if (name === 'annotation') this.beginComment();
    else if (/^(?:header|footer)[lrf]?$/.test(name))
      this.beginMargin(name.startsWith('h') ? 'Header' : 'Footer');
    else if (name === 'shptxt') this.beginBox();
    // Settings of formulas are no part of them.
    else if (/^m\w*Pr$/.test(name)) state.destination = 'skip';
    else return known.has(name);
    this.isIgnorable = false;
    return true;
  }

  private collect(destination: Destination, done: (text: string) => void): void {
    const { state } = this;
    state.destination = destination;
    this.text = '';
    state.end = () => {
      done(this.text);
      this.text = '';
    };
  }

  private beginNested(): void {
    this.state.destination = 'rows';
    this.state.story.newRow();
  }

  private beginField(): void {
    const { state } = this;
    const field: Field = { instruction: '', hasResult: false };
    const { story } = state;
    state.field = field;
    state.end = () => {
      const sign = /^\s*SYMBOL\s+(\d{1,7})(?:.*?\\f\s+"?([^"\\]+)"?)?/i.exec(field.instruction);
      if (!field.hasResult && sign) story.add({ text: signOf(Number(sign[1]), sign[2]?.trim() ?? '') });
    };
  }

  private beginResult(): void {
    const { state } = this;
    if (!state.field) return;
    state.field.hasResult = true;
    state.link = linkOf(state.field.instruction) ?? state.link;
  }

  /** A story of its own, which ends with its group. */
  private beginStory(done: (part: { passages: Passage[] }) => void): void {
    const { state } = this;
    const story = new RtfStory();
    Object.assign(state, {
      story,
      host: undefined,
      tables: 0,
      depth: 0,
      level: undefined,
      role: undefined,
      destination: 'text',
      raised: undefined,
    });
    state.end = () => done({ passages: story.finish(this.state).finish() });
  }

  private beginNote(): void {
    const { story, isDeleted, isHidden } = this.state;
    const note: Part = { label: String(++this.count), passages: [] };
    if (!isDeleted && !isHidden) {
      story.add({ text: `[^${note.label}]`, isReady: true });
      this.notes.push(note);
    }
    this.beginStory(({ passages }) => {
      note.passages = passages;
      if (isDeleted || isHidden)
        this.account.words(isDeleted ? 'deleted-text' : 'hidden', passages.map(({ text }) => text).join(' '));
    });
  }

  /** Boxes in boxes stand behind the same paragraph. */
  private beginBox(): void {
    const host = this.state.host ?? this.state.story;
    this.beginStory(({ passages }) => host.beside(passages));
    this.state.host = host;
  }

  private beginComment(): void {
    const comment = { author: this.author, passages: [] as Passage[] };
    this.comments.push(comment);
    this.author = '';
    this.beginStory(({ passages }) => {
      comment.passages = passages;
    });
  }

  private beginMargin(label: string): void {
    const margin: Part = { label, passages: [] };
    this.margins.push(margin);
    this.beginStory(({ passages }) => {
      margin.passages = passages;
    });
  }

  private control(name: string, value: number | undefined): void {
    const { state } = this;
    if (state.destination === 'fonts') this.definitions.fontWord(name, value);
    else if (state.destination === 'styles') this.definitions.styleWord(name, value);
    else if (state.destination !== 'text' && state.destination !== 'rows') {
      if (name === 'f') state.font = value ?? -1;
      else if (name === 'uc') state.skips = Math.max(0, value ?? 1);
    } else if (!controlText(state, this.definitions, name, value) && !controlTable(state, name, value))
      this.definitions.file(name, value);
  }

  private unicode(value: number): void {
    // Numbers are of 16 bits and have a sign.
    this.flush();
    this.write(this.definitions.character(value < 0 ? value + 65_536 : value, this.state.font));
    this.pending = this.state.skips;
  }

  private flush(): void {
    if (this.bytes.length === 0) return;
    const { bytes, state } = this;
    this.bytes = [];
    this.write(this.definitions.decode(bytes, state.font));
  }

  private write(text: string): void {
    if (this.bytes.length > 0) this.flush();
    const { state } = this;
    switch (state.destination) {
      case 'text': {
        const { bold, italic, strike, raised, link } = state;
        if (state.isDeleted) this.account.words('deleted-text', text);
        else if (state.isHidden) this.account.words('hidden', text);
        else state.story.add({ text, bold, italic, strike, raised, link });
        break;
      }
      case 'fonts':
        this.definitions.fontText(text);
        break;
      case 'styles':
        this.definitions.styleText(text);
        break;
      case 'instruction':
        if (state.field && state.field.instruction.length < 10_000) state.field.instruction += text;
        break;
      case 'mark':
      case 'author':
        if (this.text.length < 200) this.text += text;
        break;
      default:
        break;
    }
  }
}
