import { useEffect, useRef, useState } from 'react';
import { type MessageKey, t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import { engines } from '@/utils/search/engines';
import { type ProviderSetting, settings } from '@/utils/store/settings';
import { formatList } from '../format';
import { useSettingsActions } from './actions';
import { useSetting } from './use-setting';

/** The hosts that the browser lets the extension reach, and the way to take each of them back. */
export function Access() {
  const { grantedOrigins, watchGrants, takeBack } = useSettingsActions();
  const [origins, setOrigins] = useState<string[]>([]);
  const [providers = []] = useSetting(settings.providers);
  const [addresses = {}] = useSetting(settings.searchAddresses);
  // Not the sentence itself: it is said in another language when that changes.
  const [said, setSaid] = useState<{ key: MessageKey; origin: string }>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const load = () => void grantedOrigins().then((list) => setOrigins(list.toSorted()));
    load();
    return watchGrants(load);
  }, [grantedOrigins, watchGrants]);
  const giveUp = async (origin: string) => {
    const isGone = await takeBack(origin);
    setSaid({ key: isGone ? 'privacy.takenBack' : 'privacy.notTakenBack', origin });
    // Its row is gone, and the button with it.
    if (isGone) heading.current?.focus();
  };
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {t('privacy.access')}
      </h3>
      <p className="meta">{t('privacy.accessAbout')}</p>
      {origins.length === 0 ? (
        <p>{t('privacy.accessNone')}</p>
      ) : (
        <ul className="plain-list">
          {origins.map((origin) => {
            const site = siteName(origin);
            const users = usersOf(origin, providers, addresses);
            return (
              <li key={origin}>
                <span className="grow">
                  <bdi>{site}</bdi>{' '}
                  {users.length > 0 && (
                    <span className="meta">{t('privacy.usedBy', { names: formatList(users) })}</span>
                  )}
                </span>
                <button
                  type="button"
                  className="button button-line button-small"
                  aria-label={t('privacy.takeBackOf', { site })}
                  onClick={() => void giveUp(origin)}
                >
                  {t('privacy.takeBack')}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <p role="status" className="meta">
        {said && t(said.key, { site: siteName(said.origin) })}
      </p>
    </>
  );
}

/** `https://api.example.com/*` as people would say it. */
function siteName(origin: string): string {
  const [, scheme = '', host = ''] = /^([^:]*):\/\/([^/]*)\//.exec(origin) ?? [];
  if (scheme === 'file') return t('privacy.files');
  if (origin === '<all_urls>') return t('privacy.everySite', { scheme: '*' });
  if (host === '*') return t('privacy.everySite', { scheme });
  return scheme === 'http' ? `http://${host}` : host || origin;
}

/** The names of the providers and search engines that are called at this origin. */
function usersOf(origin: string, providers: ProviderSetting[], addresses: Record<string, string>): string[] {
  const isAt = (address: string) => {
    const url = URL.parse(address);
    return url !== null && origin === `${url.protocol}//${url.hostname}/*`;
  };
  return [
    ...providers
      .filter(({ baseUrl }) => isAt(baseUrl))
      .map(({ providerId, baseUrl }) => {
        const provider = findProvider(providerId);
        return provider?.baseUrl ? provider.name : new URL(baseUrl).host;
      }),
    ...engines.filter(({ id, baseUrl }) => isAt(baseUrl || (addresses[id] ?? ''))).map(({ name }) => name),
  ];
}
