import { describe, expect, it } from 'vitest';
import { readHtml } from '@/utils/files/html';
import { matcherOf } from '@/utils/files/html/selectors';
import { cpuTime } from '../cpu-time';

const read = (html: string | Uint8Array<ArrayBuffer>, name = 'page.html') =>
  readHtml(typeof html === 'string' ? new TextEncoder().encode(html) : html, { name });
const gapOf = (gaps: { why: string; size: number; sample?: string }[], why: string) =>
  gaps.find((gap) => gap.why === why);

describe('an HTML file', () => {
  it('keeps headings, lists, tables, code, quotes, notes and formulas, and the name of the file', async () => {
    const reading = await read(
      `<!doctype html><html lang="de"><head><title>Not text</title><style>p{color:red}</style><script>alert('no')</script></head>
<body><h1>Bericht</h1><p>Ein <b>Satz</b> mit <a href="https://a.test/x">Link</a>.<ol start=3><li>drei<li>vier<ul><li>innen</ul></ol>
<table><tr><th>A<th colspan=2>B<tr><td rowspan=2>1<td>2<td>a|b<tr><td>3<td>4</table>
<pre><code class="language-python">print("x")
  y</code></pre><blockquote>Zitat</blockquote><p>E<sup>2</sup> und <math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>
<template>never</template><textarea>typed</textarea><select><option>one<option>two</select></body></html>`,
    );
    expect(reading.title).toBe('page.html');
    expect(reading.lang).toBe('de');
    expect(reading.text).toBe(
      [
        '¶1 # Bericht',
        '¶2 Ein **Satz** mit [Link](https://a.test/x).',
        '¶3 3. drei',
        '¶4 4. vier\n   - innen',
        '¶5 | A | B | B |\n| --- | --- | --- |\n| 1 | 2 | a\\|b |\n| 1 | 3 | 4 |',
        '¶6 ```python\nprint("x")\n  y\n```',
        '¶7 > Zitat',
        '¶8 E^2 und $x = \\frac{1}{2}$ typed one, two',
      ].join('\n\n'),
    );
    expect(reading.segments.map(({ kind }) => kind)).toEqual([
      'heading',
      'text',
      'list-item',
      'list-item',
      'table',
      'code',
      'quote',
      'text',
    ]);
    expect(reading.gaps).toEqual([]);
  });

  it('counts what nobody sees instead of reading it', async () => {
    const reading = await read(
      `<style>/* { */ @media print { .shown { display: none } } .menu, #away { color: red; display: none } .back{display:none} .back{display:block}</style>
<p>seen<p hidden>one<p style="color:red; DISPLAY : none">two<div class="x menu">three <b style="display:none">twice</b></div><i id=away>four</i>
<p class=shown>read<p class=back>again<p style="font-size:0px">ignore all<p style="font-size:10px">small<dialog>five</dialog>
<p style="visibility:hidden">six<p><iframe src="https://x.test/"></iframe><img src=a.png alt="A moon"><img src=b.png>`,
    );
    expect(reading.text.replace(/¶\d+ /g, '')).toBe(
      'seen\n\nread\n\nagain\n\nsmall\n\n[Frame](https://x.test/)![A moon](a.png)',
    );
    expect(gapOf(reading.gaps, 'hidden')).toEqual({
      why: 'hidden',
      size: 27,
      sample: 'one two three twice four five six',
    });
    expect(gapOf(reading.gaps, 'concealed')).toEqual({ why: 'concealed', size: 9, sample: 'ignore all' });
    expect(gapOf(reading.gaps, 'frame')?.size).toBe(1);
    expect(gapOf(reading.gaps, 'pictures')?.size).toBe(2);
  });

  it('is decoded as it says, or as its bytes look', async () => {
    const gbk = Uint8Array.of(0xcd, 0xfb, 0xca, 0xe6);
    const bytes = (head: string) => Uint8Array.from([...new TextEncoder().encode(head), ...gbk]);
    expect((await read(bytes('<meta charset=gbk><p>'))).text).toBe('¶1 望舒');
    expect(
      (await read(bytes('<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>'))).text,
    ).toBe('¶1 望舒');
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...new Uint8Array(new Uint16Array(Array.from('<p>望舒', (letter) => letter.charCodeAt(0))).buffer),
    ]);
    expect((await read(utf16)).text).toBe('¶1 望舒');
  });

  it('reads XHTML with its empty elements', async () => {
    const { text } = await read(
      '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><head><title/><script src="x"/></head><body><p/><p>un<br/>deux</p><a id="x"/><p><![CDATA[<trois>]]>&nbsp;&eacute;</p></body></html>',
      'a.xhtml',
    );
    expect(text).toBe('¶1 un\ndeux\n\n¶2 <trois> é');
  });

  it('never makes a line that looks like the mark of a passage, or hides a message in characters', async () => {
    const { text, gaps } = await read('<pre>one\n¶7 two</pre><p>a<br>¶8 b\u{E0041}\u{E0042}</p>');
    expect(text).toBe('¶1 ```\none\n ¶7 two\n```\n\n¶2 a\n ¶8 b⟦U+E0041 ×2⟧');
    expect(gapOf(gaps, 'invisible-characters')?.size).toBe(2);
  });

  it('has nothing to read when there are no words', async () => {
    await expect(read('<html><body><script>x</script></body></html>')).rejects.toMatchObject({
      code: 'file-nothing',
      facts: { name: 'page.html' },
    });
  });

  it('loses no word of markup that is not in order', async () => {
    const { text } = await read(
      '<b><p>one</b>two<table>three<tr><td>four<div>five<td>six</table><li>seven<p>eight</li></div></x>nine<h2>ten<h3>eleven<',
    );
    const words = 'one two three four five six seven eight nine ten eleven'.split(' ');
    let at = 0;
    for (const word of words) {
      const found = text.indexOf(word, at);
      expect(found, word).toBeGreaterThanOrEqual(0);
      at = found;
    }
  });

  it('takes time that is linear in its length, however deep or crooked it is', async () => {
    const shapes = [
      (size: number) => '<div>x'.repeat(size),
      (size: number) => '<b>x'.repeat(size),
      (size: number) => '<p><table><td>'.repeat(size),
      (size: number) => '<ul><li>x'.repeat(size),
      (size: number) => `${'<span>'.repeat(size)}x${'</b>'.repeat(size)}`,
      (size: number) => '<code><pre>x'.repeat(size),
      (size: number) => '<math><mrow>x'.repeat(size),
      (size: number) => '<a href="#x"><sup>1'.repeat(size),
      (size: number) => `<p ${'style="display:none;"'.repeat(size)}>x`,
      (size: number) => `<style>${'a{'.repeat(size)}</style>x`,
      (size: number) => `<style>${'@media{'.repeat(size)}</style>x`,
      (size: number) => `<p style="${' '.repeat(size)}x">x`,
      (size: number) => `y${'<p hidden>x'.repeat(size)}`,
      (size: number) => `${'<!--'.repeat(size)}`.concat('--><p>x'),
      (size: number) => `<p>x${' '.repeat(10 * size)}x`,
    ];
    for (const [index, shape] of shapes.entries()) {
      const begin = cpuTime();
      await read(shape(30_000)).catch((error) => expect(error.code, `shape ${index}`).toBe('file-nothing'));
      expect(cpuTime() - begin, `shape ${index}`).toBeLessThan(4_000);
    }
  });
});

describe('selectors', () => {
  it('that nobody knows are a mistake of the program', () => {
    expect(() => matcherOf('a:hover')).toThrow();
    expect(() => matcherOf('a ~ b')).toThrow();
  });
});
