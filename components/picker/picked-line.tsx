import type { Gathered } from '@/utils/chat/gathering';
import { sayAlso, t } from '@/utils/i18n';
import { hostOf } from '../format';
import { useActions } from '../panel/actions';
import { focusComposer } from '../panel/focus-composer';
import type { Held } from '../panel/use-held';
import { namesOf } from './names';
import { isOnWay } from './picked';

await sayAlso('sheets');

/**
 * How far the reading of what was picked is, in a line that opens the list of it; and a question that waits for that.
 */
export function PickedLine({
  items,
  done,
  isFolded,
  held,
}: {
  /** On their way, or in trouble. */
  items: Gathered[];
  /** What is attached already. */
  done: number;
  /** Whether the line stands for all of them. */
  isFolded: boolean;
  held?: Held;
}) {
  const { openPicker } = useActions();
  const waiting = items.filter(isOnWay).length;
  const troubled = items.length - waiting;
  const all = done + items.length;
  return (
    <section className="picked-line" aria-label={t('gathered.label')}>
      {isFolded && (
        <button type="button" className="picked-bar" aria-haspopup="dialog" onClick={() => openPicker?.()}>
          <span>
            {waiting > 0 ? t('picked.reading', { done, all }) : done > 0 && t('picked.read', { done })}
            {troubled > 0 && waiting + done > 0 && ' · '}
            {troubled > 0 && <b>{t('picked.needYou', { count: troubled })}</b>}
          </span>
          <span className="picked-share" aria-hidden="true">
            <i className="is-done" style={{ flexGrow: done }} />
            <i style={{ flexGrow: waiting }} />
            <i className="is-troubled" style={{ flexGrow: troubled }} />
          </span>
        </button>
      )}
      {held && (
        <p className="picked-held" role="status">
          <span className="grow">
            {held.waitsFor > 0
              ? t('picked.held', { count: held.waitsFor })
              : t('picked.missing', { names: namesOf(held.missing.map(named)) })}
          </span>
          <button type="button" className="text-button" onClick={() => andBack(held.goOn)}>
            {held.waitsFor > 0 ? t('picked.goOn') : t('picked.without', { count: held.missing.length })}
          </button>
          {!isFolded && held.waitsFor === 0 && held.missing.some(({ kind }) => kind !== 'file') && (
            <button type="button" className="text-button" onClick={() => openPicker?.()}>
              {t('picked.look')}
            </button>
          )}
          <button type="button" className="text-button" onClick={() => andBack(held.cancel)}>
            {t('picked.cancel')}
          </button>
        </p>
      )}
    </section>
  );
}

/** The line goes with what was pressed in it. */
function andBack(run: () => void): void {
  run();
  focusComposer();
}

const named = ({ title = '', url, kind }: Gathered) => ({
  title: title || hostOf(url) || (kind === 'tab' ? t('picker.unnamedTab') : ''),
  url,
});
