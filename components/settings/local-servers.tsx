import { Check, Laptop } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { findServers, saveProvider } from '@/utils/chat/provider-setup';
import { t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import { settings } from '@/utils/store/settings';
import { useCopy } from '../answer/use-copy';
import { formatTokens } from '../format';
import { InUse } from './in-use';
import { useSetting } from './use-setting';

/** The addresses that `Allow this computer` asks for. */
const thisComputer = ['http://127.0.0.1/', 'http://localhost/'];

/** What lets browser extensions into Ollama, for the environment in which it runs. */
const originsSetting = 'OLLAMA_ORIGINS=chrome-extension://*,moz-extension://*';

type Found = Awaited<ReturnType<typeof findServers>>;

/** Model servers on this computer, looked for when the page opens. Nothing is shown where there are none. */
export function LocalServers({
  allow,
  mayRead,
}: {
  allow: (...addresses: string[]) => Promise<boolean>;
  mayRead: (address: string) => Promise<boolean>;
}) {
  const [found, setFound] = useState<Found>([]);
  const [active] = useSetting(settings.activeProvider);
  const [copied, copy] = useCopy();
  const look = useCallback(() => void findServers(mayRead).then(setFound), [mayRead]);
  useEffect(look, [look]);
  if (found.length === 0) return null;
  return (
    <section className="local-servers" aria-label={t('settings.onThisComputer')}>
      <h3>{t('settings.onThisComputer')}</h3>
      <ul className="provider-list">
        {found.map(({ providerId, baseUrl, state, models }) => {
          const name = findProvider(providerId)?.name ?? '';
          const [best] = [...models].sort((a, b) => (b.window ?? 0) - (a.window ?? 0));
          return (
            <li key={providerId} className="provider">
              <div className="provider-row">
                <Laptop className="icon" aria-hidden="true" />
                <div className="grow">
                  <p className="provider-name">
                    {/* What cannot be read yet may be something else. */}
                    {state === 'unreadable' ? name : t('settings.isRunning', { name })}
                  </p>
                  <p className="meta">
                    {state === 'ready' && t('settings.serverModels', { count: models.length })}
                    {state === 'unreadable' && t('settings.serverUnreadable')}
                    {state === 'refused' && t('settings.serverRefused')}
                  </p>
                  {state === 'refused' && <code className="setting-line">{originsSetting}</code>}
                </div>
                {state === 'ready' && active === providerId && <InUse />}
                {state === 'ready' && active !== providerId && best && (
                  <button
                    type="button"
                    className="button button-line button-small"
                    onClick={() =>
                      void saveProvider(
                        { providerId, baseUrl, modelId: best.id, listed: { models, at: Date.now() } },
                        '',
                      ).then(look)
                    }
                  >
                    {t('settings.useModel', { model: best.id })}
                    {best.window && <span className="meta">{formatTokens(best.window)}</span>}
                  </button>
                )}
                {state === 'unreadable' && (
                  <button
                    type="button"
                    className="button button-line button-small"
                    onClick={() => void allow(...thisComputer).then(look)}
                  >
                    {t('settings.allowComputer')}
                  </button>
                )}
                {state === 'refused' && (
                  <>
                    <button
                      type="button"
                      className="button button-line button-small"
                      onClick={() => copy(originsSetting)}
                    >
                      {copied && <Check className="icon icon-small" aria-hidden="true" />}
                      {t(copied ? 'action.copied' : 'action.copySetting')}
                    </button>
                    <button type="button" className="button button-quiet button-small" onClick={look}>
                      {t('action.checkAgain')}
                    </button>
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
