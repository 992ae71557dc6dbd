import { describe, expect, it } from 'vitest';
import { detectFile } from '@/utils/files/detect';
import { passagesOf } from '@/utils/files/file-reading';
import { readMail } from '@/utils/files/mail';
import { cpuTime } from '../cpu-time.ts';
import { encodeAs } from '../fixtures/encodings.ts';
import { latin, makeMail, makeMailbox, unlatin } from '../fixtures/files/mail.ts';
import { makeZip } from '../fixtures/files/zip.ts';
import { bytesOf, falseMarks, shown } from './read.ts';

const read = (bytes: Uint8Array<ArrayBuffer>, name = 'levels.eml') => readMail(bytes, { name });
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array(60).fill(0)]);
const noise = Uint8Array.from({ length: 2_000 }, (_, index) => (index * 37) % 256);

describe('a message', () => {
  it('has who wrote to whom, its text with quotes, and what is attached', async () => {
    const reading = await read(
      makeMail({
        headers: {
          Subject: '=?utf-8?B?5rC05L2N?= and levels',
          From: '=?utf-8?Q?J=C3=B6rg?= <joerg@mill.test>',
          Cc: '"Bell, Anna" <anna@mill.test>',
        },
        parts: [
          {
            type: 'text/plain; charset=utf-8',
            transfer: 'quoted-printable',
            body: 'The river is low – very low.\n\n> Who measured it?\n> And when?\n\nI did.\n\n-- \nJörg',
          },
          {
            type: 'text/csv',
            name: 'levels.md',
            body: '# Levels\n\nUpper 12',
            transfer: 'base64',
            disposition: 'attachment',
          },
          { type: 'image/png', name: 'photo.png', body: png, transfer: 'base64', disposition: 'attachment' },
          {
            type: 'application/ms-tnef',
            name: 'winmail.dat',
            body: noise,
            transfer: 'base64',
            disposition: 'attachment',
          },
          {
            type: 'application/zip',
            name: 'code.zip',
            body: makeZip([
              { name: 'src/a.py', data: 'print(1)' },
              { name: 'b.py', data: 'print(2)' },
            ]),
            transfer: 'base64',
            disposition: 'attachment',
          },
        ],
      }),
    );
    expect(shown(reading).slice(0, 6)).toEqual([
      'heading: # 水位 and levels',
      'text: From: Jörg <joerg@mill.test>\nTo: committee@river.test\nCc: "Bell, Anna" <anna@mill.test>\nDate: Tue, 3 Jun 2025 10:00:00 +0200\nSubject: 水位 and levels\nAttachments: levels.md, photo.png, winmail.dat, code.zip',
      'text: The river is low – very low.',
      'quote: > Who measured it?\n> And when?',
      'text: I did.',
      'text: -- \nJörg',
    ]);
    expect(reading.text).toContain('[code.zip/src/a.py, line 1] ```python\nprint(1)\n```');
    expect(reading.gaps).toEqual([
      { why: 'pictures', size: 1, sample: 'photo.png' },
      { why: 'embedded-files', size: 1, sample: 'winmail.dat' },
    ]);
    expect(reading).toMatchObject({ title: 'levels.eml', file: { units: { messages: 1 } } });
  });

  it('of a page alone is read as a page, and of a text that stands for one, too', async () => {
    const html = `<p style="display:none">Preview</p><h1>Levels</h1><table><tr><td><p>Upper mill</p><ul><li>12</li></ul></td></tr></table><p>${'Measured by hand. '.repeat(20)}</p><img src="cid:a" alt="The mill">`;
    const page = { type: 'text/html; charset=utf-8', body: html };
    const alone = await read(makeMail({ parts: [page] }));
    expect(shown(alone).slice(2, 5)).toEqual(['heading: # Levels', 'text: Upper mill', 'list-item: - 12']);
    expect(alone.gaps).toEqual([
      { why: 'hidden', size: 7, sample: 'Preview' },
      { why: 'pictures', size: 1 },
    ]);
    const stub = { type: 'text/plain', body: 'Your program cannot show pages.' };
    expect((await read(makeMail({ kind: 'alternative', parts: [stub, page] }))).text).toContain(
      'Measured by hand.',
    );
    const both = await read(
      makeMail({
        kind: 'alternative',
        parts: [
          { type: 'text/plain', body: 'Low water.' },
          { ...page, body: '<p><b>Low</b> water.</p>' },
        ],
      }),
    );
    expect(shown(both).slice(2)).toEqual(['text: Low water.']);
  });

  it('reads old encodings, said and unsaid', async () => {
    const words = '磨坊下游的水位在下降，委员会每天早晨测量，他们写下来。';
    const gbk = encodeAs('gb18030', words);
    const said = await read(
      makeMail({ parts: [{ type: 'text/plain; charset=gbk', body: gbk, transfer: 'base64' }] }),
    );
    expect(said.text).toContain(words);
    const raw = unlatin(
      `From: anna@mill.test\nSubject: ${latin(encodeAs('gb18030', '水位在下降，委员会'))}\n\n${latin(gbk)}\n`,
    );
    const unsaid = await read(raw);
    expect(unsaid.text).toContain('# 水位在下降，委员会');
    expect(unsaid.text).toContain(words);
    expect(unsaid.lang).toBe('zh');
  });

  it('reads messages in messages, with the way to each, and stops where nobody would go on', async () => {
    let inner = makeMail({
      headers: { Subject: 'Level 0' },
      parts: [{ type: 'text/plain', body: 'At the bottom.' }],
    });
    for (let depth = 1; depth <= 14; depth++)
      inner = makeMail({
        headers: { Subject: `Level ${depth}` },
        parts: [
          { type: 'text/plain', body: `Words ${depth}.` },
          { type: 'message/rfc822', body: inner, name: 'forwarded', disposition: 'attachment' },
        ],
      });
    const reading = await read(inner);
    for (let depth = 14; depth > 4; depth--) expect(reading.text).toContain(`Words ${depth}.`);
    expect(reading.text).toContain('[forwarded.eml/forwarded.eml] ## forwarded.eml');
    expect(reading.gaps).toEqual([{ why: 'unread-files', size: 1, sample: 'forwarded.eml' }]);
  });

  it('says when it is encrypted, and reads what is there of a broken one', async () => {
    const sealed = makeMail({
      parts: [
        {
          type: 'application/pkcs7-mime; smime-type=enveloped-data',
          name: 'smime.p7m',
          body: noise,
          transfer: 'base64',
          disposition: 'attachment',
        },
      ],
    });
    await expect(read(sealed)).rejects.toMatchObject({ code: 'file-locked' });
    const whole = makeMail({
      parts: [
        { type: 'text/plain', body: 'First words.' },
        {
          type: 'text/plain',
          name: 'b.txt',
          body: 'Second words. '.repeat(100),
          transfer: 'base64',
          disposition: 'attachment',
        },
      ],
    });
    const cut = await read(whole.slice(0, -500));
    expect(cut.text).toContain('First words.');
    expect(cut.text).toContain('Second words.');
    await expect(read(new Uint8Array())).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read(noise)).rejects.toMatchObject({ code: 'file-broken' });
    await expect(read(bytesOf('no header at all\n\ntext'))).rejects.toMatchObject({ code: 'file-broken' });
  });

  it('makes no line that looks like a mark, and no way out of its names', async () => {
    const reading = await read(
      makeMail({
        headers: { Subject: '=?utf-8?Q?a=0A=C2=B61_b?=' },
        parts: [
          { type: 'text/plain; charset=utf-8', body: '¶1 one\n¶2 [page 3] two' },
          { type: 'text/plain', name: '../../etc/¶1.txt', body: 'three', disposition: 'attachment' },
          { type: 'text/plain', name: 'same.txt', body: 'four', disposition: 'attachment' },
          { type: 'text/plain', name: 'same.txt', body: 'five', disposition: 'attachment' },
        ],
      }),
    );
    expect(falseMarks(reading)).toBe(0);
    const paths = passagesOf(reading).flatMap(({ place, kind }) =>
      kind === 'heading' && place?.path ? place.path : [],
    );
    expect(paths).toHaveLength(3);
    expect(new Set(paths).size).toBe(3);
    expect(paths.some((path) => path.includes('/'))).toBe(false);
  });

  it('takes no more time than its length asks for', async () => {
    const messages = [
      `Subject: a\n${'To: a@b.test, '.repeat(10_000)}\n\nbody`,
      `Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(5_000)}`,
      `Subject: a\n\n${'> '.repeat(500_000)}`,
      `Subject: a\nContent-Type: text/html\n\n${'<div>'.repeat(20_000)}x`,
      `From a@b.test Tue Jun 3 10:00:00 2025\nSubject: a\n\n${'\n>From x\n'.repeat(10_000)}`,
    ];
    for (const [index, message] of messages.entries()) {
      const began = cpuTime();
      await read(bytesOf(message)).catch(() => {});
      expect(cpuTime() - began, `message ${index}`).toBeLessThan(3_000);
    }
  });
});

