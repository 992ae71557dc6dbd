import { scriptLanguage } from '../source';

/** The BCP 47 tag of a page's text: what its letters say first, then what the page declares. */
export function detectLanguage(document: Document, text: string): string | undefined {
  return languageOf((document.documentElement.lang || metaLanguage(document))?.trim() || undefined, text);
}

/** The same for text of which it is known what the page declares for it. */
export function languageOf(declared: string | undefined, text: string): string | undefined {
  const script = scriptLanguage(text);
  if (script) return declared?.toLowerCase().startsWith(script) ? declared : script;
  // Pages made from a template often keep its lang="zh": it is trusted only where the letters allow it.
  return declared && /^(zh|ja|ko)/i.test(declared) ? undefined : declared;
}

const metaLanguage = (document: Document) =>
  document.querySelector('meta[http-equiv="content-language" i]')?.getAttribute('content') ?? undefined;
