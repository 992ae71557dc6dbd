/** Text that comes in one piece, by a paste or a drop: it stays plain, and is a source where it is long. */

import { type ClipboardEvent, useEffect, useRef } from 'react';
import { longPaste } from '@/utils/chat/pasted-text';
import { isTextField } from '../panel/keys';

/** The part of the question in whose place a text comes. */
export type Place = [start: number, end: number];

/** The plain text of what was copied or dragged. Where there is only formatted text, its words. */
function plainTextOf(data: DataTransfer): string {
  const plain = data.getData('text/plain');
  if (plain) return plain;
  const html = data.getData('text/html');
  // A document of its own: nothing in it runs or is fetched.
  return html ? (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '') : '';
}

/** Where files are copied, some systems put their names or paths beside them as text. */
function namesOnly(text: string, files: FileList): boolean {
  const names = new Set(Array.from(files, ({ name }) => name));
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return lines.every((line) => {
    const last = line.trim().split(/[/\\]/).at(-1) ?? '';
    try {
      return names.has(last) || names.has(decodeURIComponent(last));
    } catch {
      return false;
    }
  });
}

export interface Taking {
  /** Keeps a long text as a source. */
  attach: (text: string, at: Place) => void;
  /** Puts a short one into the question. */
  insert: (text: string, at: Place) => void;
  files: (files: File[]) => void;
}

/** Takes what is pasted into the question; a short plain text is left to the browser. */
export function takePaste(event: ClipboardEvent<HTMLTextAreaElement>, take: Taking): void {
  const { clipboardData: data, currentTarget: field } = event;
  const text = plainTextOf(data);
  const at: Place = [field.selectionStart, field.selectionEnd];
  // Office programs put a picture of the text beside the text: that is no picture anybody meant.
  if (data.files.length > 0 && (!text || namesOnly(text, data.files))) {
    event.preventDefault();
    take.files([...data.files]);
  } else if (text.length > longPaste) {
    event.preventDefault();
    take.attach(text, at);
  } else if (text && !data.types.includes('text/plain')) {
    event.preventDefault();
    take.insert(text, at);
  }
}

/** Takes text and links that are dropped anywhere in the panel, which would leave for a link otherwise. */
export function useTextDrop(field: React.RefObject<HTMLTextAreaElement | null>, take: Taking): void {
  const newest = useRef(take);
  newest.current = take;
  useEffect(() => {
    // Another field takes what is dropped into it.
    const isText = ({ dataTransfer, target }: DragEvent) =>
      dataTransfer?.types.includes('text/plain') &&
      !dataTransfer.types.includes('Files') &&
      (target === field.current || !isTextField(target));
    const onOver = (event: DragEvent) => {
      if (isText(event) && event.target !== field.current) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!event.dataTransfer || !isText(event)) return;
      const text = plainTextOf(event.dataTransfer);
      const isLong = text.length > longPaste;
      // Where it is dropped into the question, the browser knows the place.
      if (!isLong && event.target === field.current) return;
      event.preventDefault();
      const end = field.current?.value.length ?? 0;
      newest.current[isLong ? 'attach' : 'insert'](text, [end, end]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [field]);
}
