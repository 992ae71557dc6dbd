import { settings } from '@/utils/store/settings';
import { SiteList, type SiteListWords } from './site-list';

const words: SiteListWords = {
  title: 'privacy.neverRead',
  about: 'privacy.neverReadAbout',
  field: 'privacy.site',
  add: 'privacy.addSite',
  added: 'privacy.siteAdded',
  removed: 'privacy.siteRemoved',
};

/** The sites whose pages are never read. */
export const NeverRead = () => <SiteList setting={settings.neverRead} words={words} />;
