/**
 * How to cite, for every task. Words in quotation marks right before the number are what scholars and newspapers write,
 * so every model knows the form, in every language; it costs a few tokens, reads well where it is not understood, and can
 * be checked here word for word. Offsets and sentence numbers cannot be counted by models; tags and JSON break up the
 * sentence, and small models break them; the citations that some vendors extract exist with those vendors only.
 */
export const citing = [
  'After each statement put the number of the paragraph that says so. Where wording or a figure decides, quote it right before the number: “words of the document” ¶12.',
  'Quotation marks are for short quotes to the letter, in the language of the document, with … for words left out.',
];
