import { describe, expect, it } from 'vitest';
import { readRichText } from '@/utils/files/rich-text';
import { cpuTime } from '../cpu-time';

/** Markup as bytes; letters above 0xff would not be in such a file. */
const rtf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const head = String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset204 Arial Cyr;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 \u26631?\u-26472? 2;}{\s3 Quote;}{\*\cs9 Strong;}}{\info{\title Not text}}`;
const read = (body: string) => readRichText(rtf(`${head}${body}}`), { name: 'a.rtf' });
const texts = async (body: string) => (await read(body)).text.replace(/^¶\d+ /gm, '').split('\n\n');

describe('a rich text', () => {
  it('keeps headings, marks, special characters and every encoding', async () => {
    expect(
      await texts(
        String.raw`\pard\s1 One\par\pard\s2 Two\par\pard\outlinelevel2 Three\par\pard\s3 Said\par\pard\plain a {\b bold} {\i it} {\strike gone} x{\super 2} H{\sub 2}O\par caf\'e9 \u26395?\u33298 ? {\uc2\u26395\'cd\'fb}{\uc0\u26395}x {\f1\'cd\'fb\'ca\'e6} {\f3\'cf\'f0} {\f2 a}\par a\~b\_c\-d\emdash\ldblquote e\rdblquote\tab f\line g \{\\\}\par
wide \u-10179?\u-8704? end\par`,
      ),
    ).toEqual([
      '# One',
      '## Two',
      '### Three',
      '> Said',
      'a **bold** *it* ~~gone~~ x^2 H₂O',
      'café 望舒 望望x 望舒 Пр α',
      'a\u00a0b\u2011cd—“e”\tf\ng {\\}',
      'wide 😀 end',
    ]);
  });

  it('has lists as they are numbered, tables with merged cells, and tables inside others', async () => {
    expect(
      await texts(
        String.raw`{\listtext\pard 1.\tab}\ls1 one\par{\listtext a)\tab}\ilvl1 in\par\pard{\pntext\'b7\tab}dot\par\pard
\trowd\cellx1000\cellx2000\cellx3000\intbl A\cell B\cell C\cell\row
\trowd\clvmgf\cellx1000\cellx3000\pard\intbl down\cell wide\cell\row
\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell x|y\par z\cell 3\cell\row\pard after\par
\trowd\cellx1000\cellx2000\pard\intbl left\par\pard\intbl\itap2 n1\nestcell n2\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}\pard\intbl end\cell right\cell\row\pard`,
      ),
    ).toEqual([
      '1. one\n  a) in',
      '- dot',
      '| A | B | C |\n| --- | --- | --- |\n| down | wide | wide |\n| down | x\\|y z | 3 |',
      'after',
      'left',
      '| n1 | n2 |\n| --- | --- |',
      'end',
      'right',
    ]);
  });

  it('puts notes, margins and comments at the end and passes over what is no text', async () => {
    const reading = await read(
      String.raw`{\header\pard Company\par}{\footer Page {\chpgn}\par}\pard Text{\super\chftn}{\footnote\pard{\super\chftn} below {\b it}\par more} goes on{\*\atnid A}{\*\atnauthor Ann}{\*\annotation\pard Why?\par}\par
{\field{\*\fldinst{HYPERLINK "https://a.test/"}}{\fldrslt{\ul link}}} {\field{\*\fldinst SYMBOL 97 \\f "Symbol"}} {\field{\*\fldinst PAGE}{\fldrslt 3}}\par
{\v unseen}seen{\deleted old}{\*\bkmkstart x}{\*\unknown words}{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00}}{\object{\*\objdata 00}}\par
{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv y}}{\shptxt\pard boxed\par}}{\shprslt boxed again}}beside\par{\pict\bin5 {}}{}}\'last\par`,
    );
    expect(reading.text.replace(/^¶\d+ /gm, '').split('\n\n')).toEqual([
      'Text[^1] goes on',
      '[link](https://a.test/) α 3',
      'seen',
      'beside',
      'boxed',
      'last',
      '[^1]: below **it**',
      'more',
      '[Header: Company]',
      '[Footer: Page]',
      '[Comment by Ann: Why?]',
    ]);
    expect(reading.gaps).toEqual([
      { why: 'hidden', size: 6, sample: 'unseen' },
      { why: 'deleted-text', size: 3, sample: 'old' },
      { why: 'pictures', size: 2 },
      { why: 'embedded-files', size: 1 },
    ]);
    expect(reading.file.notes).toEqual([{ what: 'comments', size: 1 }]);
  });

  it('says what is wrong with it, and reads as far as it goes', async () => {
    const code = (bytes: Uint8Array<ArrayBuffer>) =>
      readRichText(bytes, { name: 'a.rtf' }).then(
        () => 'read',
        (error) => error.code,
      );
    expect(await code(new Uint8Array())).toBe('file-empty');
    expect(await code(rtf('no such thing'))).toBe('file-broken');
    expect(await code(rtf(String.raw`{\rtf1 {\pict 00}}`))).toBe('file-nothing');
    const cut = await readRichText(rtf(`${head}{\\b half {\\i of`), { name: 'a.rtf' });
    expect(cut.text).toBe('¶1 **half** ***of***');
    expect(cut.gaps).toEqual([{ why: 'unread-parts', size: 1, sample: 'the end of the file' }]);
    expect((await read(String.raw`}}}after}\par`)).text).toContain('after');
  });

  it('takes linear time, however deep or crooked it is', async () => {
    const shapes = [
      (size: number) => '{'.repeat(size),
      (size: number) => '{\\b x'.repeat(size),
      (size: number) => '\\intbl x\\cell'.repeat(size),
      (size: number) => '\\itap9999 x\\nestcell\\nestrow'.repeat(size),
      (size: number) => '{\\footnote x'.repeat(size),
      (size: number) => '\\u26395?'.repeat(size),
      (size: number) => '\\cellx1'.repeat(size),
      (size: number) =>
        `\\trowd${Array.from({ length: size }, (_, index) => `\\cellx${index * 100}`).join('')}${'\\intbl x\\cell'.repeat(size)}\\row`,
      (size: number) => '{\\field{\\*\\fldinst HYPERLINK "'.repeat(size),
      (size: number) => '\\'.repeat(size),
      (size: number) => "\\'4".repeat(size),
      (size: number) => '\\bin2 '.repeat(size),
      (size: number) => '{\\shptxt x'.repeat(size),
    ];
    for (const [index, shape] of shapes.entries()) {
      const begin = cpuTime();
      await read(`x ${shape(30_000)}`);
      expect(cpuTime() - begin, `shape ${index}`).toBeLessThan(3_000);
    }
  });
});
