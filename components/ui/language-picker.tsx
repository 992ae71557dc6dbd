import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { languageName } from '@/utils/translate/languages';

const LanguageList = lazy(() =>
  import('./language-list').then((module) => ({ default: module.LanguageList })),
);

/** What stands before all languages, such as "as the interface". */
export interface FirstChoice {
  value: string;
  label: string;
}

/**
 * A button that opens the list of languages, the common ones first, with a field to find any other. With a `value` it
 * shows that language, without one its label. Esc, Tab and a click elsewhere close the list, and the focus goes back to the button.
 */
export function LanguagePicker({
  label,
  value,
  first,
  onChoose,
  className = 'language-button',
}: {
  label: string;
  /** BCP 47 tag, or the value of the first choice. */
  value?: string;
  first?: FirstChoice;
  onChoose: (value: string) => void;
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', onPointer);
    return () => window.removeEventListener('pointerdown', onPointer);
  }, [open]);
  const shown = value === undefined ? undefined : value === first?.value ? first.label : languageName(value);
  return (
    <span className="language-picker" ref={box}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={shown === undefined ? undefined : `${label} ${shown}`}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span className="ellipsis">{shown ?? label}</span>
        <ChevronDown className="icon icon-small" aria-hidden="true" />
      </button>
      {open && (
        <Suspense>
          <LanguageList
            label={label}
            value={value}
            first={first}
            onChoose={onChoose}
            onClose={() => {
              setOpen(false);
              button.current?.focus();
            }}
            onLeave={() => setOpen(false)}
          />
        </Suspense>
      )}
    </span>
  );
}
