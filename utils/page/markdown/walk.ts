import type { PassageKind } from '../../source';
import { dataGrid, gridMarkdown } from '../tables';
import { safeAddress } from './addresses';
import { codeBlock } from './code-block';
import { type Container, enclose } from './containers';
import { childrenOf, type Format, type InlineOptions, inlineMarkdown, type Page } from './inline';
import { type List, listOf, nextMarker } from './lists';
import type { Block } from './passages';
import { headingLevel, isParagraphBreak, noteAttribute, type Role, roleOf } from './roles';
import type { Survey } from './survey';
import { textOf } from './text-of';
import { linked } from './turndown';

/** What holds for everything in an element. */
interface Context {
  container?: Container;
  list?: List | DefinitionList;
  formats: readonly Format[];
  link?: { address: string };
}

/** The terms and definitions that belong together while a `<dl>` is read. */
interface DefinitionList {
  group?: Container;
  hasDefinition: boolean;
}

interface Frame {
  element?: Element;
  next: Node | null;
  /** Only this node and not its siblings. */
  isSingle?: boolean;
  context: Context;
  /** Text after it does not continue the text before its end. */
  isBreak: boolean;
}

/** More text than this, in several blocks, is several passages though it stands in one item or quote. */
const longestUnit = 3_000;
/** A heading with more text than this is a heading that was never closed. */
const longestHeading = 1_000;

const formatOf: Record<string, Format> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  del: 'del',
  s: 'del',
};
const kindOf: Partial<Record<Role, PassageKind>> = { heading: 'heading', code: 'code', table: 'table' };

/** Walks a page without recursion and writes down its blocks, in order; every text node is in one of them. */
export class Walk {
  private readonly frames: Frame[];
  private run: Node[] = [];
  private runContext: Context = { formats: [] };
  private done: Block[] = [];
  private rule: Element | undefined;
  private hasText = false;
  private readonly page: Page;
  private readonly survey: Survey;

  constructor(root: Element, page: Page, survey: Survey) {
    this.page = page;
    this.survey = survey;
    this.frames = [{ next: root, isSingle: true, context: { formats: [] }, isBreak: true }];
  }

