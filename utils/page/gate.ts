/** Whether a page with little text is the page, or what stands in front of it. */

/** What stands in front: only a person can open it, or scripts. */
export type Gate = 'bot-check' | 'consent' | 'sign-in' | 'scripts';

/** Words of a page from which on it is taken for what was looked for. */
export const fewWords = 200;

/** Words that a page sold to subscribers shows to others: the beginning, and what it costs. */
const teaserWords = 400;

/** Words of the part that a page says is for subscribers, from which on that part is there. */
const paidPartWords = 100;

/** A page that runs scripts and has fewer words than this when they do not run is waiting for them. */
export const scriptedWords = 40;

/** Words of a page that is no more than a notice; from there on a banner or a box on it is only a part of it. */
const noticeWords = 60;

/**
 * What stands in front of the page, by its structure: the widgets of the services that check who comes, the dialogs of
 * those that ask for consent, fields for passwords, and what publishers tell search engines about who may read.
 * `words` are those that could be read. Undefined when it is the page itself.
 */
export function gateOf(document: Document, { url, words }: { url: string; words: number }): Gate | undefined {
  if (words < fewWords) {
    if (isBotCheck(document, words)) return 'bot-check';
    if (asksForConsent(document, url, words)) return 'consent';
    if (asksToSignIn(document, url, words)) return 'sign-in';
  }
  if (words < teaserWords && isForSubscribers(document)) return 'sign-in';
  if (words < fewWords && waitsForScripts(document, words)) return 'scripts';
  return undefined;
}

/** Elements that stand only on the pages of services that let nobody through without a look. */
const checks = [
  '#challenge-form, #challenge-stage, #challenge-running, #challenge-error-text, #cf-error-details',
  'script[src*="/cdn-cgi/challenge-platform/"][src*="orchestrate"], iframe[src*="_Incapsula_Resource"]',
  'iframe[src*="captcha-delivery.com"], script[src*="captcha-delivery.com"], script[src*="captcha.px-c"]',
  '#px-captcha, #sec-cpt-if, #sec-if-cpt-container, #anubis_challenge, form[action*="/sorry/"]',
].join();

/** Widgets that such pages consist of, and that forms on other pages have as well. */
const checkWidgets = [
  '.cf-turnstile, .g-recaptcha, .h-captcha, #challenge-container, script[src*="awswaf.com"]',
  'iframe[src*="challenges.cloudflare.com"], iframe[src*="hcaptcha.com"], iframe[src*="/recaptcha/"]',
  'script[src*="ddos-guard"], #nocaptcha, #nc_1_wrapper, #tcaptcha_iframe, form[action*="captcha"]',
].join();

/** What inline scripts of such pages name. */
const checkScripts = /_cf_chl_opt|_pxAppId|gokuProps|AwsWafIntegration|sucuri_cloudproxy|x5secdata|bm-verify/;

