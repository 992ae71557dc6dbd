import { useEffect, useState } from 'react';

/** Copies a text on a click; the first value is true for two seconds afterwards. */
export function useCopy(): [boolean, (text: string | Promise<string>) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const write = (text: string) => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return [copied, (text) => void (typeof text === 'string' ? write(text) : text.then(write))];
}
