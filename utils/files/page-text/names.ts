/** What the elements of pages are to a reader. */

/** Elements that begin and end a paragraph. */
export const blocks = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol optgroup option p pre ' +
    'section search summary table tbody td tfoot th thead tr ul caption listing plaintext xmp'
  ).split(' '),
);

/** Elements whose text nobody sees. */
export const unseen = new Set(
  'base colgroup datalist head link meta noembed param rp script source style template title track'.split(
    ' ',
  ),
);

/** Elements that are a file of their own. */
export const embedded = new Set('audio embed iframe object video applet'.split(' '));

/** Levels of lists and quotes that are shown by their indentation; a page can nest them hundredfold. */
export const deepestIndent = 8;
