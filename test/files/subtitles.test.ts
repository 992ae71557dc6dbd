import { describe, expect, it } from 'vitest';
import { passagesOf } from '@/utils/files/file-reading';
import { readSubtitles } from '@/utils/files/subtitles';
import { cpuTime } from '../cpu-time.ts';
import { encodeAs } from '../fixtures/encodings.ts';
import { bytesOf, falseMarks, shown } from './read.ts';

const read = (text: string, name = 'film.srt') => readSubtitles(bytesOf(text), { name });

const time = (seconds: number, comma = ',') => {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${part(seconds / 3_600)}:${part((seconds / 60) % 60)}:${part(seconds % 60)}${comma}000`;
};

describe('subtitles', () => {
  it('are read without their numbers, times and tags, in passages that know their time', async () => {
    const reading = await read(
      '\ufeff1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>The river is low.</i>\r\n{\\an8}<font color="#fff">Very low.</font>\r\n\r\n' +
        '2\r\n00:00:04,000 --> 00:00:06,000 X1:10 X2:20\r\n- Who measured it?\r\n- <laughs> 2 < 3 of us.\r\n\r\n' +
        '3\r\n01:02:03,000 --> 01:02:05,000\r\n42\r\n\r\n7\r\n\r\n4\r\n01:02:06,000 --> 01:02:07,000\r\n¶3 The end\r\n¶4 of it\r\n',
    );
    expect(shown(reading)).toEqual([
      'text [00:00:01]: The river is low.\nVery low.\n- Who measured it?\n- <laughs> 2 < 3 of us.',
      'text [01:02:03]: 42\n7\n ¶3 The end\n ¶4 of it',
    ]);
    expect(falseMarks(reading)).toBe(0);
    expect(reading.file).toEqual({ units: { subtitles: 4 }, notes: [] });
  });

  it('keep every sentence of a long film in order, in passages small enough to cite', async () => {
    const said = Array.from({ length: 2_000 }, (_, index) => `Sentence ${index} of the film says something.`);
    const cues = said.map(
      (text, index) => `${index + 1}\n${time(index * 3)} --> ${time(index * 3 + 2)}\n${text}\n`,
    );
    const reading = await read(cues.join('\n'));
    expect(
      passagesOf(reading)
        .map(({ text }) => text)
        .join('\n'),
    ).toBe(said.join('\n'));
    for (const { start, end, place } of reading.segments) {
      expect(end - start).toBeLessThan(800);
      const first = Number(/Sentence (\d+)/.exec(reading.text.slice(start, end))?.[1]);
      expect(place?.time).toBe(time(first * 3).slice(0, 8));
    }
  });

  it('of the web name who speaks, and keep what translators noted', async () => {
    const reading = await read(
      'WEBVTT - The mill\nKind: captions\n\nNOTE Made by hand\nin June\n\nSTYLE\n::cue { color: red }\n\n' +
        'intro\n00:01.000 --> 00:02.000 align:start position:0%\n<v.loud Anna Bell>Water &amp; <c.yellow.bg>stone</c> &lt;here&gt;</v>\n\n' +
        'NOTE the second\n\n00:05.000 --> 00:06.000\n<v 李明>磨坊下游的<ruby>水<rt>shui</rt></ruby>位</v>\n',
      'film.vtt',
    );
    expect(shown(reading)).toEqual([
      'heading: # The mill',
      'text [00:00:00]: NOTE Made by hand\nin June\nAnna Bell: Water & stone <here>\nNOTE the second\n李明: 磨坊下游的水shui位',
    ]);
    expect(reading.file.units).toEqual({ subtitles: 4 });
  });

  it('that roll are read once', async () => {
    const reading = await read(
      'WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.080 --> 00:00:02.389\n \nthe<00:00:00.240><c> river</c><00:00:00.480><c> fell</c>\n\n' +
        '00:00:02.389 --> 00:00:02.399\nthe river fell\n \n\n00:00:02.399 --> 00:00:04.000\nthe river fell\nall<00:00:02.600><c> summer</c>\n\n' +
        '00:00:04.000 --> 00:00:04.010\nall summer\n \n',
      'auto.vtt',
    );
    expect(shown(reading)).toEqual(['text [00:00:00]: the river fell\nall summer']);
  });

  it('of SubStation are read by the names of their fields, in the order of time', async () => {
    const reading = await read(
      '[Script Info]\nTitle: The mill\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n' +
        '[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n' +
        'Dialogue: 0,0:00:05.50,0:00:07.00,Default,Anna,0,0,0,,{\\i1}Low, very low{\\i0}\\Nindeed\\hso.\n' +
        'Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,template line\n' +
        'Dialogue: 0,0:00:01.00,0:00:02.00,Sign,,0,0,0,,{\\pos(10,20)}UPPER MILL\n' +
        'Dialogue: 0,0:00:02.00,0:00:03.00,Sign,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}\n' +
        'Dialogue: broken\n\n[Fonts]\nfontname: mill.ttf\nABCDEF\n',
      'film.ass',
    );
    expect(shown(reading)).toEqual([
      'heading: # The mill',
      'text [00:00:01]: UPPER MILL\nAnna: Low, very low\nindeed so.',
    ]);
    expect(reading.gaps).toEqual([
      { why: 'hidden', size: 13, sample: 'template line' },
      { why: 'embedded-files', size: 1, sample: 'mill.ttf' },
      { why: 'pictures', size: 1 },
    ]);
  });

  it('in GBK say so', async () => {
    const text = '1\n00:00:01,000 --> 00:00:02,000\n磨坊下游的水位在下降，委员会每天早晨测量\n';
    const reading = await readSubtitles(encodeAs('gb18030', text), { name: 'film.srt' });
    expect(reading.text).toContain('磨坊下游的水位在下降');
    expect(reading.lang).toBe('zh');
    expect(reading.file.notes).toEqual([{ what: 'decoded', sample: 'GB18030' }]);
  });

  it('that are none are refused, and enormous ones take no more time than their length', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read('no times here')).rejects.toMatchObject({ code: 'file-broken' });
    await expect(read('1\n00:00:01,000 --> 00:00:02,000\n\n')).rejects.toMatchObject({ code: 'file-broken' });
    for (const text of [
      `1\n00:00:01,000 --> 00:00:02,000\n${'<i'.repeat(500_000)}`,
      `1\n00:00:01,000 --> 00:00:02,000\n${'{\\'.repeat(500_000)}`,
      `${'00:00:01,000 -->'.repeat(100_000)}\n00:00:01,000 --> 00:00:02,000\na`,
      `[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,S,N,0,0,0,,${'{\\p1'.repeat(300_000)}\nDialogue: 0,0:00:01.00,0:00:02.00,S,N,0,0,0,,a`,
    ]) {
      const began = cpuTime();
      await read(text).catch(() => {});
      expect(cpuTime() - began).toBeLessThan(2_000);
    }
  });
});
