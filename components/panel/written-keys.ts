import { type MessageKey, t } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';
import { useSetting } from '../settings/use-setting';
import { isMac, type PanelKey, panelKeys } from './keys';

/** The panel's keys that work as things are set, in the order of the table: what each does, and how it is written here. */
export function useWrittenKeys(): { label: MessageKey; name: string; written: string }[] {
  const [singleKeys = true] = useSetting(settings.singleKeys);
  return Object.values<PanelKey>(panelKeys)
    .filter(({ single }) => !single || singleKeys)
    .map((key) => ({ label: key.label, name: t(key.label), written: writtenKey(key) }));
}

const names: Record<string, string> = { Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', Enter: 'Enter' };

/** A key as it is written on this platform. */
function writtenKey({ key, code, alt, control, shift }: PanelKey): string {
  const name = key ? (names[key] ?? key) : (code ?? '').replace(/^Key/, '');
  const parts = isMac()
    ? [alt && '⌥', shift && '⇧', control && '⌘', name]
    : [control && 'Ctrl', alt && 'Alt', shift && 'Shift', name];
  return parts.filter(Boolean).join(isMac() ? '' : '+');
}
