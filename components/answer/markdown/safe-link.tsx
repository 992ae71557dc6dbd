import { type ReactNode, useState } from 'react';
import { t } from '@/utils/i18n';
import { hostOf } from '../../format';
import { useActions } from '../../panel/actions';
import { useAnswerSources } from '../sources-context';

/**
 * A link in an answer. It shows its host and opens on a click; a link that does not stand in any source was
 * made by the model and could carry data out, so its whole address is shown first.
 */
export function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  const { openLink } = useActions();
  const sources = useAnswerSources();
  const [asking, setAsking] = useState(false);
  if (!isWebAddress(href)) return <span>{children}</span>;
  const host = hostOf(href);
  const open = () => {
    const isQuoted = sources.some(({ source }) => source.url === href || source.text.includes(href));
    if (isQuoted) openLink(href);
    else setAsking(!asking);
  };
  return (
    <>
      <button type="button" className="text-button" title={href} onClick={open}>
        {children}
      </button>
      <span className="link-host">{host}</span>
      {asking && (
        <span className="link-card">
          {t('link.made')}
          <code>{decoded(href)}</code>
          <button type="button" className="button button-small button-line" onClick={() => openLink(href)}>
            {t('link.open', { host })}
          </button>
        </span>
      )}
    </>
  );
}

const isWebAddress = (href: string) => URL.canParse(href) && /^https?:$/.test(new URL(href).protocol);

function decoded(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}
