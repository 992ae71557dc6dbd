import { useEffect, useRef } from 'react';

/** A title that is being given anew, in its place. Enter and leaving the field keep it, Esc does not. */
export default function RenameField({
  value,
  label,
  onSave,
  onCancel,
}: {
  value: string;
  label: string;
  onSave: (value: string) => void;
  onCancel: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  /** Once: a field that goes away loses the focus too. */
  const end = (work: () => void) => {
    if (done.current) return;
    done.current = true;
    work();
  };
  const save = () => end(() => onSave(field.current?.value ?? value));
  return (
    <input
      ref={field}
      type="text"
      className="rename-field"
      aria-label={label}
      defaultValue={value}
      autoComplete="off"
      dir="auto"
      onBlur={save}
      onKeyDown={(event) => {
        // Keys of an input method are not commands, and nothing below may hear Esc.
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === 'Enter') save();
        else if (event.key === 'Escape') end(onCancel);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
