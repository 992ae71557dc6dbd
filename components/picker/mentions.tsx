import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { createPicking } from '@/utils/chat/picking';
import { sayAlso } from '@/utils/i18n';
import { type Mention, mentionAt, withoutMention } from './mention';
import { Suggestions } from './suggestions';
import type { PickTarget } from './use-picks';

await sayAlso('sheets');

/**
 * Follows the `@` in the field of a question, and suggests what it may mean. The field keeps the focus and its keys;
 * what an input method is still composing is not looked at.
 */
export function Mentions({
  field,
  draft,
  onDraft,
  onAll,
  list,
  ...target
}: PickTarget & {
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  onDraft: (text: string) => void;
  /** Opens the whole list, searched for the same. */
  onAll: (search: string) => void;
  /** What makes the list; for tests. */
  list?: typeof createPicking;
}) {
  const [mention, setMention] = useState<Mention>();
  const isOpen = useRef(false);
  isOpen.current = mention !== undefined;
  /** Where an `@` stands that is to be left alone. */
  const left = useRef<number>(undefined);
  const onKey = useRef<(event: KeyboardEvent) => boolean>(undefined);

  /** The text stays as it is. */
  const leave = useCallback(() => {
    setMention((before) => {
      if (before) left.current = before.from;
      return undefined;
    });
  }, []);
  /** What asked for something goes from the text, now that it was picked. */
  const take = () => {
    if (!mention) return;
    const { text, caret } = withoutMention(draft, mention);
    onDraft(text);
    setMention(undefined);
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
  };

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const look = () => {
      const { value, selectionStart, selectionEnd } = element;
      const found = selectionStart === selectionEnd ? mentionAt(value, selectionStart) : undefined;
      if (found?.from !== left.current) left.current = undefined;
      setMention((before) => {
        if (!found || found.from === left.current) return undefined;
        return before?.from === found.from && before.query === found.query ? before : found;
      });
    };
    const onInput = (event: Event) => (event as InputEvent).isComposing || look();
    // Where the caret goes by itself closes the list, and opens none.
    const onCaret = () => isOpen.current && look();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || !isOpen.current) return;
      if (!onKey.current?.(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    look();
    element.addEventListener('input', onInput);
    element.addEventListener('compositionend', look);
    element.addEventListener('keydown', onKeyDown);
    element.addEventListener('blur', leave);
    document.addEventListener('selectionchange', onCaret);
    return () => {
      element.removeEventListener('input', onInput);
      element.removeEventListener('compositionend', look);
      element.removeEventListener('keydown', onKeyDown);
      element.removeEventListener('blur', leave);
      document.removeEventListener('selectionchange', onCaret);
    };
  }, [field, leave]);

  if (!mention) return null;
  return (
    <Suggestions
      {...target}
      list={list}
      query={mention.query}
      field={field}
      onKey={onKey}
      onLeave={leave}
      onTake={take}
      onAll={onAll}
    />
  );
}
