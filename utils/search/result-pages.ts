/**
 * What is known about the pages of results of single engines, as data: where their markup changes, a line here does.
 * Facts of 2026. An engine that is not here is read by what all pages of results have in common.
 */

/** Selectors; each may be absent. */
export interface PageRules {
  /** One result. */
  results?: string;
  /** In a result: the link that leads to the page. */
  link?: string;
  /** In a result: what it is called, where that is not in the link. */
  title?: string;
  /** An attribute of the result or its link with the address of the page itself, where the link goes through the engine. */
  address?: string;
  /** Results that somebody has paid for, and what is no result although it looks like one. */
  ads?: string;
  captcha?: string;
  consent?: string;
  /** It says that there is nothing. */
  none?: string;
}

export interface ResultPage extends PageRules {
  id: string;
  name: string;
  hosts: RegExp;
  /** Paths through which its links lead and do not say where to; they are followed when the page is read. */
  redirects?: RegExp;
}

/** What engines have in common. */
export const common: Required<Pick<PageRules, 'ads' | 'captcha' | 'consent' | 'none'>> = {
  ads: [
    '[data-text-ad]',
    '[data-ad]',
    '[data-ads]',
    '.ad',
    '.ads',
    '.advert',
    '.sponsored',
    'ins.adsbygoogle',
    '[aria-label="Ads"]',
    '[aria-label="Sponsored"]',
    '[aria-label="广告"]',
    'nav',
    '[role="navigation"]',
    'body > header',
    'body > footer',
  ].join(),
  captcha: [
    'iframe[src*="recaptcha"]',
    'iframe[src*="hcaptcha.com"]',
    'iframe[src*="challenges.cloudflare.com"]',
    '.g-recaptcha',
    '.h-captcha',
    '.cf-turnstile',
    '#challenge-form',
    '#challenge-running',
    '#captcha-form',
    'form[action*="captcha" i]',
    'img[src*="captcha" i]',
  ].join(),
  consent: ['form[action*="//consent." i]', 'form[action*="/consent" i]', 'form.consent-form'].join(),
  none: '.no-results, #no-results, [data-testid="no-results-message"]',
};

