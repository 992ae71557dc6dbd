import { ArrowUp, Plus, X } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useEffect, useLayoutEffect, useRef } from 'react';
import type { PendingImage } from '@/utils/chat/images';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { formatTokens } from '../format';
import { LetterTile } from '../ui/letter-tile';
import { Moon } from '../ui/moon';
import { ImageButton } from './image-button';
import { ImageChips } from './image-chips';
import type { ModelChoice } from './model-choices';
import { ModelPicker } from './model-picker';

const PromptPicker = lazy(() =>
  import('./prompt-picker').then(({ PromptPicker }) => ({ default: PromptPicker })),
);

export interface ComposerProps {
  draft: string;
  onDraft: (text: string) => void;
  placeholder: string;
  /** Sources that the next question is asked about. Those of the chat itself cannot be removed. */
  sources: { entry: MeasuredSource; onRemove?: () => void }[];
  /** A page that may be added to the chat. */
  offer?: { entry: MeasuredSource; onAdd: () => void };
  images: PendingImage[];
  onFiles: (files: File[]) => void;
  onRemoveImage: (image: PendingImage) => void;
  models: ModelChoice[];
  onSetUp: () => void;
  /** Tokens in use and the window of the model, both in tokens. */
  used: number;
  window: number;
  streaming: boolean;
  onSend: () => void;
  onStop: () => void;
  /** Where the question goes, or what was sent. */
  note: string;
  /** What the next question costs, where that is known. */
  cost?: string;
}

/** From this share of the window on the meter has a ring and says how much is left. */
const nearly = 0.85;
/** Tokens of a question and its answer of usual length. */
const usualTurn = 1_200;

/** Where questions are typed. What was typed stays until the question has been taken. */
export function Composer(props: ComposerProps) {
  const { draft, onDraft, placeholder, streaming, onSend, onStop, used, window, note, cost } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => growToText(field.current), [draft]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that chooses a candidate of an input method is not a command.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (draft.trim() && !streaming) onSend();
    }
  };
  const nearlyFull = Number.isFinite(window) && used / window >= nearly;
  const sizes = { used: formatTokens(used), window: formatTokens(window) };
  const meter = nearlyFull
    ? t('composer.left', { ...sizes, count: Math.max(0, Math.floor((window - used) / usualTurn)) })
    : Number.isFinite(window)
      ? t('composer.context', sizes)
      : t('composer.contextEndless', sizes);
  return (
    <>
      <div className="composer">
        <SourceChips {...props} />
        <textarea
          ref={field}
          rows={1}
          value={draft}
          placeholder={placeholder}
          aria-label={t('composer.label')}
          onChange={(event) => onDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            // Office programs put a picture of the text beside the text: that is no picture anybody meant.
            const { files, types } = event.clipboardData;
            if (files.length === 0 || types.includes('text/plain')) return;
            event.preventDefault();
            props.onFiles([...files]);
          }}
        />
        <div className="composer-tools">
          <ImageButton onFiles={props.onFiles} />
          <Suspense>
            <PromptPicker />
          </Suspense>
          <span className="grow" />
          <ModelPicker models={props.models} onSetUp={props.onSetUp} />
          <span
            className={nearlyFull ? 'context-meter is-nearly-full' : 'context-meter'}
            role="img"
            aria-label={meter}
            title={meter}
          >
            <Moon share={Number.isFinite(window) ? used / window : 0} />
            <span aria-hidden="true">{formatTokens(used)}</span>
          </span>
          {streaming ? (
            <button type="button" className="send-button" aria-label={t('action.stop')} onClick={onStop}>
              <span className="stop-square" />
            </button>
          ) : (
            <button
              type="button"
              className="send-button"
              aria-label={t('action.send')}
              disabled={!draft.trim()}
              onClick={onSend}
            >
              <ArrowUp className="icon icon-large" aria-hidden="true" />
            </button>
          )}
        </div>
      </div>
      <p className="dock-note">
        <span>{note}</span>
        {cost && !streaming && <span>{cost}</span>}
        {streaming && (
          <span>
            <kbd className="key">Esc</kbd> {t('action.stopHint')}
          </span>
        )}
      </p>
    </>
  );
}

/** Where the style sheet cannot do it (`field-sizing`, not in Firefox yet), the field grows with its text here. */
export function growToText(element: HTMLTextAreaElement | null): void {
  if (!element || CSS.supports('field-sizing', 'content')) return;
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight}px`;
}

function SourceChips({
  sources,
  offer,
  images,
  onRemoveImage,
}: Pick<ComposerProps, 'sources' | 'offer' | 'images' | 'onRemoveImage'>) {
  if (sources.length === 0 && images.length === 0 && !offer) return null;
  return (
    <div className="composer-sources">
      {sources.map(({ entry, onRemove }) => {
        const title = entry.source.title || t('page.untitled');
        return (
          <span key={entry.source.id} className="chip">
            <LetterTile url={entry.source.url} title={title} />
            <bdi className="ellipsis">{title}</bdi>
            <span className="meta">{formatTokens(entry.tokens)}</span>
            {onRemove && (
              <button
                type="button"
                className="chip-close"
                aria-label={t('composer.remove', { title })}
                onClick={onRemove}
              >
                <X className="icon icon-small" aria-hidden="true" />
              </button>
            )}
          </span>
        );
      })}
      <ImageChips images={images} onRemove={onRemoveImage} />
      {offer && <Offer {...offer} />}
    </div>
  );
}

function Offer({ entry, onAdd }: { entry: MeasuredSource; onAdd: () => void }) {
  const title = entry.source.title || t('page.untitled');
  return (
    <button
      type="button"
      className="chip chip-offer"
      aria-label={t('composer.add', { title })}
      onClick={onAdd}
    >
      <Plus className="icon icon-small" aria-hidden="true" />
      <bdi className="ellipsis">{title}</bdi>
      <span className="meta">{formatTokens(entry.tokens)}</span>
    </button>
  );
}
