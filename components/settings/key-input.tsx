import { useEffect, useRef } from 'react';

/**
 * A field for a key. What it holds is a property of the field and nowhere in the document: React would write the
 * value of a controlled field into its markup as well.
 */
export function KeyInput({
  id,
  value,
  onChange,
  shown = false,
}: {
  id: string;
  value: string;
  onChange: (value: string) => void;
  shown?: boolean;
}) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current && field.current.value !== value) field.current.value = value;
  }, [value]);
  return (
    <input
      ref={field}
      id={id}
      type={shown ? 'text' : 'password'}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
