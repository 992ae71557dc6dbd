import { ArrowUp, AtSign } from 'lucide-react';
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { PendingImage } from '@/utils/chat/images';
import type { NextRequest, NextSource } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import type { ScreenshotPlace } from '../files/add-screenshots';
import { isFile } from '../files/has-files';
import { useActions } from '../panel/actions';
import type { Pasted } from '../panel/use-ask';
import { loadPicker } from '../picker/load-picker';
import { IconButton } from '../ui/icon-button';
import { WaitingMoon } from '../ui/moon';
import { AddButton } from './add-button';
import { ImageChips } from './image-chips';
import type { ModelChoice } from './model-choices';
import { ModelPicker } from './model-picker';
import { MoonMeter } from './moon-meter';
import { SourceChips } from './source-chips';
import { takePaste, useTextDrop } from './text-taking';

const PromptPicker = lazy(() =>
  import('./prompt-picker').then(({ PromptPicker }) => ({ default: PromptPicker })),
);

const SearchModeButton = lazy(() =>
  import('./search-mode').then(({ SearchModeButton }) => ({ default: SearchModeButton })),
);

const PastedNote = lazy(() => import('./pasted-note').then(({ PastedNote }) => ({ default: PastedNote })));

export interface ComposerProps {
  draft: string;
  onDraft: (text: string) => void;
  placeholder: string;
  /** The next question as it stands: its sources, its size. Absent until the model is known. */
  next?: NextRequest;
  onOut: (source: NextSource, out: boolean) => void;
  /** What an `@` in the question may mean. Drawn from the first one on. */
  mentions: (field: RefObject<HTMLTextAreaElement | null>) => ReactNode;
  /** Opens the list of what the model will read. */
  onTray: () => void;
  /** Sources that have changed on their pages since they were read, by their ids. */
  changed?: { has(id: string): boolean };
  /** Texts that are being made into sources. */
  attaching: number;
  onAttach: (text: string, at: Pasted['at']) => void;
  pasted?: Pasted;
  onPutIn: () => void;
  onKeepPasted: () => void;
  images: PendingImage[];
  onFiles: (files: File[]) => void;
  /** Takes what a field for folders gives. */
  onFolder: (files: File[]) => void;
  screenshots: ScreenshotPlace;
  /** Files and pictures stand in a list of their own. */
  hasRows: boolean;
  onRemoveImage: (image: PendingImage) => void;
  /** Whether there is a model that could have something looked up. */
  maySearch: boolean;
  models: ModelChoice[];
  onSetUp: () => void;
  streaming: boolean;
  onSend: () => void;
  onStop: () => void;
  /** Where the question goes, or what was sent. */
  note: string;
  /** What the next question costs, where that is known. */
  cost?: string;
  /** What is said when the window is nearly full. */
  limit?: { text: string; onNew?: () => void };
}

/** Where questions are typed. What was typed stays until the question has been taken. */
export function Composer(props: ComposerProps) {
  const { draft, onDraft, placeholder, streaming, onSend, onStop, next, images, pasted, note, cost } = props;
  const { openPicker } = useActions();
  const field = useRef<HTMLTextAreaElement>(null);
  const [mayMention, setMayMention] = useState(false);
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
  const taking = {
    attach: props.onAttach,
    insert: (text: string, [start, end]: Pasted['at']) =>
      onDraft(draft.slice(0, start) + text + draft.slice(end)),
    files: props.onFiles,
  };
  useTextDrop(field, taking);
  const onOut = (source: NextSource, out: boolean) => {
    props.onOut(source, out);
    // The chip that was pressed is another one now.
    focusField();
  };
  const focusField = () => field.current?.focus();
  // What has a row needs no chip.
  const sources = (next?.sources ?? []).filter(
    ({ entry, out, sent }) => out || sent || !isFile(entry.source),
  );
  const hasChips = sources.length > 0 || (images.length > 0 && !props.hasRows) || props.attaching > 0;
  return (
    <>
      <div className="composer">
        {mayMention && props.mentions(field)}
        {hasChips && (
          <div className="composer-sources">
            {sources.length > 0 && (
              <SourceChips sources={sources} changed={props.changed} onOut={onOut} onOpen={props.onTray} />
            )}
            {!props.hasRows && <ImageChips images={images} onRemove={props.onRemoveImage} />}
            {props.attaching > 0 && (
              <span className="chip" role="status">
                <WaitingMoon />
                {t('paste.taking')}
              </span>
            )}
          </div>
        )}
        {pasted && (
          <Suspense>
            <PastedNote
              words={pasted.entry.source.words}
              characters={pasted.text.length}
              onPutIn={() => {
                props.onPutIn();
                focusField();
              }}
              onClose={() => {
                props.onKeepPasted();
                focusField();
              }}
            />
          </Suspense>
        )}
        <textarea
          ref={field}
          rows={1}
          value={draft}
          placeholder={placeholder}
          aria-label={t('composer.label')}
          onChange={(event) => {
            onDraft(event.target.value);
            if (/[@＠]/.test(event.target.value)) setMayMention(true);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => takePaste(event, taking)}
        />
        <div className="composer-tools">
          <AddButton onFiles={props.onFiles} onFolder={props.onFolder} place={props.screenshots} />
          {openPicker && (
            <span className="tabs-button">
              <IconButton
                icon={AtSign}
                label={t('composer.addTabs')}
                aria-haspopup="dialog"
                onPointerEnter={loadPicker}
                onFocus={loadPicker}
                onClick={() => openPicker()}
              />
            </span>
          )}
          <Suspense>
            <PromptPicker />
          </Suspense>
          {props.maySearch && (
            <Suspense fallback={<span className="icon-button" />}>
              <SearchModeButton />
            </Suspense>
          )}
          <span className="grow" />
          <ModelPicker models={props.models} onSetUp={props.onSetUp} />
          {next && <MoonMeter next={next} onOpen={props.onTray} />}
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
      {props.limit && (
        <p className="dock-note dock-limit">
          <span>{props.limit.text}</span>
          {props.limit.onNew && (
            <button type="button" className="text-button" onClick={props.limit.onNew}>
              {t('panel.newChat')}
            </button>
          )}
        </p>
      )}
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
