import { type ReactNode, useState } from 'react';
import { t } from '@/utils/i18n';
import { hostOf } from '../../format';
import { useReadingActions } from '../../panel/actions';
import { useAnswerSources } from '../sources-context';

/**
 * A link in an answer. It shows its host and opens on a click; a link that does not stand in any source was
 * made by the model and could carry data out, so its whole address is shown first.
 */
export function SafeLink({ href, text, children }: { href: string; text: string; children: ReactNode }) {
  const { openLink } = useReadingActions();
  const sources = useAnswerSources();
  const [asking, setAsking] = useState(false);
  if (!isWebAddress(href)) return <span>{children}</span>;
  const host = hostOf(href);
  const open = () => {
    const isQuoted = sources.some(({ source }) => source.url === href || standsIn(source.text, href));
    if (isQuoted) openLink(href);
    else setAsking(!asking);
  };
  return (
    <>
      <button type="button" className="text-button" title={href} onClick={open}>
        {children}
      </button>
      {!names(text, host) && (
        <span className="link-host" dir="ltr">
          {' '}
          {host}
        </span>
      )}
      {asking && (
        <span className="link-card">
          {t('link.made')}
          <code dir="ltr">{decoded(href)}</code>
          <button type="button" className="button button-small button-line" onClick={() => openLink(href)}>
            {t('link.open', { host })}
          </button>
        </span>
      )}
    </>
  );
}

const isWebAddress = (href: string) => URL.canParse(href) && /^https?:$/.test(new URL(href).protocol);

/** Whether the words of a link are its own address, so that its host need not be said again. Part of a path is no host. */
function names(text: string, host: string): boolean {
  const address = text.trim();
  if (/\s/.test(address)) return false;
  return hostOf(/^https?:/i.test(address) ? address : `http://${address}`) === host;
}

/** Whether a text has this address whole, not as the beginning of a longer one. */
function standsIn(text: string, href: string): boolean {
  for (let at = text.indexOf(href); at !== -1; at = text.indexOf(href, at + 1)) {
    if (/^[.,;:!?]*(?:[\s)\]>"'<]|$)/.test(text.slice(at + href.length, at + href.length + 4))) return true;
  }
  return false;
}

/** An address for reading: letters of all languages, but nothing that is invisible or turns the line round. */
function decoded(href: string): string {
  try {
    return decodeURI(href).replace(/[\p{C}\p{Z}]/gu, encodeURIComponent);
  } catch {
    return href;
  }
}
