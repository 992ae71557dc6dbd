/** Bytes as text: what the answer says of its own characters, and what the bytes say where it says nothing. */

/** Bytes in which a page names its encoding (HTML standard, “prescan a byte stream to determine its encoding”). */
const prescanned = 1_024;

export interface DecodeOptions {
  /** As the server names it. */
  charset?: string;
  /** Markup may name its encoding itself. */
  isMarkup?: boolean;
}

/**
 * The whole text. A byte order mark comes before what the server says, that before what the page says. Where nobody
 * says anything it is UTF-8 if it can be, then GB 18030 if that gives Chinese, then Windows-1252.
 */
export function decodeText(bytes: Uint8Array, { charset, isMarkup = false }: DecodeOptions = {}): string {
  const named = byteOrderMark(bytes) ?? known(charset) ?? (isMarkup ? declaredIn(bytes) : undefined);
  if (named) return new TextDecoder(named).decode(bytes);
  const utf8 = attempt(bytes, 'utf-8');
  if (utf8 !== undefined) return utf8;
  const chinese = attempt(bytes, 'gb18030');
  if (chinese !== undefined && isChinese(chinese)) return chinese;
  return new TextDecoder('windows-1252').decode(bytes);
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return undefined;
}

/** A name that the browser knows; any other says nothing. */
function known(label: string | undefined): string | undefined {
  if (!label) return undefined;
  try {
    return new TextDecoder(label.trim().replace(/^["']|["']$/g, '')).encoding;
  } catch {
    return undefined;
  }
}

/** `<meta charset>`, `<meta http-equiv="content-type">` or the declaration of XML. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1')
    .decode(bytes.subarray(0, prescanned))
    .replace(/<!--[\s\S]*?-->/g, '');
  const [, inMeta] = head.match(/<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i) ?? [];
  const [, inXml] = head.match(/^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)/i) ?? [];
  const encoding = known(inMeta ?? inXml);
  // Bytes in which this could be read are no UTF-16, whatever they say.
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}

function attempt(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Western text taken for GB 18030 has a rare Han character here and there; Chinese has little else. */
function isChinese(text: string): boolean {
  const letters = text.match(/\P{ASCII}/gu)?.length ?? 0;
  const common = text.match(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g)?.length ?? 0;
  const isDense = /[\u4e00-\u9fff]{4}/.test(text);
  return isDense && common / Math.max(1, letters) > 0.9;
}
