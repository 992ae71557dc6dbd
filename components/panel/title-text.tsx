import { ChevronDown } from 'lucide-react';
import { scriptLanguage } from '@/utils/source';
import { Logo } from '../ui/logo';

/** The title of a chat as it stands in its button, which is loaded after it. */
export const TitleText = ({ title }: { title: string }) => (
  <>
    <Logo />
    <bdi className="ellipsis" lang={scriptLanguage(title)}>
      {title}
    </bdi>
    <ChevronDown className="icon icon-small" aria-hidden="true" />
  </>
);
