import { noteAttribute, noteMarkAttribute } from '../markdown/roles';
import { type Changes, textsIn } from './changes';
import { around, eachOf, foldedText, hasClass } from './dom';

/** Links that are footnote marks by what they or the elements around them are called. */
const namedMark =
  /(?:^|\s)(?:footnote-?ref(?:erence)?|fn-?ref|fnref|footnote-anchor|footnote-link|noteref|sdfootnoteanc|mw-ref|footnote|easy-footnote)(?:\s|$)/i;
const backLinks =
  '.mw-cite-backlink, a.footnote-backref, a.footnote-back, a.reversefootnote, a.footnote-return, a.fn-backref, a.footnote-number, a.fnbackref, a[role="doc-backlink"], a[data-footnote-backref], .footnote-backlink, .ltx_note_mark + .ltx_tag_note';
const backSign = /^(?:[\s↩↑⏎^⤴↵⬆△▲⇑]|\uFE0E|\uFE0F)+$/u;
const backWords = /^(?:jump (?:back )?up.*|back|return|back to (?:text|content|reference).*)$/iu;
/** A label is a number, a letter, a sign, or one of these after a short word. */
const label = /^[[(（［]?\s*((?:\p{L}{1,8}[.\s]\s?)?(?:\d{1,4}|\p{L}{1,4}|[*†‡§¶‖]{1,4}))\s*[\])）］.:]?$/u;

/** Names footnotes and their marks, wherever they stand, and takes out the links back to the text. */
export function* normalizeNotes(page: Document, changes: Changes): Generator<void> {
  yield* eachOf(page, backLinks, (link) => {
    if (!link.id && isBackLink(link)) changes.remove(link, backLink);
  });
  const labels = new Map<Element, string>();
  const places = yield* placesOf(page);
  yield* eachOf(page, 'a[href*="#"]', (link) => {
    const found = readMark(places, link);
    if (!found) return;
    const { target, text } = found;
    if (target && !labels.has(target)) labels.set(target, text);
    writeMark(outermost(link), text, changes);
  });
  for (const [target, text] of labels) {
    yield;
    writeNote(target, text, changes);
  }
  yield* eachOf(page, '.ltx_role_footnote', (note) => readInlineNote(note, changes));
}

const backLink = 'link from a note back to the text';

/** The elements that may be linked to, and where they and the links stand in the order of the page. */
interface Places {
  byId: Map<string, Element>;
  order: Map<Element, number>;
}

function* placesOf(page: Document): Generator<void, Places> {
  const places: Places = { byId: new Map(), order: new Map() };
  yield* eachOf(page, '[id], a[href*="#"], a[name]', (element) => {
    places.order.set(element, places.order.size);
    const id = element.id || element.getAttribute('name') || '';
    if (id && !places.byId.has(id)) places.byId.set(id, element);
  });
  return places;
}

/** The note that a link points to and its label, when the link is a footnote mark. */
function readMark(places: Places, link: Element): { target?: Element; text: string } | undefined {
  if ((link.textContent?.length ?? 0) > 24) return undefined;
  const text = label.exec(foldedText(link))?.[1]?.trim();
  if (!text) return undefined;
  const isRaised =
    link.querySelector('sup') !== null || parentsOf(link).some(({ localName }) => localName === 'sup');
  const isReference = parentsOf(link).some(
    (parent) => parent.localName === 'sup' && hasClass(parent, /(?:^|\s)reference(?:\s|$)/),
  );
  const isNamed =
    isReference ||
    /^doc-(?:noteref|biblioref)$/.test(link.getAttribute('role') ?? '') ||
    link.hasAttribute('data-footnote-ref') ||
    [link, ...parentsOf(link)].some((element) => hasClass(element, namedMark) && element.localName !== 'li');
  if (!isRaised && !isNamed) return undefined;
  if (
    hasClass(
      link,
      /(?:^|\s)(?:footnote-?back(?:ref|link)?|reversefootnote|footnote-number|fn-backref)(?:\s|$)/i,
    )
  )
    return undefined;
  const target = targetOf(places, link);
  // A link to a place that is not there, or to its own paragraph, is a mark only when its page says so or raises it.
  if (!isNamed && !/\d|[*†‡§]/.test(text) && !target) return undefined;
  // A link to a place above it leads back from a note to the text.
  const isBack = target && (places.order.get(target) ?? 0) < (places.order.get(link) ?? 0);
  if (isBack && !isNamed) return undefined;
  const note = target && noteOf(target);
  return { target: note?.contains(link) ? undefined : note, text };
}

const parentsOf = (link: Element) =>
  [...around(link, 2)].filter(({ localName }) => /^(?:sup|span|cite)$/.test(localName));

