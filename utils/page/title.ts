/**
 * The title of the text. Pages put the site's name around it, so a heading that is part of the page's own title is
 * preferred, then what the page tells social networks, then the longest part of the page's title.
 */
export function titleOf(document: Document, headings: Iterable<Element>): string {
  const whole = tidy(document.title);
  const social = tidy(document.querySelector('meta[property="og:title"]')?.getAttribute('content') ?? '');
  const first: string[] = [];
  for (const heading of headings) {
    const text = tidy(heading.textContent ?? '');
    if (!text) continue;
    first.push(text);
    if (isPart(text, whole) || isPart(text, social)) return text;
    if (first.length > 20) break;
  }
  if (social && (!whole || isPart(social, whole))) return social;
  const site = tidy(document.querySelector('meta[property="og:site_name"]')?.getAttribute('content') ?? '');
  const parts = whole.split(/\s+[|–—·»«-]\s+|\s*[|｜_]\s*/).filter((part) => part && part !== site);
  // “Chapter 3 - The light”: only what is surely the name of the site goes.
  if (site && parts.length > 0 && whole.includes(site)) return parts.join(' - ');
  return whole || social || first[0] || document.location?.hostname || '';
}

/** A word or two may be in a title by chance. */
const isPart = (text: string, title: string) =>
  title !== '' && (text === title || (sizeOf(text) >= 8 && title.includes(text)));
const sizeOf = (text: string) =>
  /[\p{Script=Han}\p{Script=Hangul}]/u.test(text) ? text.length * 2 : text.length;
const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
