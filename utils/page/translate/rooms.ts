import { composedParent } from '../visibility/tree';
import type { Cut } from './cut';
import type { Roles } from './roles';
import type { Room, Run } from './run';

/** Letters up to which a label has its translation beside it. */
const shortLabel = 25;
/** Boxes around a run that are looked at. */
const lookedAt = 4;

/** Fonts that are made for the Han characters of one language, by what pages call them. */
const hanFonts: Record<string, RegExp> = {
  ja: /hiragino (?:kaku|mincho|maru|sans(?! gb))|yu ?(?:gothic|mincho)|meiryo|ms p?(?:gothic|mincho)|(?:cjk|noto sans|noto serif) jp|source han \w+ j\b/i,
  ko: /malgun|apple sd|nanum|gulim|dotum|batang|(?:cjk|noto sans|noto serif) kr|source han \w+ k\b/i,
  'zh-Hans':
    /pingfang sc|yahei|simsun|simhei|hiragino sans gb|kaiti|(?:cjk|noto sans|noto serif) sc|source han \w+ (?:sc|cn)\b/i,
  'zh-Hant':
    /pingfang (?:tc|hk)|jhenghei|mingliu|(?:cjk|noto sans|noto serif) (?:tc|hk)|source han \w+ (?:tc|tw|hc)\b/i,
};

/** The languages whose Han fonts a list of fonts names. */
export const hanFontsIn = (fonts: string): string[] =>
  Object.keys(hanFonts).filter((lang) => hanFonts[lang]?.test(fonts));

/**
 * Says where a translation has room. Layout is only read here, while the page is cut: when translations are written it
 * is not asked for again.
 */
export function createRooms(roles: Roles) {
  const overs = new Map<Element, number | undefined>();
  const clamped = new Map<Element, boolean>();
  return {
    of(
      box: Element,
      { nodes }: Cut,
      kind: Run['kind'],
      letters: number,
    ): Pick<Run, 'room' | 'fonts' | 'isSerif' | 'limits'> {
      const parent = nodes[0]?.parentElement ?? box;
      const style = roles.style(box);
      const fonts = hanFontsIn(style?.fontFamily ?? '');
      const limits: Run['limits'] = [];
      let room: Room = 'below';
      if (kind === 'label') room = letters <= shortLabel ? 'beside' : 'bubble';
      else if (isRow(roles.style(parent))) room = 'beside';
      let at: Element | null = box;
      for (let level = 0; at && level < lookedAt; level++, at = composedParent(at)) {
        const around = roles.style(at);
        if (!around || /^(?:BODY|HTML)$/i.test(at.nodeName)) break;
        if (isClamped(at, around)) room = 'bubble';
        if (/auto|scroll/.test(around.overflowY)) break;
        const over = overOf(at, around);
        if (over !== undefined) limits.push({ element: at, over });
      }
      return { room, fonts, isSerif: /(?<!sans-)serif|song|ming/i.test(style?.fontFamily ?? ''), limits };
    },
  };

  function isClamped(element: Element, style: CSSStyleDeclaration): boolean {
    let answer = clamped.get(element);
    if (answer === undefined) {
      const lines = style.getPropertyValue('-webkit-line-clamp');
      answer =
        (lines !== '' && lines !== 'none') ||
        (style.textOverflow === 'ellipsis' && /nowrap|^pre$/.test(style.whiteSpace));
      clamped.set(element, answer);
    }
    return answer;
  }

  /** By how many pixels what is in a box is higher than the box. */
  function overOf(element: Element, style: CSSStyleDeclaration): number | undefined {
    if (overs.has(element)) return overs.get(element);
    const over = mayBeNarrow(element, style) ? overflowOf(element) : undefined;
    overs.set(element, over);
    return over;
  }
}

/** Whether a box has a height of its own: others grow with what is in them, and are not looked at again. */
function mayBeNarrow(element: Element, { display, overflowY, maxHeight }: CSSStyleDeclaration): boolean {
  if (display.startsWith('inline') || display.startsWith('table')) return false;
  if (overflowY !== 'visible' || maxHeight !== 'none') return true;
  // A style gives the height in pixels, whoever chose it; this says whether somebody did.
  const height = (element as Partial<Element>).computedStyleMap?.call(element).get('height');
  return height === undefined || height?.toString() !== 'auto';
}

/** By how many pixels what is in a box is higher than the box. */
export const overflowOf = (element: Element): number => element.scrollHeight - element.clientHeight;

/** Boxes in a row: what is appended there stands beside. */
const isRow = (style: CSSStyleDeclaration | undefined) =>
  style !== undefined &&
  /flex$/.test(style.display) &&
  !style.flexDirection.startsWith('column') &&
  style.flexWrap === 'nowrap';
