/**
 * A `<pre>` as a fenced block, to the letter: its fence is longer than any inside. Empty when there is no code.
 * Iterative; lines made with `<br>` count, what is dropped does not.
 */
export function codeBlock(pre: Element, isDropped: (node: Node) => boolean): string {
  const code = codeText(pre, isDropped).replace(/\r\n?/g, '\n').replace(/^\n/, '').replace(/\n$/, '');
  if (code.trim() === '') return '';
  let longest = 2;
  for (const [run] of code.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${pre.getAttribute('data-language') ?? ''}\n${code}\n${fence}`;
}

function codeText(pre: Element, isDropped: (node: Node) => boolean): string {
  const pieces: string[] = [];
  const stack: Node[] = [pre];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isDropped(node)) continue;
    if (node.nodeType === 3) pieces.push((node as Text).data);
    else if (node.nodeName === 'BR') pieces.push('\n');
    else for (let child = node.lastChild; child; child = child.previousSibling) stack.push(child);
  }
  return pieces.join('');
}
