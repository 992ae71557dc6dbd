import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface NoticeAction {
  label: string;
  run: () => void;
}

/** What happened, what is safe, one thing to do. `alert` reads it out at once. */
export function Notice({
  icon: Icon,
  tone = 'plain',
  title,
  children,
  actions = [],
  alert = false,
}: {
  icon: LucideIcon;
  tone?: 'plain' | 'red' | 'lamp';
  title: string;
  children?: ReactNode;
  actions?: NoticeAction[];
  alert?: boolean;
}) {
  return (
    <div className={tone === 'plain' ? 'notice' : `notice notice-${tone}`} role={alert ? 'alert' : 'note'}>
      <Icon className="icon" aria-hidden="true" />
      <div className="grow">
        <p>
          <b>{title}</b> {children}
        </p>
        {actions.length > 0 && (
          <div className="notice-actions">
            {actions.map(({ label, run }, position) => (
              <button
                key={label}
                type="button"
                className={`button button-small ${position === 0 ? 'button-solid' : 'button-quiet'}`}
                onClick={run}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
