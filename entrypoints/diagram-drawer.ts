import mermaid from 'mermaid';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { DiagramAnswer, DiagramRequest } from '@/components/answer/markdown/diagram-messages';

/**
 * Draws diagrams in a page of the extension's own that the manifest puts into a sandbox: an origin of its own, no
 * network, no interface of the browser. What comes out is a picture as text; the panel shows it as an image, in which
 * nothing runs or loads. Firefox has no such pages, so it has no drawer and shows the source.
 */
export default defineUnlistedScript({
  include: ['chrome', 'edge'],
  main() {
    const answer = (message: DiagramAnswer) => parent.postMessage(message, '*');
    addEventListener('message', async ({ source, data }: MessageEvent<DiagramRequest>) => {
      if (source !== parent) return;
      try {
        answer({ id: data.id, ...(await draw(data)) });
      } catch {
        answer({ id: data.id, failed: true });
      }
    });
    answer({ ready: true });
  },
});

/** Characters of a diagram and its lines; what is larger nobody can read, and the layout takes minutes. */
const mostCharacters = 20_000;
const mostEdges = 300;

/** Settings that the source of a diagram may not change. */
const ours = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'htmlLabels',
  'theme',
  'themeCSS',
  'themeVariables',
  'fontFamily',
  'altFontFamily',
  'dompurifyConfig',
];

let count = 0;

async function draw({ source, variables }: DiagramRequest) {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    maxTextSize: mostCharacters,
    maxEdges: mostEdges,
    secure: ours,
    theme: 'base',
    themeVariables: variables,
    fontFamily: variables.fontFamily,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
  });
  count++;
  const { svg } = await mermaid.render(`diagram-${count}`, source);
  // A document of its own, in which nothing runs or loads while it is looked through.
  const picture = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (!picture) throw new Error('no picture');
  for (const element of [picture, ...picture.querySelectorAll('*')]) clean(element);
  const { width, height } = picture.viewBox.baseVal;
  if (!(width > 0 && height > 0)) throw new Error('no size');
  picture.setAttribute('width', String(Math.ceil(width)));
  picture.setAttribute('height', String(Math.ceil(height)));
  picture.removeAttribute('style');
  const words = [...picture.querySelectorAll('title, desc, text, foreignObject')]
    .map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
  return { svg: new XMLSerializer().serializeToString(picture), width, height, words };
}

/** As an image nothing in it runs or loads; saved to a file and opened, nothing shall either. */
function clean(element: Element) {
  if (
    /^(?:script|image|img|use|a|iframe|embed|object|link|meta|base|form|audio|video|animate|set)$/i.test(
      element.localName,
    )
  ) {
    // The words in a link stay.
    if (element.localName.toLowerCase() === 'a') element.replaceWith(...element.childNodes);
    else element.remove();
    return;
  }
  if (element.localName === 'style') {
    element.textContent = (element.textContent ?? '').replace(
      /@import[^;]*;?|url\((?!\s*["']?#)[^)]*\)/gi,
      '',
    );
  }
  for (const { name, value } of [...element.attributes]) {
    const loads = /url\((?!\s*["']?#)/i.test(value) || /^\s*(?:javascript|data|vbscript):/i.test(value);
    const leads = /^(?:xlink:)?href$|^src/i.test(name) && !value.startsWith('#');
    if (/^on/i.test(name) || loads || leads) element.removeAttribute(name);
  }
}