function targetOf({ byId }: Places, link: Element): Element | undefined {
  const fragment = (link.getAttribute('href') ?? '').split('#')[1] ?? '';
  if (fragment === '') return undefined;
  return byId.get(fragment) ?? byId.get(decoded(fragment));
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The block that holds the text of a note: the place that was linked to, or what is close around it. */
function noteOf(target: Element): Element | undefined {
  const isBlock = ({ localName }: Element) =>
    /^(?:li|p|div|section|aside|dd|td|blockquote|tr|dl)$/.test(localName);
  if (isBlock(target)) return target;
  if (target.localName === 'dt') return target.nextElementSibling ?? undefined;
  return [...around(target, 4)].find(isBlock);
}

/** The mark with its raised text and brackets: one element. */
function outermost(link: Element): Element {
  let mark = link;
  for (const parent of around(link, 2)) {
    if (
      !/^(?:sup|span|cite)$/.test(parent.localName) ||
      parent.textContent?.trim().length !== mark.textContent?.trim().length
    ) {
      const isBracketed = parent.localName === 'sup' && label.test(foldedText(parent));
      if (!isBracketed) break;
    }
    mark = parent;
  }
  return mark;
}

function writeMark(mark: Element, text: string, changes: Changes): void {
  const words = mark.ownerDocument.createTextNode(`[^${text}]`);
  changes.rewrite(mark.childNodes, words);
  mark.replaceChildren(words);
  mark.setAttribute(noteMarkAttribute, '');
}

/** A number or a link back at the beginning or end of a note is there to be clicked, not to be read. */
function writeNote(note: Element, text: string, changes: Changes): void {
  const holdsMarks = note.querySelector(`[${noteMarkAttribute}]`) !== null;
  if (
    note.localName === 'body' ||
    (holdsMarks && note.localName !== 'li' && (note.textContent?.length ?? 0) > 2_000)
  )
    return;
  note.setAttribute(noteAttribute, text);
  for (const link of note.querySelectorAll(backLinks)) if (isBackLink(link)) changes.remove(link, backLink);
  for (const link of note.querySelectorAll('a[href*="#"]')) {
    const words = foldedText(link);
    if (backSign.test(words) || (isFirst(note, link) && label.exec(words)?.[1]?.trim() === text)) {
      const raised = link.parentElement?.localName === 'sup' ? link.parentElement : link;
      if (backSign.test(words)) changes.remove(raised, backLink);
      else removeNumber(raised, note, changes);
    }
  }
  stripNumber(note, text, changes);
}

/** Sphinx calls a heading that leads to the table of contents a back link, too: only signs and labels are taken out. */
function isBackLink(link: Element): boolean {
  if ((link.textContent?.length ?? 0) > 80) return false;
  const words = foldedText(link);
  // Wikipedia: “^ a b c”, one letter for each place that the note is named at.
  const isLetters =
    /^[\^↑]/.test(words) &&
    words
      .slice(1)
      .split(/[\s,]+/)
      .every((part) => part.length <= 4);
  return isLetters || backSign.test(words) || label.test(words) || backWords.test(words);
}

/** True when nothing but white space stands before an element in its note. */
function isFirst(note: Element, element: Element): boolean {
  let node: Node = element;
  for (let level = 0; node !== note && level < 6; level++) {
    for (let before = node.previousSibling; before; before = before.previousSibling) {
      if (before.textContent?.trim()) return false;
    }
    if (!node.parentNode) return false;
    node = node.parentNode;
  }
  return node === note;
}

/** `[1]`, `1.` or a raised 1 before the text repeats the label that is written there. */
function stripNumber(note: Element, text: string, changes: Changes): void {
  let node: Node | null = note.firstChild;
  for (let level = 0; node && level < 12; level++) {
    if (node.nodeType === 3 && (node as Text).data.trim() === '') node = node.nextSibling;
    else if (node.nodeType === 1 && isNumber(node as Element, text)) {
      removeNumber(node as Element, note, changes);
      return;
    } else node = node.firstChild;
  }
}

/** The label is written anew before the note. */
function removeNumber(number: Element, note: Element, changes: Changes): void {
  const words = [...textsIn(number)];
  number.remove();
  for (const place of textsIn(note)) {
    if (place.data.trim() === '') continue;
    changes.rewrite(words, place);
    return;
  }
  changes.takeRest(words, 'number of a note', note);
}

function isNumber(element: Element, text: string): boolean {
  const isShort = (element.textContent?.length ?? 0) < 24 && element.parentElement?.childNodes.length !== 1;
  return isShort && label.exec(foldedText(element))?.[1]?.trim() === text && element.nextSibling !== null;
}

/** LaTeXML writes a note where its mark is; it stays there, as Pandoc writes such notes. */
function readInlineNote(note: Element, changes: Changes): void {
  const content = note.querySelector('.ltx_note_content');
  if (!content) return;
  for (const mark of note.querySelectorAll('.ltx_note_mark, .ltx_tag_note')) {
    changes.remove(mark, 'number of a note that stands in the text');
  }
  note.prepend('^[');
  note.append(']');
}
