/** Paints ranges of a page, without a change to its document. */

const highlightName = 'wholemoon-passage';
/** Milliseconds of the full colour; a thin underline stays afterwards. */
const brightTime = 4_000;

/** The text has its own colour, so that it can be read on any page; where colours are forced, the system's. */
const bright = `
::highlight(${highlightName}) { background-color: #fcefc9; color: #14232b; text-shadow: none; }
@media (forced-colors: active) { ::highlight(${highlightName}) { background-color: Mark; color: MarkText; } }`;
const faint = `::highlight(${highlightName}) { text-decoration: underline 2px #e0a423; }`;

type PageWindow = Window & typeof globalThis;

interface World {
  /** Takes away what was painted last. Scripts that come later into the same page find it here. */
  wholemoonUnpaint?: () => void;
}

/** Takes away what was painted before and paints these ranges, until Esc is pressed in the page. */
export function paint(ranges: Range[], world: World = globalThis as World): void {
  world.wholemoonUnpaint?.();
  const node = ranges[0]?.startContainer;
  const ownerDocument = node?.ownerDocument;
  const window = ownerDocument?.defaultView as PageWindow | null | undefined;
  if (!node || !ownerDocument || !window || !('highlights' in window.CSS)) return;
  // Rules of the page do not reach into shadow trees: the colour goes to the tree that the words stand in.
  const root = node.getRootNode() as Document | ShadowRoot;
  window.CSS.highlights.set(highlightName, new window.Highlight(...ranges));
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(bright);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const timer = setTimeout(() => sheet.replaceSync(faint), brightTime);
  const unpaint = () => {
    clearTimeout(timer);
    window.CSS.highlights.delete(highlightName);
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((entry) => entry !== sheet);
    ownerDocument.removeEventListener('keydown', onKey);
    delete world.wholemoonUnpaint;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') unpaint();
  };
  ownerDocument.addEventListener('keydown', onKey);
  world.wholemoonUnpaint = unpaint;
}
