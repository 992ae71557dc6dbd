/**
 * Characters that frame things inside strings while a page becomes Markdown: Unicode's noncharacters, which no text
 * may contain. Private-use characters would not do: icon fonts put them between the words of a page.
 */
export const cellStart = '\uFDD0';
export const cellHead = '\uFDD1';
export const cellEnd = '\uFDD2';
export const rowEnd = '\uFDD3';
/** Interrupts a long run of white space. */
export const spaceBreak = '\uFDD4';

export const internalMarks = /[\uFDD0-\uFDD4]/g;
