import { Cpu } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { builtInModel, fetchBuiltIn, saveProvider } from '@/utils/chat/provider-setup';
import { t } from '@/utils/i18n';
import { providers } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { settings } from '@/utils/store/settings';
import { formatTokens } from '../format';
import { WaitingMoon } from '../ui/moon';
import { InUse } from './in-use';
import { useSetting } from './use-setting';

export type BuiltInState = Awaited<ReturnType<typeof builtInModel>>;

/** Whether this browser brings a model of its own, or has to fetch it first. */
export function useBuiltInModel(): BuiltInState {
  const [state, setState] = useState<BuiltInState>('unavailable');
  useEffect(() => void builtInModel().then(setState), []);
  return state;
}

/** It has no address and no key: to connect it is to choose it. */
const connectBuiltIn = ({ id, models: [model] }: Provider): Promise<void> =>
  saveProvider({ providerId: id, baseUrl: '', modelId: model?.id ?? '' }, '');

const isFetchedFirst = (state: BuiltInState) => state === 'downloadable' || state === 'downloading';

export function aboutBuiltIn({ models: [model] }: Provider, state: BuiltInState): string {
  const about = t('settings.browserModelAbout', { window: formatTokens(model?.window ?? 0) });
  if (!isFetchedFirst(state)) return about;
  // Chinese sentences follow each other without a space.
  return [about, t('settings.browserModelFetch')].join(about.endsWith('。') ? '' : ' ');
}

/** The browser's own model as a card; nothing where there is none. */
export function BuiltInModel() {
  const state = useBuiltInModel();
  const [active] = useSetting(settings.activeProvider);
  const provider = providers.find(({ wire }) => wire === 'chrome');
  if (state === 'unavailable' || !provider) return null;
  return (
    <section className="provider-list" aria-label={provider.name}>
      <div className="provider provider-row">
        <Cpu className="icon" aria-hidden="true" />
        <div className="grow">
          <p className="provider-name">{provider.name}</p>
          <p className="meta">{aboutBuiltIn(provider, state)}</p>
        </div>
        {active === provider.id ? <InUse /> : <UseBuiltIn provider={provider} state={state} />}
      </div>
    </section>
  );
}

type Fetching = { kind: 'fetching'; share?: number; stop: () => void } | { kind: 'failed'; message: string };

/**
 * Chooses the browser's model. Where the browser has to fetch it first, the click begins that, and how much has come
 * is shown as the browser tells it; how large it is it tells nobody.
 */
export function UseBuiltIn({ provider, state }: { provider: Provider; state: BuiltInState }) {
  const [fetching, setFetching] = useState<Fetching>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  // One button comes in the place of the other, and so does the focus.
  const box = useRef<HTMLDivElement>(null);
  const kind = fetching?.kind;
  const before = useRef(kind);
  useEffect(() => {
    if (kind !== before.current && document.activeElement === document.body)
      box.current?.querySelector('button')?.focus();
    before.current = kind;
  }, [kind]);
  const use = () => {
    if (!isFetchedFirst(state)) return void connectBuiltIn(provider);
    const abort = new AbortController();
    running.current = abort;
    const { signal } = abort;
    const stop = () => {
      abort.abort();
      setFetching(undefined);
    };
    setFetching({ kind: 'fetching', stop });
    fetchBuiltIn({
      signal,
      onShare: (share) => signal.aborted || setFetching({ kind: 'fetching', share, stop }),
    })
      .then(() => (signal.aborted ? undefined : connectBuiltIn(provider)))
      .then(() => signal.aborted || setFetching(undefined))
      .catch((error: unknown) => {
        if (!signal.aborted)
          setFetching({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      });
  };
  if (fetching?.kind === 'fetching') {
    const { share, stop } = fetching;
    return (
      <div className="provider-fetching" ref={box}>
        <WaitingMoon share={share} />
        <span
          role="progressbar"
          aria-valuenow={share === undefined ? undefined : Math.floor(share * 100)}
          aria-label={t('settings.fetching')}
        >
          {share === undefined
            ? t('settings.fetching')
            : t('settings.fetchingShare', { share: Math.floor(share * 100) / 100 })}
        </span>
        <button type="button" className="button button-quiet button-small" onClick={stop}>
          {t('action.stop')}
        </button>
      </div>
    );
  }
  return (
    <div className="provider-fetching" ref={box}>
      {fetching && (
        <p className="meta" role="alert">
          {t('settings.fetchFailed', { message: fetching.message })}
        </p>
      )}
      <button type="button" className="button button-line button-small" onClick={use}>
        {t(isFetchedFirst(state) ? 'settings.fetchModel' : 'settings.use')}
      </button>
    </div>
  );
}