export const resultPages: readonly ResultPage[] = [
  {
    id: 'google',
    name: 'Google',
    hosts: /^(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?$/,
    ads: '#tads, #tadsb, #bottomads, .related-question-pair, [data-initq]',
    captcha: 'form[action*="/sorry/"], #captcha-form',
    consent: 'form[action*="consent.google"]',
  },
  {
    id: 'bing',
    name: 'Bing',
    hosts: /^([a-z]+\.)?bing\.com$/,
    results: 'li.b_algo',
    link: 'h2 a[href]',
    ads: 'li.b_ad',
    captcha: 'iframe[src*="/turing/captcha"], #b_captcha, .captcha_header',
    none: 'li.b_no',
  },
  {
    id: 'duckduckgo',
    name: 'DuckDuckGo',
    hosts: /^([a-z]+\.)?duckduckgo\.com$/,
    results: 'article[data-testid="result"], #links .web-result',
    link: 'a[data-testid="result-title-a"], a.result__a, h2 a[href]',
    ads: '[data-testid="ad"], .result--ad',
    captcha: 'form#challenge-form, .anomaly-modal__modal, [data-testid="anomaly-modal"]',
    none: '.no-results, .result--no-result, [data-testid="no-results-message"]',
  },
  {
    id: 'baidu',
    name: '百度',
    hosts: /^(www\.|m\.)?baidu\.com$/,
    results: '#content_left .c-container, #results .c-result',
    link: 'h3 a[href]',
    address: 'mu',
    ads: '.ec_ad, .ec_tuiguang_ppouter, [data-tuiguang], #content_left .EC_result',
    captcha: 'form[action*="wappass"], .passMod_dialog-wrapper, .vcode-body',
    none: '.content_none, .nors',
    redirects: /^\/link$/,
  },
  {
    id: 'brave',
    name: 'Brave Search',
    hosts: /^search\.brave\.com$/,
    results: '#results .snippet[data-type="web"]',
    link: 'a[href]',
    title: '.title',
    ads: '[data-type="ad"]',
    captcha: '#captcha, .captcha-container, #pow-captcha-content',
  },
  {
    id: 'sogou',
    name: '搜狗',
    hosts: /^(www\.)?sogou\.com$/,
    results: '.vrwrap, .rb',
    link: 'h3 a[href]',
    address: 'data-url',
    ads: '.sponsored, #promotion_adv_container, .biz_sponsor',
    captcha: '#seccodeForm, #seccodeImage',
    none: '#noresult_part1_container, .no-result',
    redirects: /^\/link$/,
  },
  {
    id: 'so360',
    name: '360 搜索',
    hosts: /^(www\.)?so\.com$/,
    results: 'li.res-list',
    link: 'h3 a[href]',
    address: 'data-mdurl',
    ads: '#e_idea_pp, .e_idea, .spread',
    none: '#no-result, .no-result',
    redirects: /^\/link$/,
  },
  {
    id: 'yandex',
    name: 'Yandex',
    hosts: /^(www\.)?(yandex\.[a-z.]{2,6}|ya\.ru)$/,
    results: 'li.serp-item',
    link: 'a.OrganicTitle-Link, h2 a[href]',
    ads: '[data-fast-name="direct"], .serp-adv-item, .AdvLabel',
    captcha: '.CheckboxCaptcha, .AdvancedCaptcha, form[action*="showcaptcha"]',
    none: '.EmptySearchResults, .misspell__message_type_empty',
  },
  {
    id: 'ecosia',
    name: 'Ecosia',
    hosts: /^(www\.)?ecosia\.org$/,
    results: '[data-test-id="mainline-result-web"]',
    link: 'a[data-test-id="result-link"]',
    title: 'h2',
    ads: '[data-test-id="mainline-result-ad"]',
    none: '[data-test-id="no-results"]',
  },
  {
    id: 'startpage',
    name: 'Startpage',
    hosts: /^(www\.)?startpage\.com$/,
    results: '.result',
    link: 'a.result-title, a.result-link, a.w-gl__result-title',
    ads: '.a-bg-result, #gcsa-top',
    captcha: 'form[action*="/sp/captcha"]',
    none: '.show-results-none, .no-results',
  },
  {
    id: 'yahoo',
    name: 'Yahoo',
    hosts: /^([a-z]+\.)?search\.yahoo\.(com|co\.jp)$/,
    results: '#web .algo',
    link: 'h3 a[href], .compTitle a[href]',
    title: 'h3',
    ads: '.searchCenterTopAds, .searchCenterBottomAds, .ads',
    none: '.zrp',
  },
];

/** Addresses at which an engine wants to see a person. */
export const captchaAddresses =
  /^https?:\/\/(?:wappass\.baidu\.com|qcaptcha\.so\.com)\/|^https?:\/\/[^/]+\/(?:sorry\/|showcaptcha|antispider|sp\/captcha|static\/captcha|turing\/captcha|challenge\/|captcha\b)/i;

/** Addresses at which an engine wants consent before it answers. */
export const consentAddresses = /^https?:\/\/(?:consent|guce)\.[^/]+\//i;

/** How pages say that they want to see a person, in the languages of our users and the usual one. */
export const captchaWords =
  /unusual traffic|not a robot|are you (?:a )?(?:human|robot)|verify (?:that )?you(?: a|')re (?:a )?human|checking your browser|security check|just a moment|bots use|安全验证|人机验证|请输入验证码|异常流量|異常流量|访问过于频繁|подтвердите, что запросы/i;

export const consentWords =
  /before you continue|bevor sie (?:zu|fortfahren)|avant d.accéder|accept all cookies|继续前往|繼續前往/i;

export const noneWords =
  /did not match any|no (?:more )?results (?:found|for|containing)|(?:couldn.t|could not|can.t) find (?:any(?:thing)?|results)|there are no results|没有找到|未找到|找不到|沒有找到|抱歉，没有|ничего не (?:нашлось|найдено)|見つかりません|keine ergebnisse|aucun résultat|no se han encontrado/i;
