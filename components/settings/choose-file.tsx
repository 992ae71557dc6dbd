import { useRef } from 'react';

/** A button before the browser's own field for files, which speaks the browser's language. */
export function ChooseFile({ label, onFile }: { label: string; onFile: (file: File) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button button-line button-small"
        onClick={() => field.current?.click()}
      >
        {label}
      </button>
      <input
        ref={field}
        type="file"
        hidden
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
