import { type ReactNode, useState } from 'react';
import { Virtualizer } from 'virtua';
import type { NextSource } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import type { SourceKind } from '@/utils/source';

/** Rows from which on only those in sight are drawn. */
const manyRows = 60;

const groupOf: Record<SourceKind, 'tabs' | 'links' | 'files' | 'chats'> = {
  tab: 'tabs',
  selection: 'links',
  link: 'links',
  search: 'links',
  file: 'files',
  chat: 'chats',
};
const groupNames = ['tabs', 'links', 'files', 'chats'] as const;
const groupTitles = {
  tabs: 'tray.tabs',
  links: 'tray.links',
  files: 'tray.files',
  chats: 'tray.chats',
} as const;

/** The sources by their kind, in the order of their numbers. */
export function TrayList({
  sources,
  drawRow,
  onAskAbout,
  onAddTabs,
  children,
}: {
  sources: NextSource[];
  drawRow: (source: NextSource) => ReactNode;
  onAskAbout: (sources: NextSource[], asked: boolean) => void;
  /** Opens the list of tabs to pick; absent where nothing is picked. */
  onAddTabs?: () => void;
  /** What stands below the sources. */
  children: ReactNode;
}) {
  const [focused, setFocused] = useState<number>();
  const rows = groupNames.flatMap((name) => {
    const group = sources.filter(({ entry }) => groupOf[entry.source.kind] === name);
    return group.length > 0 || (name === 'tabs' && onAddTabs) ? [{ name, group }, ...group] : [];
  });
  const draw = (row: (typeof rows)[number]) =>
    'group' in row ? (
      <GroupHead
        key={row.name}
        name={row.name}
        sources={row.group}
        onAskAbout={onAskAbout}
        onAddTabs={onAddTabs}
      />
    ) : (
      <div key={row.entry.source.id}>{drawRow(row)}</div>
    );
  if (rows.length < manyRows) {
    return (
      <div className="tray-rows">
        {rows.map(draw)}
        {children}
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the focus is
    <div
      className="tray-rows"
      // A row that has the focus stays, however far it is scrolled away.
      onFocus={(event) => {
        const at = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row;
        setFocused(at === undefined ? undefined : Number(at));
      }}
    >
      <Virtualizer
        data={rows}
        itemSize={52}
        // So far ahead that a Tab key that is held down finds the next row measured: before that it takes no focus.
        bufferSize={800}
        keepMounted={[
          // The neighbours too: the next key press goes there.
          ...(focused === undefined ? [] : [focused - 1, focused, focused + 1]),
        ].filter((index) => index >= 0 && index < rows.length)}
      >
        {(row, index) => (
          <div key={'group' in row ? row.name : row.entry.source.id} data-row={index}>
            {draw(row)}
          </div>
        )}
      </Virtualizer>
      {children}
    </div>
  );
}

function GroupHead({
  name,
  sources,
  onAskAbout,
  onAddTabs,
}: {
  name: (typeof groupNames)[number];
  sources: NextSource[];
  onAskAbout: (sources: NextSource[], asked: boolean) => void;
  onAddTabs?: () => void;
}) {
  // What was taken out comes back by itself alone: that has a price.
  const able = sources.filter(({ sent, out }) => !(sent && out));
  const isNone = able.every(({ out, aside }) => out || aside);
  const isSent = able.some(({ sent }) => sent);
  const group = t(groupTitles[name]);
  return (
    <div className="tray-group">
      <h3 className="eyebrow grow">{group}</h3>
      {able.length > 2 && (
        <button
          type="button"
          className="text-button"
          aria-label={t(
            isNone
              ? isSent
                ? 'tray.askAllOf'
                : 'tray.allInOf'
              : isSent
                ? 'tray.askNoneOf'
                : 'tray.allOutOf',
            { group },
          )}
          onClick={() => onAskAbout(sources, isNone)}
        >
          {t(isNone ? (isSent ? 'tray.askAll' : 'tray.allIn') : isSent ? 'tray.askNone' : 'tray.allOut')}
        </button>
      )}
      {name === 'tabs' && onAddTabs && (
        <button type="button" className="text-button" aria-haspopup="dialog" onClick={onAddTabs}>
          {t('tray.addTabs')}
        </button>
      )}
    </div>
  );
}
