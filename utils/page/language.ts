/** The BCP 47 tag of a page's text: what its letters say first, then what the page declares. */
export function detectLanguage(document: Document, text: string): string | undefined {
  const declared = (document.documentElement.lang || metaLanguage(document))?.trim() || undefined;
  const sample = text.slice(0, 20_000);
  const count = (pattern: RegExp) => sample.match(pattern)?.length ?? 0;
  const han = count(/\p{Script=Han}/gu);
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const hangul = count(/\p{Script=Hangul}/gu);
  const letters = count(/\p{L}/gu) || 1;
  if (kana / letters > 0.1) return matching(declared, 'ja');
  if (hangul / letters > 0.3) return matching(declared, 'ko');
  if (han / letters > 0.3) return matching(declared, 'zh');
  // Pages copied from a template often keep its lang="zh" or "en": trust it only where the letters allow it.
  if (declared && /^(zh|ja|ko)/i.test(declared)) return undefined;
  return declared;
}

const metaLanguage = (document: Document) =>
  document.querySelector('meta[http-equiv="content-language" i]')?.getAttribute('content') ?? undefined;

const matching = (declared: string | undefined, language: string) =>
  declared?.toLowerCase().startsWith(language) ? declared : language;
