import { browser } from 'wxt/browser';

/** A language that a text may be in, and the part of the text that is in it, 0 to 1. */
export interface DetectedLanguage {
  tag: string;
  share: number;
}

/**
 * What the browser takes the language of a text for, the largest part first. It looks on this computer alone. Empty
 * where it cannot tell reliably, or has no such function.
 */
export async function detectLanguage(text: string): Promise<DetectedLanguage[]> {
  try {
    const { isReliable, languages } = await browser.i18n.detectLanguage(text);
    if (!isReliable) return [];
    return languages
      .filter(({ language }) => language !== 'und')
      .map(({ language, percentage }) => ({ tag: language, share: percentage / 100 }))
      .sort((a, b) => b.share - a.share);
  } catch {
    return [];
  }
}
