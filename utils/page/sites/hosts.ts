import { isOneOf } from './site-for';

/**
 * Where the adapters are of use, known without loading them: the panel hands them only to these pages. A test keeps
 * this equal to what the adapters say of themselves.
 */
export const siteHosts: readonly string[] = [
  'ar5iv.org',
  'arxiv.org',
  'askubuntu.com',
  'bilibili.com',
  'bing.com',
  'cn.bing.com',
  'docs.google.com',
  'duckduckgo.com',
  'github.com',
  'm.baidu.com',
  'mail.google.com',
  'mail.proton.me',
  'mail.protonmail.com',
  'mathoverflow.net',
  'mediawiki.org',
  'mp.weixin.qq.com',
  'news.ycombinator.com',
  'outlook.cloud.microsoft',
  'outlook.live.com',
  'outlook.office.com',
  'outlook.office365.cn',
  'outlook.office365.com',
  'partner.outlook.cn',
  'reddit.com',
  'serverfault.com',
  'stackapps.com',
  'stackexchange.com',
  'stackoverflow.com',
  'superuser.com',
  'twitter.com',
  'wikibooks.org',
  'wikifunctions.org',
  'wikimedia.org',
  'wikinews.org',
  'wikipedia.org',
  'wikiquote.org',
  'wikisource.org',
  'wikiversity.org',
  'wikivoyage.org',
  'wiktionary.org',
  'www.baidu.com',
  'www.bing.com',
  'www.google.com',
  'x.com',
  'youtube.com',
  'zhihu.com',
];

/** Country hosts of Google, and software that runs on many hosts and says so in its `generator`. */
const googleHost = /^www\.google\.(?:com?\.)?[a-z]{2,3}$/;
const knownGenerator = /^Discourse/;

/** Whether an adapter may know a page. */
export const mayHaveSite = (host: string, generator: string): boolean =>
  isOneOf(host, siteHosts) || googleHost.test(host) || knownGenerator.test(generator);
