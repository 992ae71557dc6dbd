import { useId } from 'react';
import { useSetting, type WatchedSetting } from './use-setting';

/** One setting with a fixed list of values. It is kept as soon as it is chosen. */
export function Choice<T extends string>({
  label,
  setting,
  options,
}: {
  label: string;
  setting: WatchedSetting<T>;
  options: { value: T; label: string }[];
}) {
  const id = useId();
  const [value, setValue] = useSetting(setting);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="field-box">
        <select id={id} value={value ?? ''} onChange={(event) => setValue(event.target.value as T)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
