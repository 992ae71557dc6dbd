// @vitest-environment jsdom
import type { ClipboardEvent } from 'react';
import { describe, expect, it } from 'vitest';
import { takePaste } from '@/components/composer/text-taking';

/** What a paste does: which files and texts it takes, and whether the browser is kept from doing it. */
function paste(files: string[], texts: Record<string, string>) {
  const taken: { files?: string[]; attached?: string; inserted?: string; prevented: boolean } = {
    prevented: false,
  };
  const event = {
    clipboardData: {
      files: files.map((name) => new File(['x'], name)),
      types: [...Object.keys(texts), ...(files.length > 0 ? ['Files'] : [])],
      getData: (type: string) => texts[type] ?? '',
    },
    currentTarget: { selectionStart: 0, selectionEnd: 0 },
    preventDefault: () => {
      taken.prevented = true;
    },
  };
  takePaste(event as unknown as ClipboardEvent<HTMLTextAreaElement>, {
    files: (list) => {
      taken.files = list.map(({ name }) => name);
    },
    attach: (text) => {
      taken.attached = text;
    },
    insert: (text) => {
      taken.inserted = text;
    },
  });
  return taken;
}

describe('what is pasted into the question', () => {
  it('is files, also where the system puts their names beside them', () => {
    expect(paste(['a.docx', 'b.xlsx'], {})).toEqual({ files: ['a.docx', 'b.xlsx'], prevented: true });
    expect(paste(['a.docx', 'b.xlsx'], { 'text/plain': 'a.docx\rb.xlsx' }).files).toHaveLength(2);
    expect(paste(['年报.xlsx'], { 'text/plain': '/home/me/年报.xlsx\n' }).files).toEqual(['年报.xlsx']);
    expect(paste(['my report.pdf'], { 'text/plain': 'file:///home/me/my%20report.pdf' }).files).toEqual([
      'my report.pdf',
    ]);
  });

  it('is the text where a program puts a picture of it beside it', () => {
    expect(paste(['image.png'], { 'text/plain': 'Level\t3.2', 'text/html': '<b>Level</b>' })).toEqual({
      prevented: false,
    });
    expect(paste(['image.png'], { 'text/plain': '100%' })).toEqual({ prevented: false });
  });
});
