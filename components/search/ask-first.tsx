import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import type { SearchRecord } from '@/utils/store/records';
import { useActions } from '../panel/actions';
import { TroubleNotice } from '../panel/trouble-notice';
import { QueryField } from './search-queries';
import { isLink } from './search-words';

/**
 * What would be searched for, before anything is sent: each line can be changed, and an empty one is left out. The
 * button is also the click that lets the browser ask for access, where that is not there yet.
 */
export function AskFirst({ record }: { record: SearchRecord }) {
  const { search, allowEverySite, watchEverySite } = useActions();
  const [texts, setTexts] = useState(() => record.queries.map(({ text }) => text));
  const [mayRead, setMayRead] = useState(true);
  const [denied, setDenied] = useState(false);
  useEffect(() => watchEverySite?.(setMayRead), [watchEverySite]);
  const wanted = texts.map((text) => text.trim()).filter(Boolean);
  const go = () => {
    if (wanted.length === 0) return;
    // First thing in the click: the browser asks only then. What is there already is granted without a question.
    allowEverySite().then(
      (allowed) => (allowed ? search?.go(wanted) : setDenied(true)),
      () => setDenied(true),
    );
  };
  const isOfLink = isLink(record);
  /** It was tried, and somebody has to do something before it can go on. */
  const trouble = record.queries.find((query) => query.trouble)?.trouble;
  return (
    <fieldset className="search-ask">
      <legend>{t(trouble ? 'searchRun.waits' : isOfLink ? 'searchRun.askLink' : 'searchRun.ask')}</legend>
      {trouble && <TroubleNotice trouble={trouble} on={{ retry: go }} />}
      <ul>
        {texts.map((text, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines stay in their places
          <li key={position} className="search-query">
            <Search className="icon icon-small" aria-hidden="true" />
            {isOfLink ? (
              <bdi className="search-words grow">{text}</bdi>
            ) : (
              <QueryField
                label={t('searchRun.query', { number: position + 1 })}
                text={text}
                autoFocus={false}
                onDone={go}
                onChange={(changed) => setTexts((all) => all.with(position, changed))}
              />
            )}
          </li>
        ))}
      </ul>
      <p className="search-means">
        {t(
          denied
            ? 'searchRun.denied'
            : mayRead
              ? isOfLink
                ? 'searchRun.askLinkMeans'
                : 'searchRun.askMeans'
              : 'searchRun.askPermission',
        )}
      </p>
      <div className="notice-actions">
        {!trouble && (
          <button
            type="button"
            className="button button-small button-solid"
            disabled={wanted.length === 0}
            onClick={go}
          >
            {t(isOfLink ? 'searchRun.goLink' : 'searchRun.go')}
          </button>
        )}
        <button type="button" className="button button-small button-line" onClick={() => search?.refuse()}>
          {t('searchRun.without')}
        </button>
      </div>
      <p className="for-screen-readers" role="status">
        {denied && t('searchRun.denied')}
      </p>
    </fieldset>
  );
}
