import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { useActions } from '../panel/actions';
import type { ModelChoice } from './model-choices';

const ModelList = lazy(() => import('./model-list').then((module) => ({ default: module.ModelList })));

/** Which of the connected models answers, as a button that opens the list of them. */
export function ModelPicker({ models, onSetUp }: { models: ModelChoice[]; onSetUp: () => void }) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  const active = models.find((model) => model.active);
  const name = active?.name ?? '';

  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', onPointer);
    return () => window.removeEventListener('pointerdown', onPointer);
  }, [open]);

  // A notice may open it too; then the focus goes back to the notice.
  const { modelPicker } = useActions();
  const origin = useRef<Element>(null);
  useEffect(() => {
    if (!modelPicker) return;
    const show = () => {
      origin.current = document.activeElement;
      setOpen(true);
    };
    modelPicker.current = show;
    return () => {
      if (modelPicker.current === show) modelPicker.current = undefined;
    };
  }, [modelPicker]);

  const close = () => {
    setOpen(false);
    const back = origin.current;
    origin.current = null;
    if (back instanceof HTMLElement && back.isConnected) back.focus();
    else trigger.current?.focus();
  };
  return (
    <span className="model-picker" ref={box}>
      <button
        ref={trigger}
        type="button"
        className="model-button"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={t('composer.modelNow', { model: name })}
        title={name}
        onClick={() => {
          origin.current = null;
          setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <bdi className="ellipsis">{name}</bdi>
        <ChevronDown className="icon icon-small" aria-hidden="true" />
      </button>
      {open && (
        <Suspense>
          <ModelList models={models} onSetUp={onSetUp} onClose={close} onLeave={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}
