import { getLanguage, languages } from '../i18n';
import { entryCovering } from '../store/hosts';
import { settings } from '../store/settings';

/** Languages to translate into: their tags (BCP 47), names and directions, and which of them are one language. */

/** Those that are offered first. */
export const commonLanguages: readonly string[] = [
  'zh-Hans',
  'zh-Hant',
  'en',
  'ja',
  'ko',
  'es',
  'fr',
  'de',
  'pt-BR',
  'it',
  'ru',
  'ar',
  'hi',
  'id',
  'tr',
  'vi',
  'th',
  'nl',
  'pl',
  'uk',
];

/** Every other living language with a two-letter code (ISO 639-1), and some that are written widely without one. */
const others =
  'aa ab ace af ak am an arz as ast av awa ay az ba bal ban be bg bho bi bm bn bo br bs bug ca ce ceb ch ckb co cr crh cs cv cy da doi dv dz ee el eo et eu fa ff fi fil fj fo fur fy ga gd gl gn kok gu gv ha haw he hil ho hr ht hu hy hz ia ig ii ik ilo io is iu jv ka kab kg ki kj kk kl km kn kr ks ku kv kw ky la lb lg li lij lmo ln lo lt ltg lu lus lv mad mai mfe mg mh mi min mk ml mn mni mr ms mt my na nap nb nd ne new ng nn nr nso nv ny oc oj om or os pa pag pam pap pt-PT qu raj rm rn ro rw sa sat sc scn sco sd se sg shn si sk sl sm sn so sq sr sr-Latn ss st su sv sw szl ta te tg ti tk tn to tpi ts tt tum tw ty ug ur uz ve vec vo wa war wo xh yi yo yue za zgh zu lzh';

export const otherLanguages: readonly string[] = others.split(' ').filter((tag) => isNamed(tag));

function isNamed(tag: string): boolean {
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag) !== undefined;
}

/** A tag in its usual form (`ZH-hans`: `zh-Hans`, `iw`: `he`), or undefined when it is none. */
export function canonicalTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    // What pages declare is anything at all.
    return undefined;
  }
}

const names = new Map<string, Intl.DisplayNames>();

/** The name of a language in another one, as it stands in a list; the tag where it has no name. */
export function languageName(tag: string, inLanguage: string = languages[getLanguage()].tag): string {
  // Asked for in the panel many times a second, and costly to make.
  let display = names.get(inLanguage);
  if (!display) {
    display = new Intl.DisplayNames(inLanguage, { type: 'language', languageDisplay: 'dialect' });
    names.set(inLanguage, display);
  }
  const canonical = canonicalTag(tag);
  return (canonical && display.of(canonical)) || tag;
}

/** The name of a language for a prompt, e.g. `Simplified Chinese`, `Brazilian Portuguese`. */
export const englishName = (tag: string): string => languageName(tag, 'en');

/** The name that a language has for itself. */
export const ownName = (tag: string): string => languageName(tag, canonicalTag(tag) ?? 'en');

const rightToLeft = new Set('Arab Hebr Syrc Thaa Nkoo Adlm Rohg Mand Samr'.split(' '));

/** In which direction a language is written. */
export const directionOf = (tag: string): 'ltr' | 'rtl' =>
  rightToLeft.has(scriptOf(tag).script ?? '') ? 'rtl' : 'ltr';

const known = new Map<string, { language?: string; script?: string }>();

/** Language and script of a tag, with the script that a tag without one means: `zh-TW` is `zh` and `Hant`. */
export function scriptOf(tag: string): { language?: string; script?: string } {
  let found = known.get(tag);
  if (!found) {
    const canonical = canonicalTag(tag);
    const { language, script } = canonical ? new Intl.Locale(canonical).maximize() : {};
    // Norwegian without more is the one that nearly everybody writes.
    found = { language: language === 'no' ? 'nb' : language, script };
    // Pages declare what they like: the list of what was asked must not grow with them.
    if (known.size > 1_000) known.clear();
    known.set(tag, found);
  }
  return found;
}

/**
 * Whether who reads one needs no translation into the other: `pt-BR` and `pt` are one language, `zh-Hans` and `zh-TW`
 * are two, and so is `sr` in two scripts.
 */
export function sameLanguage(one: string, other: string): boolean {
  const [a, b] = [scriptOf(one), scriptOf(other)];
  return a.language !== undefined && a.language === b.language && a.script === b.script;
}

/** What is offered where a text is in the language of the translation already: English, and Chinese for English. */
export function otherTarget(target: string): string {
  if (scriptOf(target).language !== 'en') return 'en';
  return languages[getLanguage()].tag === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans';
}

/** The language that texts are translated into: the one chosen in the settings, or that of the interface. */
export async function targetLanguage(): Promise<string> {
  const chosen = await settings.translateInto.read();
  return chosen === 'interface' ? languages[getLanguage()].tag : chosen;
}

/** The entry of the list of sites never translated that covers an address: it is translated on a further click alone. */
export async function neverTranslatedSite(address: string | undefined): Promise<string | undefined> {
  return address && entryCovering(await settings.neverTranslateSites.read(), address);
}
