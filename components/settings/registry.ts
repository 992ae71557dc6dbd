import {
  BookMarked,
  BookOpenText,
  Cpu,
  DatabaseBackup,
  Keyboard,
  ScrollText,
  Shield,
  Wallet,
} from 'lucide-react';
import { Access } from './access-setting';
import { BackupSection } from './backup-section';
import { DeleteEverything } from './delete-setting';
import { languageSection } from './language-section';
import { NeverRead } from './never-read-setting';
import { PromptList } from './prompt-list';
import { PromptInUse } from './prompt-setting';
import { ProviderList } from './provider-list';
import { searchSection } from './search-section';
import type { SettingSection } from './setting-entry';
import { SharedTerms } from './shared-terms';
import { Shortcuts } from './shortcuts-setting';
import { FollowUps, SingleKeys, Theme, WhenTooLong } from './simple-settings';
import { OwnCurrencyFields, SpendingCapFields, SpentThisMonth } from './spending-section';
import { Stored } from './stored-setting';

/** Everything on the settings page, in its order. The page draws this list and nothing else, and the search reads it. */
export const sections: SettingSection[] = [
  {
    id: 'models',
    icon: Cpu,
    title: 'settings.models',
    about: 'settings.modelsAbout',
    entries: [
      {
        id: 'models-all',
        words: ['settings.connected', 'settings.add', 'settings.key', 'settings.address', 'settings.model'],
        also: 'settings.also.models',
        keeps: ['providers', 'activeProvider'],
        hasParts: true,
        View: ProviderList,
      },
    ],
  },
  {
    id: 'reading',
    icon: BookOpenText,
    title: 'settings.reading',
    about: 'settings.readingAbout',
    entries: [
      {
        id: 'when-too-long',
        words: [
          'settings.whenTooLong',
          'settings.whenTooLongAbout',
          'settings.askMe',
          'settings.readInPasses',
        ],
        also: 'settings.also.whenTooLong',
        keeps: ['whenTooLong'],
        isLine: true,
        View: WhenTooLong,
      },
      {
        id: 'follow-ups',
        words: ['settings.followUps', 'settings.followUpsAbout'],
        also: 'settings.also.followUps',
        keeps: ['followUps'],
        isLine: true,
        View: FollowUps,
      },
      {
        id: 'theme',
        words: [
          'settings.theme',
          'settings.themeAbout',
          'settings.themeBrowser',
          'settings.themeLight',
          'settings.themeDark',
        ],
        also: 'settings.also.theme',
        keeps: ['theme'],
        isLine: true,
        View: Theme,
      },
    ],
  },
  searchSection,
  languageSection,
  {
    id: 'prompts',
    icon: ScrollText,
    title: 'prompts.title',
    about: 'prompts.about',
    entries: [
      {
        id: 'prompt-in-use',
        words: ['prompts.inUse', 'prompts.inUseAbout', 'prompts.none'],
        also: 'settings.also.prompt',
        keeps: ['activePrompt'],
        isLine: true,
        View: PromptInUse,
      },
      {
        id: 'prompt-list',
        words: [
          'prompts.yours',
          'prompts.new',
          'prompts.bringIn',
          'prompts.saveAll',
          'prompts.saveOne',
          'prompts.duplicate',
          'prompts.delete',
          'prompts.name',
          'prompts.role',
          'prompts.rules',
          'prompts.examples',
          'prompts.addExample',
          'prompts.asked',
          'prompts.answered',
          'prompts.language',
        ],
        also: 'settings.also.prompts',
        View: PromptList,
      },
    ],
  },
  {
    id: 'glossary',
    icon: BookMarked,
    title: 'glossary.title',
    about: 'glossary.sharedAbout',
    entries: [
      {
        id: 'shared-terms',
        words: [
          'glossary.shared',
          'glossary.more',
          'glossary.find',
          'glossary.add',
          'glossary.import',
          'glossary.exportCsv',
          'glossary.keepAsIs',
        ],
        also: 'settings.also.glossary',
        View: SharedTerms,
      },
    ],
  },
  {
    id: 'shortcuts',
    icon: Keyboard,
    title: 'shortcuts.title',
    about: 'shortcuts.about',
    entries: [
      {
        id: 'single-keys',
        words: ['settings.singleKeys', 'settings.singleKeysAbout'],
        also: 'settings.also.singleKeys',
        keeps: ['singleKeys'],
        isLine: true,
        View: SingleKeys,
      },
      {
        id: 'browser-keys',
        words: ['shortcuts.list', 'shortcuts.openPanel', 'action.summarize', 'shortcuts.change', 'keys.here'],
        also: 'settings.also.shortcuts',
        View: Shortcuts,
      },
    ],
  },
  {
    id: 'privacy',
    icon: Shield,
    title: 'settings.privacy',
    entries: [
      {
        id: 'stored',
        words: [
          'privacy.stored',
          'settings.privacyText',
          'privacy.chats',
          'privacy.sources',
          'privacy.pictures',
          'privacy.drafts',
          'privacy.prompts',
          'privacy.keys',
          'privacy.space',
        ],
        also: 'settings.also.stored',
        View: Stored,
      },
      {
        id: 'access',
        words: ['privacy.access', 'privacy.accessAbout', 'privacy.accessNone', 'privacy.takeBack'],
        also: 'settings.also.access',
        View: Access,
      },
      {
        id: 'never-read',
        words: ['privacy.neverRead', 'privacy.neverReadAbout', 'privacy.site', 'privacy.addSite'],
        also: 'settings.also.neverRead',
        keeps: ['neverRead'],
        View: NeverRead,
      },
      {
        id: 'delete-everything',
        words: ['privacy.delete', 'privacy.deleteAbout', 'privacy.deleteAsk'],
        also: 'settings.also.delete',
        View: DeleteEverything,
      },
    ],
  },
  {
    id: 'spending',
    icon: Wallet,
    title: 'settings.spending',
    entries: [
      {
        id: 'spent',
        words: ['receipt.month', 'settings.spentNothing'],
        also: 'settings.also.spent',
        View: SpentThisMonth,
      },
      {
        id: 'spending-cap',
        words: [
          'settings.cap',
          'settings.capHelp',
          'settings.capPeriod',
          'settings.perMonth',
          'settings.perChat',
          'settings.priceCurrency',
        ],
        also: 'settings.also.cap',
        keeps: ['spendingCap'],
        View: SpendingCapFields,
      },
      {
        id: 'own-currency',
        words: ['settings.ownCurrency', 'settings.ownCurrencyHelp', 'settings.rate'],
        also: 'settings.also.currency',
        keeps: ['currency'],
        View: OwnCurrencyFields,
      },
    ],
  },
  {
    id: 'backup',
    icon: DatabaseBackup,
    title: 'backup.title',
    entries: [
      {
        id: 'backup-file',
        words: [
          'backup.title',
          'backup.about',
          'backup.save',
          'backup.bringIn',
          'backup.withKeys',
          'backup.passphrase',
        ],
        also: 'settings.also.backup',
        View: BackupSection,
      },
    ],
  },
];
