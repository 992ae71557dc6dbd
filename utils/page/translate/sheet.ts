import { againTag, bubbleAttribute, createOwn, offAttribute, ownTag, termTag } from './own';
import type { TranslationStyle } from './types';

/** The amber of our lines and its darker tone under letters. */
const amber = '#e0a423';
const darkAmber = '#a1610b';

const stacks: Record<string, [sans: string, serif: string]> = {
  'zh-Hans': [
    '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC"',
    '"Songti SC","SimSun","Noto Serif CJK SC"',
  ],
  'zh-Hant': [
    '"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC","Noto Sans TC"',
    '"Songti TC","PMingLiU","Noto Serif CJK TC"',
  ],
  ja: [
    '"Hiragino Sans","Yu Gothic","Noto Sans CJK JP","Noto Sans JP"',
    '"Hiragino Mincho ProN","Yu Mincho","Noto Serif CJK JP"',
  ],
  ko: [
    '"Apple SD Gothic Neo","Malgun Gothic","Noto Sans CJK KR","Noto Sans KR"',
    '"AppleMyungjo","Batang","Noto Serif CJK KR"',
  ],
};

/** The name by which fonts for a language's Han characters are known here; undefined for other languages. */
export function hanLanguage(lang: string): string | undefined {
  const { language, script } = new Intl.Locale(lang).maximize();
  if (language === 'zh') return `zh-${script}`;
  return language === 'ja' || language === 'ko' ? language : undefined;
}

/** The direction in which a language is written. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  const { script = '' } = new Intl.Locale(lang).maximize();
  return /^(?:Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg|Mand|Samr)$/.test(script) ? 'rtl' : 'ltr';
}

const styles: Record<TranslationStyle, string> = {
  rule: `padding-inline-start:11px!important;border-inline-start:2px solid ${amber}!important`,
  plain: '',
  ground: `padding:5px 11px!important;border-radius:5px!important;background:color-mix(in srgb,${amber} 11%,transparent)!important`,
};

/**
 * Rules are marked important where a page's rule for everything (`article > *`) would break the lines. Sizes and
 * colours follow those of the text around.
 */
export function rulesFor(style: TranslationStyle, lang: string): string {
  const han = hanLanguage(lang);
  const [sans = '', serif = ''] = stacks[han ?? ''] ?? [];
  const below = `${ownTag}[data-form=below]`;
  return `
${ownTag}{all:unset;unicode-bidi:isolate;font:inherit;color:inherit;white-space:inherit;letter-spacing:inherit;text-indent:0;-webkit-user-modify:read-only}
${ownTag}[data-lines]{white-space:pre-wrap}
${below}{display:block!important;box-sizing:border-box!important;float:none!important;position:static!important;flex:0 0 100%;grid-column:1/-1;inline-size:0!important;min-inline-size:100%!important;margin:4px 0 0!important;text-align:start;white-space:normal;text-decoration:none;color:color-mix(in srgb,currentcolor 82%,transparent);${han ? 'line-height:1.75;letter-spacing:normal;text-transform:none;' : ''}${styles[style]}}
${below}[data-lines]{white-space:pre-wrap}
${below}[data-script=han]{font-size:.94em}
${below}[data-kind=heading]{font-size:.72em;font-weight:600;line-height:1.4}
${below}[data-kind=cell],${below}[data-kind=item]{margin-block-start:2px!important}
${ownTag}[data-form=beside]{display:inline!important;margin-inline-start:.45em!important;color:color-mix(in srgb,currentcolor 82%,transparent)}
${ownTag}[data-form=instead]{display:inline!important}
${ownTag}[data-form=bubble]{display:none!important}
${ownTag}[data-form=bubble]:popover-open{display:block!important;position:fixed!important;inset:auto;margin:0!important;box-sizing:border-box;inline-size:max-content;max-inline-size:min(26em,calc(100vw - 24px));max-block-size:50vh;overflow:auto;padding:9px 13px!important;border:1px solid color-mix(in srgb,CanvasText 18%,transparent)!important;border-inline-start:2px solid ${amber}!important;border-radius:8px!important;background:Canvas!important;color:CanvasText!important;font-size:15px;line-height:1.6;text-align:start;white-space:normal;box-shadow:0 4px 18px rgb(0 0 0/.18)!important}
${below}[data-font=sans]{font-family:${sans ? `${sans},sans-serif` : 'inherit'}}
${below}[data-font=serif]{font-family:${serif ? `${serif},serif` : 'inherit'}}
${ownTag}[data-state=waiting]::before{content:"";display:block;block-size:2.6em;background:linear-gradient(currentcolor,currentcolor) 0 .5em/92% .55em no-repeat,linear-gradient(currentcolor,currentcolor) 0 1.6em/48% .55em no-repeat;opacity:.14}
${ownTag}[data-state=waiting][data-short]::before{block-size:1.5em;background-size:48% .55em,0 0}
${ownTag}[data-state=waiting]:dir(rtl)::before{background-position:100% .5em,100% 1.6em}
${termTag}{all:unset;text-decoration:underline dotted ${darkAmber} 1.5px;text-underline-offset:4px;cursor:pointer}
${termTag}:not([role]){cursor:inherit}
${againTag}{all:unset;display:inline-block;min-inline-size:24px;line-height:24px;text-align:center;border-radius:12px;cursor:pointer;font-size:16px;color:inherit}
${againTag}:hover{background:color-mix(in srgb,currentcolor 12%,transparent)}
${termTag}:focus-visible,${againTag}:focus-visible{outline:2px solid ${darkAmber};outline-offset:2px;border-radius:3px}
[${offAttribute}]{display:none!important}
[${bubbleAttribute}]{box-shadow:-3px 0 0 -1px ${amber}}
[${bubbleAttribute}]:dir(rtl){box-shadow:3px 0 0 -1px ${amber}}
@media (forced-colors:active){${below}{border-inline-start-color:Highlight!important}${ownTag}[data-state=waiting]::before{forced-color-adjust:none}}
@media print{${ownTag}[data-state]{display:none!important}}`;
}

