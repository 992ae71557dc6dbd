import { invisible } from './inline-writer';
import { roleOf } from './roles';

/** The text of an element on one line, blocks apart. Iterative; what is dropped is not in it. */
export function textOf(element: Element, isDropped: (node: Node) => boolean): string {
  const pieces: string[] = [];
  const stack: (Node | string)[] = [element];
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    if (typeof entry === 'string') pieces.push(entry);
    else if (isDropped(entry)) continue;
    else if (entry.nodeType === 3 || entry.nodeType === 4) pieces.push((entry as Text).data);
    else if (entry.nodeType === 1) {
      const role = entry === element ? 'inline' : roleOf(entry as Element);
      if (role === 'skip') continue;
      const gap = role === 'inline' && (entry as Element).localName !== 'br' ? '' : ' ';
      if (gap) stack.push(gap);
      for (let child = entry.lastChild; child; child = child.previousSibling) stack.push(child);
      if (gap) stack.push(gap);
    }
  }
  return pieces.join('').replace(invisible, '').replace(/\s+/g, ' ').trim();
}

/** The labels of a drawing. Diagrams (Mermaid's, for one) write them in HTML. */
export function drawingText(drawing: Element, isDropped: (node: Node) => boolean): string {
  const labels: string[] = [];
  const stack: Node[] = [drawing];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.nodeType !== 1 || isDropped(node)) continue;
    const name = (node as Element).localName.toLowerCase();
    if (name === 'text' || name === 'foreignobject') labels.push(textOf(node as Element, isDropped));
    else for (let child = node.lastChild; child; child = child.previousSibling) stack.push(child);
  }
  return labels.filter(Boolean).join(' · ');
}
