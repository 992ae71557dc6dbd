import type { Clip, Displacement } from './clips';
import { blend, type Colour, onlyColour, parseColour, white } from './colours';

/** What an element's ancestors do to its looks. Elements that change nothing share their parent's. */
export interface Scene {
  /** Inside a disclosure that is closed: there is no layout to look at. */
  closed: boolean;
  opacity: number;
  /** Under `visibility: hidden`: why the text is not seen, or that it waits to be shown. */
  invisible?: 'hidden' | 'waiting';
  /** The opaque colour behind the element's text, and who paints it; undefined under pictures. */
  backdrop?: { colour: Colour; element?: Element };
  /** The text is painted with a background (`background-clip: text`). */
  paintedText: boolean;
  /** The boxes that cut elements in the flow, absolute ones and fixed ones. */
  clip?: Clip;
  absoluteClip?: Clip;
  fixedClip?: Clip;
  /** Stays where it is when the page scrolls. */
  fixed: boolean;
  displacement?: Displacement;
  /** The highest `z-index` of positioned ancestors; undefined when there is none. */
  layer?: number;
  /** An opaque ancestor over which nothing with a negative `z-index` can come. */
  lid?: Element;
}

/** The scene at the root of a document. On a dark canvas nothing is known of the colour behind. */
export function openingScene(document: Document, view: Window): Scene {
  const scheme = view.getComputedStyle(document.documentElement).colorScheme || 'normal';
  const light =
    scheme === 'normal' || scheme === 'light' || !view.matchMedia('(prefers-color-scheme: dark)').matches;
  return {
    closed: false,
    opacity: 1,
    backdrop: light && !/^(?:only )?dark/.test(scheme) ? { colour: white } : undefined,
    paintedText: false,
    fixed: false,
  };
}

/** The scene behind an element's text, after its own background. */
export function paintBackground(scene: Scene, element: Element, style: CSSStyleDeclaration): Scene {
  const { backgroundColor, backgroundImage } = style;
  const plain = backgroundImage === 'none' || backgroundImage === '';
  if (plain && (backgroundColor === 'rgba(0, 0, 0, 0)' || backgroundColor === 'transparent')) return scene;
  if (`${style.backgroundClip} ${style.getPropertyValue('-webkit-background-clip')}`.includes('text')) {
    return { ...scene, paintedText: true };
  }
  const own = parseColour(backgroundColor);
  const over = plain ? own : onlyColour(backgroundImage);
  const below = plain ? scene.backdrop?.colour : own && under(own, scene.backdrop?.colour);
  const colour = over && under(over, below);
  return { ...scene, paintedText: false, backdrop: colour && { colour, element } };
}

function under(above: Colour, below: Colour | undefined): Colour | undefined {
  if (above.alpha >= 0.99) return above;
  return below && blend(above, below);
}

/** True for elements whose descendants with a negative `z-index` are painted over their background. */
export function isStackingContext(style: CSSStyleDeclaration): boolean {
  const { position, zIndex } = style;
  return (
    (zIndex !== 'auto' && position !== 'static') ||
    position === 'fixed' ||
    position === 'sticky' ||
    style.opacity !== '1' ||
    style.transform !== 'none' ||
    style.filter !== 'none' ||
    style.isolation === 'isolate'
  );
}
