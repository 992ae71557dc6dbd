import { Check } from 'lucide-react';
import { t } from '@/utils/i18n';

/** Marks what answers at present. */
export const InUse = () => (
  <span className="tag tag-pine">
    <Check className="icon icon-small" aria-hidden="true" />
    {t('settings.inUse')}
  </span>
);