describe('a mailbox', () => {
  it('is known by its first line where its name has no ending', () => {
    const message = makeMail({ parts: [{ type: 'text/plain', body: 'Words.' }] });
    expect(detectFile(makeMailbox([message]), 'Inbox').type).toBe('mail');
    expect(
      detectFile(bytesOf('From - Tue Jun 3 10:00:00 2025\r\nX-Mozilla-Status: 0001\r\n\r\na'), 'Sent').type,
    ).toBe('mail');
    expect(detectFile(bytesOf('From here on\nit is a story.'), 'story').type).toBe('text');
  });

  it('has all of its messages in order, each with its number', async () => {
    const messages = Array.from({ length: 300 }, (_, index) =>
      makeMail({
        headers: { Subject: `Message ${index + 1}` },
        parts: [
          {
            type: 'text/plain',
            body: `Sentence ${index + 1}.\n\nFrom here on the river falls.\n>From there, too.\n\nFrom me at 10:15 in 2025\n`,
          },
        ],
      }),
    );
    const reading = await read(makeMailbox(messages), 'archive.mbox');
    expect(reading.file.units).toEqual({ messages: 300 });
    const sentences = [...reading.text.matchAll(/Sentence (\d+)\./g)].map(([, number]) => Number(number));
    expect(sentences).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    expect(shown(reading).slice(-4)).toEqual([
      'text [300.eml]: From: Anna Bell <anna@mill.test>\nTo: committee@river.test\nDate: Tue, 3 Jun 2025 10:00:00 +0200\nSubject: Message 300',
      'text [300.eml]: Sentence 300.',
      'text [300.eml]: From here on the river falls.\n>From there, too.',
      'text [300.eml]: From me at 10:15 in 2025',
    ]);
  });
});