  *blocks(): Generator<Block> {
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      const node = frame.next;
      if (node) {
        frame.next = frame.isSingle ? null : node.nextSibling;
        if (!this.page.isDropped(node)) this.visit(node, frame.context);
      } else {
        if (frame.isBreak) this.flush();
        this.frames.pop();
      }
      if (this.done.length > 0) {
        yield* this.done;
        this.done = [];
      }
    }
  }

  private visit(node: Node, context: Context): void {
    if (node.nodeType === 3 || node.nodeType === 4) this.collect(node, context);
    else if (node.nodeType === 1) this.visitElement(node as Element, context);
  }

  private collect(node: Node, context: Context): void {
    this.run.push(node);
    this.runContext = context;
  }

  private visitElement(element: Element, context: Context): void {
    const role = roleOf(element);
    if (role === 'skip') return;
    if (isParagraphBreak(element)) this.flush();
    else if (role === 'inline' && !this.survey.hasBlocks(element)) this.collect(element, context);
    else if (role === 'inline') this.enterInline(element, context);
    else {
      this.flush();
      if (role === 'rule') this.rule = element;
      else this.visitBlock(element, role, context);
    }
  }

  private enterInline(element: Element, context: Context): void {
    const format = formatOf[element.localName];
    const address = element.localName === 'a' ? safeAddress(element.getAttribute('href')) : '';
    const isNew = (format && !context.formats.includes(format)) || address !== '';
    if (isNew) this.flush();
    this.enter(element, isNew, {
      ...context,
      formats: format && isNew ? [...context.formats, format] : context.formats,
      link: address ? { address } : context.link,
    });
  }

  private enter(element: Element, isBreak: boolean, context: Context): void {
    this.frames.push({ element, next: element.firstChild, context, isBreak });
  }

  private visitBlock(element: Element, role: Role, context: Context): void {
    if (role === 'code') this.add(codeBlock(element, this.page.isDropped), role, context, [element]);
    else if (role === 'formula') {
      const latex = textOf(element, this.page.isDropped);
      this.add(latex && `$$\n${latex}\n$$`, role, context, [element]);
    } else if (role === 'table') this.visitTable(element, context);
    else if (role === 'heading' && this.isHeading(element)) {
      const text = this.inline(childrenOf(element), context, { isOneLine: true, without: 'strong' });
      this.add(text && `${'#'.repeat(headingLevel(element))} ${text}`, role, context, [element]);
    } else this.visitContent(element, this.contextIn(element, role, context));
  }

  private visitTable(element: Element, context: Context): void {
    const grid = dataGrid(element, this.survey, this.page);
    if (grid) this.add(gridMarkdown(grid, this.page), 'table', context, [element]);
    else this.visitContent(element, context);
  }

  private isHeading(element: Element): boolean {
    const { size, blocks } = this.survey.weightOf(element);
    return blocks === 0 || (size <= longestHeading && element.querySelector('pre, table, ul, ol') === null);
  }

  private visitContent(element: Element, context: Context): void {
    if (this.survey.hasBlocks(element)) {
      this.enter(element, true, context);
      return;
    }
    const name = element.localName;
    const isTitle = name === 'dt' || name === 'summary';
    const formats: readonly Format[] = isTitle
      ? [...new Set([...context.formats, 'strong' as const])]
      : context.formats;
    const text = this.inline(
      childrenOf(element),
      { ...context, formats },
      isTitle ? { isOneLine: true, without: 'emphasis' } : {},
    );
    this.add(text, 'block', context, [element]);
  }

  private contextIn(element: Element, role: Role, context: Context): Context {
    if (role === 'list') return { ...context, list: listOf(element) };
    if (element.localName === 'dl') return { ...context, list: { hasDefinition: false } };
    const list = context.list && 'isOrdered' in context.list ? context.list : undefined;
    if (role === 'item') return this.enclosed(element, 'item', nextMarker(list, element), context);
    if (role === 'quote') return this.enclosed(element, 'quote', '> ', context);
    if (role === 'note') {
      if (element.localName === 'li') nextMarker(list, element);
      return this.enclosed(element, 'note', `[^${element.getAttribute(noteAttribute)}]: `, context);
    }
    if (role === 'term' || role === 'definition') return this.definitionContext(element, role, context);
    return context;
  }

  private enclosed(element: Element, kind: Container['kind'], marker: string, context: Context): Context {
    const { size, blocks } = this.survey.weightOf(element);
    const isSplit = kind !== 'group' && size > longestUnit && blocks > 1;
    return {
      ...context,
      list: undefined,
      container: enclose(context.container, { kind, element, marker, isSplit }),
    };
  }

  private definitionContext(element: Element, role: 'term' | 'definition', context: Context): Context {
    const list = context.list && 'hasDefinition' in context.list ? context.list : { hasDefinition: false };
    const isTerm = role === 'term';
    if (!list.group || (isTerm && list.hasDefinition)) {
      list.group = enclose(context.container, { kind: 'group', element, marker: '', isSplit: false });
    }
    list.hasDefinition = !isTerm;
    if (isTerm) return { ...context, container: list.group };
    const isLong = this.survey.weightOf(element).size > longestUnit && this.survey.hasBlocks(element);
    const inner = this.enclosed(element, 'item', ': ', {
      ...context,
      container: isLong ? context.container : list.group,
    });
    return inner;
  }

  private inline(nodes: readonly Node[], context: Context, options: InlineOptions): string {
    const text = inlineMarkdown(nodes, this.page, { ...options, formats: context.formats });
    const { link } = context;
    if (!link?.address || text === '' || /(?:^|[^!])\[[^\]]*\]\(/.test(text)) return text;
    // Markdown has no link around several blocks: the first of them gets it.
    const address = link.address;
    link.address = '';
    return linked(text, address);
  }

  private flush(): void {
    if (this.run.length === 0) return;
    const { run, runContext } = this;
    this.run = [];
    if (run.every((node) => node.nodeType === 3 && (node as Text).data.trim() === '')) return;
    const text = this.inline(run, runContext, {});
    if (text !== '') this.add(text, 'block', runContext, elementsOf(run));
  }

  private add(text: string, role: Role, context: Context, elements: Element[]): void {
    if (text === '') return;
    if (this.rule) {
      // A rule separates what stands before it from what stands after it.
      if (this.hasText) this.done.push({ text: '---', kind: 'text', elements: [this.rule] });
      this.rule = undefined;
    }
    this.hasText = true;
    this.done.push({ text, kind: kindOf[role] ?? 'text', container: context.container, elements });
  }
}

/** The elements that hold a run of text: the parents of its loose words, and its own elements beside them. */
function elementsOf(run: Node[]): Element[] {
  const parents = new Set<Element>();
  for (const node of run) {
    if (node.nodeType !== 1 && (node as Text).data.trim() !== '' && node.parentElement)
      parents.add(node.parentElement);
  }
  for (const node of run) {
    if (node.nodeType === 1 && !(node.parentElement && parents.has(node.parentElement)))
      parents.add(node as Element);
  }
  return [...parents];
}
