import { around, classesOf } from './dom';

/** Class names that are followed by a language: `language-ts`, `highlight-source-js`, `mw-highlight-lang-python`. */
const prefixed =
  /^(?:language|lang|highlight-source|mw-highlight-lang|highlight|brush|syntax|code|type)[-:_]([\w+#.-]+)$/i;
/** Class names that say that another class is the language: `hljs python`, `sourceCode r`, `highlight js`. */
const markers = /^(?:hljs|sourceCode|highlight|brush:?|prettyprint|chroma|code-highlight|codehilite)$/i;
const attributes = [
  'data-language',
  'data-lang',
  'data-code-language',
  'data-enlighter-language',
  'data-mode-id',
  'data-syntax',
];
const plain =
  /^(?:none|text|plain|plaintext|nohighlight|no-highlight|default|undefined|unknown|auto|txt|false|true)$/i;
/** Class names beside a marker that are no language. */
const decoration =
  /^(?:hljs|highlight|wrapper|block|code|copy|line|lines|linenos|linenums|notranslate|numbers?|wrap|source|sourceCode|table|container|box|dark|light|snippet|body|pre|chroma|prettyprinted?|php-?block|doctest|copyable|literal|inline|sp|rouge|ansi|fix|js-|with-.*|is-.*|has-.*|wp-.*)$/i;

/** The language of a block of code, as its page names it, or ''. Looks at the block, its code and what wraps it. */
export function codeLanguage(block: Element): string {
  const code = block.localName === 'code' ? block : block.querySelector('code');
  const wrappers = [...around(block, 4)];
  // A wrapper with several blocks says nothing about one of them.
  const own = wrappers.findIndex(
    (wrapper) => wrapper.children.length > 6 || /^(?:body|main|article)$/.test(wrapper.localName),
  );
  const candidates = [code, block, ...(own === -1 ? wrappers : wrappers.slice(0, own))];
  for (const element of candidates) {
    const language = element && languageOf(element, element === code || element === block);
    if (language) return plain.test(language) ? '' : language.toLowerCase();
  }
  return '';
}

function languageOf(element: Element, isBlock: boolean): string {
  for (const name of attributes) {
    const value = element.getAttribute(name)?.trim();
    if (value && /^[\w+#.-]{1,30}$/.test(value)) return value;
  }
  const classes = classesOf(element).map((name) => name.replace(/;$/, ''));
  for (const name of classes) {
    const found = prefixed.exec(name)?.[1];
    if (found && (!decoration.test(found) || /^(?:language|lang)/i.test(name))) return found;
  }
  const marker = classes.findIndex((name) => markers.test(name));
  if (marker === -1 || (!isBlock && classes[marker] === 'code')) return '';
  const beside = classes.filter((name) => !markers.test(name) && !decoration.test(name));
  return beside.length === 1 && /^[a-z][\w+#]{0,19}$/i.test(beside[0] ?? '') ? (beside[0] ?? '') : '';
}
