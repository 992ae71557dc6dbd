import { describe, expect, it } from 'vitest';
import { decodeText } from '@/utils/browser/text-decoding';
import { encodeAs } from '../fixtures/encodings';

const utf8 = (text: string) => new TextEncoder().encode(text);
const chinese = '通读全文，一字不漏。月亮之下，潮水涨落。';
const japanese = '全文を読みます。月の満ち欠け。';

describe('the encoding of a text', () => {
  it.each([
    ['as the server says', encodeAs('gbk', chinese), { charset: 'GBK' }, chinese],
    ['as the server says, in quotes', encodeAs('shift_jis', japanese), { charset: '"Shift_JIS"' }, japanese],
    [
      'as its byte order mark says, whatever the server says',
      utf8(`\ufeff${chinese}`),
      { charset: 'gbk' },
      chinese,
    ],
    ['UTF-16 with its mark', new Uint8Array([0xff, 0xfe, 0x08, 0x67, 0xae, 0x4e]), {}, '月亮'],
    ['UTF-8 where nobody says anything', utf8(`${chinese} naïve`), {}, `${chinese} naïve`],
    ['GB 18030 where it is no UTF-8 and is Chinese', encodeAs('gbk', chinese), {}, chinese],
    [
      'Windows-1252 where it is neither',
      new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x20, 0x96, 0x20, 0x80]),
      {},
      'café – €',
    ],
    ['UTF-8 where the server names one that nobody knows', utf8(chinese), { charset: 'klingon' }, chinese],
  ])('is %s', (_, bytes, options, text) => {
    expect(decodeText(bytes, options)).toBe(text);
  });

  const page = (head: string, text: string) => `<html><head>${head}<title>x</title></head><p>${text}</p>`;
  it.each([
    ['<meta charset="gb2312">', 'gbk', chinese],
    ["<meta charset='shift_jis'>", 'shift_jis', japanese],
    ['<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gbk">', 'gbk', chinese],
    ['<!-- <meta charset=utf-8> --><meta charset=gbk>', 'gbk', chinese],
  ])('is what the page says: %s', (head, encoding, text) => {
    const bytes = encodeAs(encoding, page(head, text));
    expect(decodeText(bytes, { isMarkup: true })).toContain(text);
    // The server comes before the page.
    expect(decodeText(utf8(page(head, text)), { isMarkup: true, charset: 'utf-8' })).toContain(text);
  });

  it('is UTF-8 for a page that says UTF-16 in letters of one byte', () => {
    expect(decodeText(utf8(page('<meta charset="utf-16">', chinese)), { isMarkup: true })).toContain(chinese);
  });

  it('is not looked for in text that is no markup', () => {
    expect(decodeText(utf8(page('<meta charset="gbk">', chinese)))).toContain(chinese);
  });
});
