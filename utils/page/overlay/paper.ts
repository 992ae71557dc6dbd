/** What is printed is the page. */
export function keepFromPaper(root: ShadowRoot, { CSSStyleSheet: Sheet }: Window & typeof globalThis): void {
  if (!root.adoptedStyleSheets) return;
  const sheet = new Sheet();
  // Important rules of the inside beat those that are written on the element.
  sheet.replaceSync('@media print{:host{display:none!important}}');
  root.adoptedStyleSheets = [sheet];
}
