/**
 * Characters that frame things inside strings while a page becomes Markdown. They are taken out of the page first.
 * From the last plane: icon fonts put the private-use characters of the first one between the words of a page,
 * and Chromium does not load a content script that contains noncharacters.
 */
export const cellStart = '\u{10FFF0}';
export const cellHead = '\u{10FFF1}';
export const cellEnd = '\u{10FFF2}';
export const rowEnd = '\u{10FFF3}';
/** Interrupts a long run of white space. */
export const spaceBreak = '\u{10FFF4}';

export const internalMarks = /[\u{10FFF0}-\u{10FFF4}]/gu;
