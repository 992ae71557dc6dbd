import { describe, expect, it } from 'vitest';
import { isPrivateHost } from '@/utils/browser/private-hosts';
import fc from '../fixtures/property';

describe('a host that is not on the public internet', () => {
  it.each([
    // This computer, its networks, and nobody: IPv4.
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.0.1', '100.64.0.1'],
    ...['100.127.255.255', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1'],
    ...['192.168.0.1', '192.168.255.255', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9'],
    ...['224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
    // The same in the forms that browsers take for an address.
    ...['2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '127.1', '127.0.1', '017700000001', '0xa.0.0.1'],
    ...['127.0.0.1.', '１２７.0.0.1', '3232235777', '0', '0.0'],
    // IPv6.
    ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:8.8.8.8]'],
    ...['[::127.0.0.1]', '[fc00::1]', '[fdff:1::1]', '[fe80::1]', '[febf::1]', '[fec0::1]', '[ff02::1]'],
    ...[
      '[64:ff9b::10.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[64:ff9b:1::1]',
      '[100::1]',
      '[2001::1]',
      '[2001:10::1]',
    ],
    ...['[2001:db8::1]', '[2002:7f00:1::]', '[2002:c0a8:101::1]', '[3fff:fff::1]', '[5f00::1]', '[4000::1]'],
    // Names.
    ...[
      'localhost',
      'LOCALHOST',
      'localhost.',
      'a.localhost',
      'printer.local',
      'nas.lan',
      'router.home.arpa',
    ],
    ...[
      'wiki.corp',
      'wiki.internal',
      'metadata.google.internal',
      'intranet',
      'router',
      'nas.home',
      'x.onion',
    ],
  ])('is %s', (host) => expect(isPrivateHost(host)).toBe(true));

  it.each([
    ...['8.8.8.8', '1.1.1.1', '9.255.255.255', '11.0.0.1', '100.63.255.255', '100.128.0.1', '126.0.0.1'],
    ...['128.0.0.1', '169.253.0.1', '169.255.0.1', '172.15.0.1', '172.32.0.1', '192.0.1.1', '192.167.1.1'],
    ...['192.169.0.1', '198.17.0.1', '198.20.0.1', '198.51.101.1', '203.0.112.1', '223.255.255.255'],
    ...['134744072', '0x08080808', '8.8.8.8.'],
    ...['[2606:4700:4700::1111]', '[2001:4860:4860::8888]', '[2a00:1450:4009::1]', '[64:ff9b::808:808]'],
    ...['[2002:808:808::1]', '[3ffe::1]', '[2400:3200::1]'],
    ...[
      'example.org',
      'localhost.example.org',
      'local.example',
      'internal.example.com',
      '127.0.0.1.example.org',
    ],
    ...['10.example.org', 'fd00.example', '中文.example', 'a.b.c.example.org.'],
  ])('is not %s', (host) => expect(isPrivateHost(host)).toBe(false));

  it('takes the address as the browser does, in whichever form it is written', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, byte, (one, two, three, four) => {
        const plain = isPrivateHost(`${one}.${two}.${three}.${four}`);
        const number = ((one * 256 + two) * 256 + three) * 256 + four;
        const octal = (part: number) => `0${part.toString(8)}`;
        for (const form of [
          String(number),
          `0x${number.toString(16)}`,
          [one, two, three, four].map(octal).join('.'),
          `${one}.${two}.${three * 256 + four}`,
        ])
          expect(isPrivateHost(form)).toBe(plain);
        if (plain) expect(isPrivateHost(`[::ffff:${one}.${two}.${three}.${four}]`)).toBe(true);
      }),
    );
  });
});
