import { describe, expect, it } from 'vitest';
import { entryCovering, hostFrom, siteOf } from '@/utils/store/hosts';

describe('a host', () => {
  it.each([
    ['example.com', 'example.com'],
    ['  Example.COM ', 'example.com'],
    ['www.example.com', 'example.com'],
    ['https://www.example.com/a/b?c=d#e', 'example.com'],
    ['example.com/path', 'example.com'],
    ['example.com:8443', 'example.com'],
    ['//example.com', 'example.com'],
    ['*.example.com', 'example.com'],
    ['.example.com', 'example.com'],
    ['example.com.', 'example.com'],
    ['sub.example.co.uk', 'sub.example.co.uk'],
    ['www.com', 'www.com'],
    ['localhost:3000', 'localhost'],
    ['bücher.de', 'xn--bcher-kva.de'],
    ['例子.中国', 'xn--fsqu00a.xn--fiqs8s'],
    ['ｅｘａｍｐｌｅ。com', 'example.com'],
    ['http://ex%61mple.com', 'example.com'],
    ['192.168.1.20:8080', '192.168.1.20'],
    ['127.1', '127.0.0.1'],
    ['[::1]:8080', '[::1]'],
    ['https://bank.example@evil.example/', 'evil.example'],
    ['_dmarc.example.com', '_dmarc.example.com'],
  ])('is found in %s', (typed, host) => {
    expect(hostFrom(typed)).toBe(host);
  });

  it.each([
    '',
    ' ',
    '*',
    '*.',
    'ex*mple.com',
    'exa mple.com',
    'someone@example.com',
    'javascript:alert(1)',
    'javascript://example.com/%0aalert(1)',
    'chrome://settings',
    'file:///etc/passwd',
    'about:blank',
    'data:text/html,example.com',
    'view-source:https://example.com',
    'http://',
    'example..com',
    '[::1',
    'a^b.com',
    `${'a.'.repeat(130)}com`,
    '\u0000',
    '例\u202e子',
    'x'.repeat(1_000_000),
  ])('is not in %j', (typed) => {
    expect(hostFrom(typed)).toBeUndefined();
  });

  it('is the site of a page, and files and pages of the browser have none', () => {
    expect(siteOf('https://www.example.com/a')).toBe('example.com');
    expect(siteOf('http://127.0.0.1:4000/a')).toBe('127.0.0.1');
    for (const address of ['file:///a.pdf', 'chrome://version', 'about:blank', 'no address', undefined])
      expect(siteOf(address)).toBeUndefined();
  });
});

describe('a list of hosts', () => {
  const list = ['example.com', 'mail.bank.example', '192.168.1.20', 'com', 'localhost', 'xn--bcher-kva.de'];
  it.each([
    ['https://example.com/', 'example.com'],
    ['https://www.example.com/a', 'example.com'],
    ['http://deep.down.example.com:81/a', 'example.com'],
    ['https://EXAMPLE.com./', 'example.com'],
    ['https://mail.bank.example/', 'mail.bank.example'],
    ['https://a.mail.bank.example/', 'mail.bank.example'],
    ['http://192.168.1.20:8080/', '192.168.1.20'],
    ['http://localhost:3000/', 'localhost'],
    ['https://bücher.de/', 'xn--bcher-kva.de'],
    ['https://bank@example.com/', 'example.com'],
    ['ftp://example.com/', 'example.com'],
    ['blob:https://example.com/6d9c0d2e', 'example.com'],
  ])('covers %s', (address, entry) => {
    expect(entryCovering(list, address)).toBe(entry);
  });

  it.each([
    'https://notexample.com/',
    'https://example.com.evil.test/',
    'https://example.community/',
    'https://bank.example/',
    'https://example.org/?q=example.com',
    'https://example.org/example.com#example.com',
    'https://example.com@evil.test/',
    'http://1.192.168.1.20.nip.test/',
    'https://other.com/',
    'file:///example.com/a.html',
    'about:blank',
    'no address',
    '',
  ])('does not cover %s', (address) => {
    expect(entryCovering(list, address)).toBeUndefined();
  });
});
