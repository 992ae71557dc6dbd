import { type ReactNode, useId } from 'react';
import { useSetting, type WatchedSetting } from './use-setting';

/** A setting in one line: what it is at the beginning, its control at the end. */
export function SettingLine({
  title,
  about,
  htmlFor,
  aboutId,
  children,
}: {
  title: string;
  about?: string;
  /** Id of the control; without one the title is no label. */
  htmlFor?: string;
  aboutId?: string;
  children?: ReactNode;
}) {
  return (
    <div className="line-row">
      <div className="grow">
        {htmlFor ? <label htmlFor={htmlFor}>{title}</label> : <h3>{title}</h3>}
        {about && (
          <p id={aboutId} className="meta">
            {about}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}

/** One setting with a fixed list of values. It is kept as soon as it is chosen. */
export function ChoiceLine<T extends string>({
  title,
  about,
  setting,
  options,
}: {
  title: string;
  about?: string;
  setting: WatchedSetting<T>;
  options: { value: T; label: string }[];
}) {
  const id = useId();
  const [value, setValue] = useSetting(setting);
  return (
    <SettingLine title={title} about={about} htmlFor={id} aboutId={`${id}about`}>
      <span className="field-box">
        <select
          id={id}
          value={value ?? ''}
          aria-describedby={about ? `${id}about` : undefined}
          onChange={(event) => setValue(event.target.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
    </SettingLine>
  );
}

/** A setting that is on or off. */
export function SwitchLine({
  title,
  about,
  setting,
}: {
  title: string;
  about?: string;
  setting: WatchedSetting<boolean>;
}) {
  const id = useId();
  const [value = true, setValue] = useSetting(setting);
  return (
    <SettingLine title={title} about={about} htmlFor={id} aboutId={`${id}about`}>
      <input
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
        role="switch"
        className="switch"
        checked={value}
        aria-describedby={about ? `${id}about` : undefined}
        onChange={(event) => setValue(event.target.checked)}
      />
    </SettingLine>
  );
}
