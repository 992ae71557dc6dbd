/** Banners about cookies: by vendor, or by the word together with what it is. `cmp-text` is text, a cookie recipe too. */
const pattern =
  /\b(?:onetrust|didomi|usercentrics|cookiebot|cookieyes|cookieconsent|truste|iubenda|qc-cmp|cmpbox|cmplz)|(?:cookie|gdpr|consent)s?[\w-]{0,40}(?:banner|bar|notice|pop-?up|modal|dialog|overlay|wall|layer|prompt|message|manager|container|wrapper)|(?:^|\s)(?:cookies?|gdpr|consent)(?:\s|$)/i;

/** True for the element that holds a banner asking for consent. */
export function isConsent(element: Element): boolean {
  if (!element.hasAttributes()) return false;
  const names = `${element.id} ${element.getAttribute('class') ?? ''}`;
  return names.length > 1 && pattern.test(names);
}
