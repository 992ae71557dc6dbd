import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

/** A button that is an icon; its label is its accessible name and its tooltip. */
export function IconButton({
  icon: Icon,
  label,
  ...rest
}: { icon: LucideIcon; label: string } & Omit<ComponentProps<'button'>, 'children' | 'title'>) {
  return (
    <button type="button" {...rest} className="icon-button" aria-label={label} title={label}>
      <Icon className="icon" aria-hidden="true" />
    </button>
  );
}
