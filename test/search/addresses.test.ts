import { describe, expect, it } from 'vitest';
import { canonicalAddress, isPaid, isPublicAddress, unwrapped } from '@/utils/search/addresses';

describe('one form of an address', () => {
  it.each([
    ['https://a.example/page#part', 'https://a.example/page'],
    ['https://a.example/#/chapter/2', 'https://a.example/#/chapter/2'],
    ['https://a.example/#!chapter', 'https://a.example/#!chapter'],
    ['http://A.Example/page', 'https://a.example/page'],
    ['http://a.example:8080/page', 'http://a.example:8080/page'],
    ['https://a.example:443/', 'https://a.example/'],
    ['https://a.example./page', 'https://a.example/page'],
    ['https://a.example/?utm_source=x&id=7&utm_medium=y&fbclid=z', 'https://a.example/?id=7'],
    ['https://a.example/?gclid=1', 'https://a.example/'],
    ['https://a.example/潮汐?词=长文', 'https://a.example/%E6%BD%AE%E6%B1%90?%E8%AF%8D=%E9%95%BF%E6%96%87'],
    ['no address', 'no address'],
  ])('%s', (address, expected) => expect(canonicalAddress(address)).toBe(expected));

  it.each([
    ['https://www.a.example/', 'https://a.example/'],
    ['https://m.a.example/', 'https://a.example/'],
    ['https://a.example/page', 'https://a.example/page/'],
    ['https://a.example/page?amp=1', 'https://a.example/page'],
    ['https://a.example/?a=1&b=2', 'https://a.example/?b=2&a=1'],
    ['https://a.example/?ref=x', 'https://a.example/'],
  ])('does not take %s for %s', (one, other) => {
    expect(canonicalAddress(one)).not.toBe(canonicalAddress(other));
  });
});

describe('a public address', () => {
  it.each([
    'https://a.example/',
    'http://a.example:8080/x',
    'https://8.8.8.8/',
    'https://10.example.org/',
    'https://100.63.0.1/',
    'https://local.example/',
    'https://[2606:4700::1]/',
  ])('is %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0.0.0.0/',
    'http://localhost:3000/',
    'http://LOCALHOST./',
    'http://printer.local/',
    'http://service.internal/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.100.100.100/',
    'http://nas.lan/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'https://name:word@a.example/',
    'ftp://a.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'chrome://settings',
    '//a.example/',
    '',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a link through the engine', () => {
  const inside = 'https://a.example/x?y=1&z=%20';
  const encoded = encodeURIComponent(inside);
  const base64 = Buffer.from(inside).toString('base64url');

  it.each([
    `https://duckduckgo.com/l/?uddg=${encoded}&rut=1`,
    `https://www.google.com/url?q=${encoded}&sa=U`,
    `https://www.google.com/url?sa=t&url=${encoded}`,
    `https://www.bing.com/ck/a?!&&p=1&u=a1${base64}&ntb=1`,
    `https://r.search.yahoo.com/_ylt=A/RO=10/RU=${encoded}/RK=2/RS=x-`,
    `https://find.example/redirect?target=${encoded}`,
  ])('is followed: %s', (address) => expect(unwrapped(address)).toBe(inside));

  it.each([
    'https://www.baidu.com/link?url=abcDEF',
    'https://www.google.com/search?q=https://a.example/',
    'https://a.example/share?u=https://b.example/',
    'https://www.bing.com/ck/a?u=a1%%%',
    `https://www.bing.com/ck/a?u=a1${Buffer.from('javascript:alert(1)').toString('base64url')}`,
    'https://www.google.com/url?q=javascript:alert(1)',
    'https://r.search.yahoo.com/RU=%E0%A4%A/RK=2',
    'nothing',
  ])('stays as it is where it tells nothing: %s', (address) => expect(unwrapped(address)).toBe(address));
});

describe('a paid link', () => {
  it.each([
    'https://duckduckgo.com/y.js?ad_domain=a.example',
    'https://www.google.com/aclk?sa=l',
    'https://www.googleadservices.com/pagead/aclk?x',
    'https://www.bing.com/aclick?ld=1',
    'http://www.baidu.com/baidu.php?url=x',
    'https://yabs.yandex.ru/count/x',
    'https://ad.doubleclick.net/x',
  ])('is %s', (address) => expect(isPaid(address)).toBe(true));
  it.each([
    'https://a.example/ads-of-the-1920s',
    'https://notdoubleclick.net/',
    'https://a.example/my.js?x=1',
  ])('is not %s', (address) => expect(isPaid(address)).toBe(false));
});