/** Titles under which such pages are known, in the languages in which they were met. */
const checkTitles =
  /^(just a moment|attention required!? \| cloudflare|please wait\.{3} \| cloudflare|checking your browser|verifying (that )?you are human|making sure you're not a bot|are you (a )?(robot|human)|vercel security checkpoint|access denied|pardon our interruption|robot check|请稍候|請稍候|安全验证|安全驗證|人机验证|百度安全验证|验证码|滑动验证)/i;

function isBotCheck(document: Document, words: number): boolean {
  if (document.querySelector(checks)) return true;
  if (words < noticeWords && document.querySelector(checkWidgets)) return true;
  if (checkTitles.test(document.title.trim())) return true;
  return inlineScripts(document).some((text) => checkScripts.test(text));
}

const consentPlaces =
  /^(consent|consents|guce|privacy|cmp|cookie|cookies)\.|\/(collectconsent|consent|cookie-?(wall|consent)|privacy-?(gate|wall)|consent-?management)(\/|$)/i;

/** Containers of the services that most sites ask through. */
const consentDialogs =
  '#onetrust-consent-sdk, #CybotCookiebotDialog, #didomi-host, #usercentrics-root, #qc-cmp2-container, .fc-consent-root, [id^="sp_message_container"], #truste-consent-track, #cmpbox, #consent-wall, #cookie-wall';

const agree =
  /^(accept|agree|allow|i (accept|agree|consent)|accept all|agree to all|allow all|accept (and|&) (continue|close)|got it|ok|alle akzeptieren|akzeptieren|zustimmen|alle annehmen|einverstanden|tout accepter|accepter|j’accepte|j'accepte|aceptar( todo)?|acepto|accetta( tutto)?|accetto|aceitar( tudo)?|alles accepteren|akkoord|zaakceptuj|同意|接受|全部接受|接受全部|我同意|すべて同意|同意する|동의)/i;

/** Titles of pages that are nothing but the question. */
const consentTitles = /before you continue|consent|your privacy|cookie|datenschutz|zustimmung|隐私|隱私/i;

function asksForConsent(document: Document, url: string, words: number): boolean {
  const { hostname = '', pathname = '' } = URL.parse(url) ?? {};
  const buttons = document.querySelectorAll(
    'button, input[type="submit"], a[role="button"], [role="button"]',
  );
  const asks = [...buttons].some((button) =>
    agree.test((button.getAttribute('value') || button.textContent || '').trim()),
  );
  if (consentPlaces.test(hostname) || consentPlaces.test(pathname)) return asks || hasForm(document);
  // A banner lies over many short pages whose text is all there.
  if (words >= noticeWords) return asks && consentTitles.test(document.title);
  if (document.querySelector(consentDialogs)) return true;
  return (
    asks && /cookie|consent|gdpr|dsgvo|rgpd|隐私|隱私|プライバシー/i.test(document.body?.textContent ?? '')
  );
}

const hasForm = (document: Document) => document.querySelector('form[method="post" i]') !== null;

const signInPlaces =
  /^(accounts?|auth|login|signin|sso|passport|idp|id)\.|\/(log-?in|sign-?in|signon|auth|authorize|sso|saml|passport)(\/|\.\w+$|$)/i;

/** Where a page keeps a form for signing in that is not what it is about. */
const corners = 'header, nav, aside, footer, dialog, [hidden], [aria-hidden="true"], [class*="modal"]';

function asksToSignIn(document: Document, url: string, words: number): boolean {
  const fields = [...document.querySelectorAll('input[type="password"]')];
  if (fields.some((field) => words < noticeWords || !field.closest(corners))) return true;
  const { hostname = '', pathname = '' } = URL.parse(url) ?? {};
  // Many ask for the name first, and for the password on the next page.
  const asksForName = document.querySelector(
    'input[type="email"], input[autocomplete~="username"], input[name="username"], input[type="tel"]',
  );
  return asksForName !== null && (signInPlaces.test(hostname) || signInPlaces.test(pathname));
}

/** By what publishers say in schema.org, and by where they say the paid part stands. */
function isForSubscribers(document: Document): boolean {
  const said = [...document.querySelectorAll('script[type="application/ld+json"]')].map(
    (script) => script.textContent ?? '',
  );
  const closed = said.filter((text) => /"isAccessibleForFree"\s*:\s*"?false/i.test(text));
  if (closed.length === 0) return false;
  const places = closed.flatMap((text) =>
    [...text.matchAll(/"cssSelector"\s*:\s*"([^"]+)"/g)].map(([, selector = '']) => selector),
  );
  // The whole text may be there, covered for people and open to search engines.
  return !places.some((selector) => wordsIn(document, selector) >= paidPartWords);
}

function wordsIn(document: Document, selector: string): number {
  try {
    return [...document.querySelectorAll(selector)].reduce(
      (sum, element) => sum + (element.textContent?.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu)?.length ?? 0),
      0,
    );
  } catch {
    // What a page writes need not be a selector.
    return 0;
  }
}

/** Elements into which applications draw themselves, while nothing is in them. */
const roots = '#root, #app, #__next, #__nuxt, #main-app, #application, app-root, [data-reactroot], [ng-app]';

function waitsForScripts(document: Document, words: number): boolean {
  if (
    !document.querySelector(
      'script[src], script:not([type]), script[type*="module"], script[type="text/javascript"]',
    )
  )
    return false;
  if (words < scriptedWords) return true;
  if ([...document.querySelectorAll(roots)].some((root) => root.textContent?.trim() === '')) return true;
  return [...document.querySelectorAll('noscript')].some((element) =>
    /javascript|脚本|指令碼/i.test(element.textContent ?? ''),
  );
}

const inlineScripts = (document: Document): string[] =>
  [...document.querySelectorAll('script:not([src])')].map((script) => script.textContent ?? '');
