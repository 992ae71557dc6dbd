/** Control words of RTF that are a character, and groups that are no text. */

export const characters: Record<string, string> = Object.assign(Object.create(null), {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  zwj: '\u200d',
  zwnj: '\u200c',
  '~': '\u00a0',
  _: '\u2011',
  '\\': '\\',
  '{': '{',
  '}': '}',
  page: ' ',
  column: ' ',
});

/** Groups whose words nobody sees, beside all that are marked as passed over by those who do not know them. */
export const unseen = new Set(
  (
    'colortbl info generator themedata colorschememapping datastore latentstyles rsidtbl xmlnstbl mmathPr pict object nonshppict ' +
    'datafield formfield tc xe rxe private1 pgdsctbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn shprslt revtbl listtable ' +
    'listoverridetable filetbl template bkmkstart bkmkend sp sn sv fname fontemb fontfile panose falt objdata objclass objname ' +
    'mhtmltag htmltag macpict wbitmap background nonesttables'
  ).split(' '),
);

/** Marked as passed over by others, and read here. */
export const known = new Set(
  'annotation atnauthor shpinst shppict fldinst nesttableprops mmath moMath moMathPara footnote listtext pntext'.split(
    ' ',
  ),
);
