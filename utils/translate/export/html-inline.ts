import type { MarkedNode } from '../../page/translate/marked';
import type { MarkForm } from '../inline-marks';

/** Inline content as HTML. Every letter of a source or a model goes through `escapeHtml`. */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for HTML. Control characters, which no document may have, become signs of replacement. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
    .replace(/\p{Cc}/gu, (sign) => (/\s/.test(sign) ? sign : '\ufffd'));

export function inlineHtml(nodes: readonly MarkedNode[], forms: readonly MarkForm[], base?: string): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escapeHtml(node);
      const form = forms[node.mark - 1];
      if (!form) return '';
      return markHtml(form, node.content && inlineHtml(node.content, forms, base), base);
    })
    .join('');
}

const simple: Partial<Record<MarkForm['kind'], string>> = {
  strong: 'strong',
  emphasis: 'em',
  deleted: 'del',
  raised: 'sup',
  lowered: 'sub',
};

function markHtml(form: MarkForm, content: string | undefined, base: string | undefined): string {
  const { kind, raw } = form;
  const tag = simple[kind];
  if (tag) return `<${tag}>${content ?? ''}</${tag}>`;
  if (kind === 'break') return '<br>';
  if (kind === 'code') return `<code dir="ltr">${escapeHtml(raw.replace(/^`+ ?| ?`+$/g, ''))}</code>`;
  if (kind === 'formula' || kind === 'citation') return `<span dir="ltr">${escapeHtml(raw)}</span>`;
  if (kind === 'image')
    return escapeHtml('[') + (content ?? escapeHtml(raw.replace(/^!\[|\](?:\(.*)?$/g, ''))) + escapeHtml(']');
  const words = content ?? escapeHtml(kind === 'link' ? raw.replace(/^\[|\]\([^)]*\)$/g, '') : raw);
  const href = addressOf(form.address ?? raw, base);
  return href ? `<a href="${escapeHtml(href)}">${words}</a>` : words;
}

/** An address that a document may lead to: of the web or of mail, and nothing that runs. */
function addressOf(address: string, base: string | undefined): string | undefined {
  if (/^[\w.+-]+@[\w.-]+$/.test(address)) return `mailto:${address}`;
  const url = URL.parse(/^www\./i.test(address) ? `https://${address}` : address, base);
  return url && /^(?:https?|mailto):$/.test(url.protocol) ? url.href : undefined;
}
