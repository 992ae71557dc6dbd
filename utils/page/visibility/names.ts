/** What the names that authors give to elements say about them. Names are hints: each use says what else must hold. */

/** Text that one click opens, or that moves past like the slides of a carousel. */
const disclosureName =
  /accordi[oa]n|collaps|expand|toggle|tab-?s?-?(?:panels?|pane|content|body|item)|read-?more|show-?more|faq|spoiler|carousel|slider|slide-?show|slides?(?![a-z])|slick|swiper|splide|glide|flickity|owl-/i;
/** What opens over the page and is no part of its text. */
const overlayName =
  /modal|pop-?(?:up|over)|tool-?tip|drop-?down|light-?box|overlay|toast|cookie|consent|drawer|off-?canvas|fly-?out|(?:mega|sub|side|mobile|main)-?_?(?:menu|nav)|nav-?bar/i;
const carouselName =
  /carousel|slider|slide-?show|slides?(?![a-z])|slick|swiper|splide|glide|flickity|owl-|marquee|ticker|gallery/i;
/** Effects that show text when it is scrolled into view, or when the page has loaded. */
const revealName =
  /(?:^|[\s_-])(?:aos|wow|sal|reveal(?:ed|s|ing)?|fade(?:[-_]?(?:in|up|down|left|right))?|animat(?:e|ed|ion)|anim|appear|in-?view(?:port)?|(?:on-?)?scroll|slide-?(?:in|up)|zoom-?in|elementor-invisible|preload(?:ed|er)?|loading|js-?loading|no-?fouc|cloak|skeleton|shimmer|placeholder|lazy(?:load)?)(?![a-z])/i;
const revealAttributes = [
  'data-aos',
  'data-animate',
  'data-animation',
  'data-animate-in',
  'data-anim',
  'data-scroll',
  'data-sal',
  'data-reveal',
  'data-wow-delay',
  'data-w-id',
  'data-framer-appear-id',
  'data-inview',
  'data-entrance',
  'v-cloak',
];
/** Containers of text that a script of their own page shows: WeChat's articles, and what React streams. */
const lateMain = new Set(['js_content', 'js_article', 'img-content']);

/** Long lists of classes are cut: a name says what it says at its beginning. */
function nameOf(element: Element): string {
  const parts = [element.id, element.getAttribute('class'), element.getAttribute('data-testid')];
  return `${parts.join(' ')} ${element.getAttribute('data-component') ?? ''}`.slice(0, 1000);
}

export const isNamedDisclosure = (element: Element) => disclosureName.test(nameOf(element));
export const isNamedCarousel = (element: Element) => carouselName.test(nameOf(element));
export const isNamedOverlay = (element: Element) => overlayName.test(nameOf(element));
export const isLateMain = (element: Element) =>
  lateMain.has(element.id) ||
  (/^S:[\da-f]+$/.test(element.id) && element.parentElement?.localName === 'body');
export const isNamedReveal = (element: Element) =>
  revealName.test(nameOf(element)) || revealAttributes.some((name) => element.hasAttribute(name));
