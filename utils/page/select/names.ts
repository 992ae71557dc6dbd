/** What the names (class, id, role, tag) of elements say about their place on the page. */
export const placeNames = [
  'content',
  'comment',
  'related',
  'share',
  'navigation',
  'sidebar',
  'footer',
  'header',
  'advertisement',
  'consent',
  'newsletter',
  'byline',
  'tags',
  'pages',
  'product',
  'card',
  'dialog',
  'contents',
  'form',
  'title',
] as const;
export type PlaceName = (typeof placeNames)[number];

/** Words between word boundaries, `-`, `_` and changes of case; `camelCase` is split before they are looked up. */
const patterns: Record<PlaceName, RegExp> = {
  content:
    /\b(?:main|content|article|post|entry|story|body|text|prose|markdown|readme|detail|description|desc|blog|news|richtext|rte|wysiwyg|thread|topic|message|answer|question)s?\b/,
  comment:
    /\b(?:comments?|repl(?:y|ies)|discussions?|disqus|respond|responses?|reviews?|feedback|pinglun|huifu|liuyan|answers?|posts?|messages?)\b/,
  related:
    /\b(?:related|recommend(?:ed|ations?|s)?|suggest(?:ed|ions?)?|similar|more|also|popular|trending|latest|recent|hot|hots|rank|ranking|most|next|prev|previous|recirc|read next|upsell|cross sell|you may|tuijian|xiangguan|outbrain|taboola|promoted|teasers?)\b/,
  share:
    /\b(?:share|sharing|social|follow|like|likes|vote|votes|facebook|twitter|weibo|weixin|wechat|qr ?code|addthis|sns)\b/,
  navigation:
    /\b(?:nav|navs|navbar|navigation|menus?|submenu|breadcrumbs?|crumbs?|topbar|toolbar|skip|tabs|mega|drawer|hamburger|sitemap|sitenav|subnav|position)\b/,
  sidebar:
    /\b(?:side|sidebars?|aside|rail|widgets?|right|left|secondary|complementary|col right|column right)\b/,
  footer:
    /\b(?:footer|foot|bottom|copyright|colophon|legal|contentinfo|links|partners|friend|friendlink|disclaimer)\b/,
  header:
    /\b(?:header|head|masthead|banner|top|hero|logo|brand|branding|site header|login|user|account|search|searchbar)\b/,
  advertisement:
    /\b(?:ad|ads|advert|advertisements?|sponsor(?:ed|s)?|promos?|promotions?|banner ad|adsbygoogle|gg|guanggao|dfp)\b/,
  consent: /\b(?:cookies?|gdpr|consent|onetrust|didomi|privacy|cmp|truste|cookiebot)\b/,
  newsletter:
    /\b(?:newsletters?|subscri(?:be|ption|ber)|signup|sign up|email|mailing|optin|cta|callout|call to action|paywall|piano)\b/,
  byline:
    /\b(?:author|authors|byline|bio|profile|avatar|meta|metadata|date|time|timestamp|published|posted|info|source|editor|credit|credits)\b/,
  tags: /\b(?:tags?|tagcloud|categor(?:y|ies)|labels?|keywords?|topics?|badges?)\b/,
  pages:
    /\b(?:pagination|pager|pages|paging|page numbers?|load more|sort|sorting|filters?|facets?|refine|count|results count)\b/,
  product:
    /\b(?:products?|price|prices|spec|specs|specifications?|features?|buy|cart|sku|variants?|swatch|options?|shipping|delivery|stock|gallery)\b/,
  card: /\b(?:cards?|grid|items?|tiles?|list|lists|listing|results?|rows?|collection|carousel|slider|slides?|swiper|slick|thumb|thumbnails?)\b/,
  dialog:
    /\b(?:modals?|dialogs?|popups?|pop up|overlay|lightbox|toasts?|tooltips?|notifications?|alerts?|notices?|dropdowns?|flyout|popover)\b/,
  contents: /\b(?:toc|table of contents|contents|outline|index|jump|anchors?|on this page)\b/,
  form: /\b(?:forms?|inputs?|fields?|contact|captcha|quantity|qty|checkbox|radio|select|selector)\b/,
  title: /\b(?:titles?|headlines?|headings?|caption|subtitle|dek|lead|summary|intro|excerpt|abstract)\b/,
};

const known = new Map<string, number>();

/** A bit for each of `placeNames` that the names contain. */
export function placesIn(names: string): number {
  let bits = known.get(names);
  if (bits !== undefined) return bits;
  const words = names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z]+/g, ' ')
    .toLowerCase();
  bits = 0;
  for (const [index, name] of placeNames.entries()) if (patterns[name].test(words)) bits |= 1 << index;
  // Pages invent names without end; what is not remembered is only computed again.
  if (known.size > 20_000) known.clear();
  known.set(names, bits);
  return bits;
}
