import { describe, expect, it } from 'vitest';
import { isSensitive } from '@/utils/browser/sensitive';

describe('pages that are looked at twice before they are sent', () => {
  it.each([
    'https://mail.google.com/mail/u/0/#inbox',
    'https://www.paypal.com/myaccount',
    'https://secure.chase.com/',
    'https://netbank.example.dk/',
    'https://www.deutschebank.de/',
    'https://bankofamerica.com/',
    'https://webmail.example.org/',
    'https://vault.bitwarden.com/',
    'https://mychart.hospital.org/',
    'https://www.icbc.com.cn/',
    'https://mail.qq.com/',
    'http://192.168.1.1/admin',
    'http://10.0.0.7:8080/',
    'http://[fd00::1]/',
    'http://nas.local/',
    'http://localhost:3000/',
    'https://intranet.example.com/',
    'file:///home/me/taxes.pdf',
  ])('%s', (url) => expect(isSensitive(url)).toBe(true));

  it.each([
    'https://en.wikipedia.org/wiki/Bank',
    'https://www.theguardian.com/money',
    'https://example.com/mail/inbox',
    'https://www.dailymail.co.uk/',
    'https://notpaypal.com.evil.test/',
    'https://github.com/passwords',
    'https://www.mozilla.org/',
    'https://news.ycombinator.com/',
    'https://zhuanlan.zhihu.com/p/1',
    'https://www.banksy.co.uk/',
    'https://172.217.1.1/',
    'https://my.example.com/',
    'https://online.example.com/',
    'chrome://settings/',
    'not an address',
  ])('but not %s', (url) => expect(isSensitive(url)).toBe(false));

  it('nor what has no address', () => expect(isSensitive(undefined)).toBe(false));
});
