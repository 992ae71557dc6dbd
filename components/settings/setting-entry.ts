import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { type MessageKey, t } from '@/utils/i18n';
import type { settings } from '@/utils/store/settings';

/** One thing that can be set, or looked up, on the settings page. */
export interface SettingEntry {
  /** The part of the page's address that leads to it. */
  id: string;
  /** What it says about itself. The search looks here, and in what others call it. */
  words: MessageKey[];
  /** What people may call it otherwise, with commas between. */
  also: MessageKey;
  /** The items of `settings` that it changes. */
  keeps?: (keyof typeof settings)[];
  /** One line with its control at the end; without it, a block of its own. */
  isLine?: boolean;
  /** It is made of parts that are found one by one; see provider-list.tsx. */
  hasParts?: boolean;
  View: ComponentType;
}

export interface SettingSection {
  id: string;
  icon: LucideIcon;
  title: MessageKey;
  about?: MessageKey;
  entries: SettingEntry[];
}

/** Everything by which an entry is found, in the language of the interface; its section's title counts too. */
export const textsOf = (entry: SettingEntry, section: SettingSection): string[] =>
  [section.title, ...entry.words, entry.also].map((key) => t(key));
