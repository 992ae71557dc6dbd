/** Elements that show a page inside the page. */
export type FrameElement = HTMLIFrameElement | HTMLFrameElement | HTMLObjectElement;

/** True for an element that shows another page: frames, and objects that are one. */
export const isFrame = (element: Element, name: string): element is FrameElement =>
  name === 'IFRAME' ||
  name === 'FRAME' ||
  (name === 'OBJECT' && (element as HTMLObjectElement).contentWindow != null);

/** The document in a frame; null when it is of another site. */
export function documentOf(frame: FrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    return null; // another site
  }
}

/** A frame with an address whose document is not (yet) the one it should show. */
export const isForeign = (frame: FrameElement) =>
  /^https?:/i.test('data' in frame ? frame.data : frame.src) && !documentOf(frame)?.body;

/** Its index in `window.frames`. */
export function indexOfFrame(element: FrameElement): number {
  const view = element.ownerDocument.defaultView;
  if (!view) return -1;
  for (let index = 0; index < view.length; index++) {
    if ((view as unknown as Window[])[index] === element.contentWindow) return index;
  }
  return -1; // frames inside shadow roots have no number
}