type Root = Document | ShadowRoot;
type PageWindow = Window & typeof globalThis;

export interface Sheet {
  /** Gives a document or a shadow root the rules. */
  adopt(root: Root): void;
  set(style: TranslationStyle, lang: string): void;
  /** Takes them from everyone. */
  remove(): void;
}

/** One constructed sheet for each document; where scripts like this one may not adopt one, an element of style. */
export function createSheet(): Sheet {
  const sheets = new Map<Document, CSSStyleSheet | undefined>();
  const adopters = new Set<Root>();
  const elements = new Map<Root, HTMLElement>();
  let rules = '';

  const sheetOf = (document: Document): CSSStyleSheet | undefined => {
    if (sheets.has(document)) return sheets.get(document);
    let sheet: CSSStyleSheet | undefined;
    try {
      const view = document.defaultView as PageWindow | null;
      sheet = view ? new view.CSSStyleSheet() : undefined;
      sheet?.replaceSync(rules);
    } catch {
      sheet = undefined;
    }
    sheets.set(document, sheet);
    return sheet;
  };
  const adopted = (root: Root, sheet: CSSStyleSheet): boolean => {
    try {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      return root.adoptedStyleSheets.includes(sheet);
    } catch {
      return false;
    }
  };
  const insert = (root: Root) => {
    const document = root.ownerDocument ?? (root as Document);
    const around = createOwn(document, ownTag);
    around.hidden = true;
    const element = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
    element.textContent = rules;
    around.append(element);
    ((root as Document).documentElement ?? root).append(around);
    elements.set(root, around);
  };
  return {
    adopt(root) {
      if (adopters.has(root)) return;
      adopters.add(root);
      const sheet = sheetOf(root.ownerDocument ?? (root as Document));
      if (!sheet || !adopted(root, sheet)) insert(root);
    },
    set(style, lang) {
      rules = rulesFor(style, lang);
      for (const sheet of sheets.values()) sheet?.replaceSync(rules);
      for (const { firstElementChild } of elements.values())
        if (firstElementChild) firstElementChild.textContent = rules;
    },
    remove() {
      for (const root of adopters) {
        const sheet = sheets.get(root.ownerDocument ?? (root as Document));
        try {
          if (sheet) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((entry) => entry !== sheet);
        } catch {
          // The document has gone, and its sheets with it.
        }
      }
      for (const element of elements.values()) element.remove();
      adopters.clear();
      elements.clear();
      sheets.clear();
    },
  };
}
