import { useEffect, useState } from 'react';
import { reportSaving } from './saving';

export interface WatchedSetting<T> {
  read: () => Promise<T>;
  write: (value: T) => Promise<void>;
  watch: (listener: (value: T) => void) => () => void;
}

/** The value of a setting, undefined until it has been read, and the way to change it. */
export function useSetting<T>(setting: WatchedSetting<T>): [T | undefined, (value: T) => void] {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let current = true;
    setting.read().then((initial) => current && setValue(() => initial));
    const stop = setting.watch((next) => setValue(() => next));
    return () => {
      current = false;
      stop();
    };
  }, [setting]);
  return [
    value,
    (next) => {
      setValue(() => next);
      reportSaving(setting.write(next));
    },
  ];
}
