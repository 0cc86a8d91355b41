import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Completion } from './completion.tsx';
import type { Suggestion } from './suggestions.ts';
import { typedToken } from './typed-token.ts';
import { useSuggestions } from './use-suggestions.ts';
import './write-field.css';

/** What others may do with a field: put text where the caret is, as if it were typed. */
export type WriteFieldHandle = { insert: (text: string) => void };

/** A field that grows with its text and completes names. Enter submits, Shift+Enter breaks the line. */
export function WriteField({
  channel,
  label,
  placeholder = '',
  value,
  onChange,
  onSubmit,
  onEscape,
  onArrowUp,
  onFiles,
  autoFocus = false,
  ref,
}: {
  channel: string;
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  onSubmit: () => void;
  onEscape?: () => void;
  /** Pressed in an empty field; true when it was of use. */
  onArrowUp?: () => boolean;
  onFiles?: (files: File[]) => void;
  autoFocus?: boolean;
  ref?: Ref<WriteFieldHandle>;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const wanted = useRef<number | undefined>(undefined);
  const list = useId();
  const [caret, setCaret] = useState(value.length);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(true);
  const token = closed ? undefined : typedToken(value, caret);
  const found = useSuggestions(channel, token);
  const at = Math.min(chosen, found.length - 1);

  useEffect(() => {
    if (!autoFocus) return;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [autoFocus]);

  /** Puts a new text and the caret into it, before anything else can be typed. */
  const write = (text: string, at: number): void => {
    wanted.current = at;
    setCaret(at);
    onChange(text);
  };
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    field.current?.focus();
    field.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = undefined;
  });
  const pick = (suggestion: Suggestion | undefined): void => {
    if (!suggestion || !token) return;
    const before = `${value.slice(0, token.from)}${suggestion.insert} `;
    setClosed(true);
    write(before + value.slice(caret).replace(/^ /, ''), before.length);
  };
  useImperativeHandle(ref, () => ({
    insert: (piece) => {
      const start = value.slice(0, caret);
      const before = start === '' || /\s$/.test(start) ? start + piece : `${start} ${piece}`;
      setClosed(false);
      setChosen(0);
      write(before + value.slice(caret), before.length);
    },
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (found.length > 0 && completes(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      onSubmit();
    } else if (event.key === 'Escape' && onEscape) {
      event.preventDefault();
      onEscape();
    } else if (event.key === 'ArrowUp' && value === '' && onArrowUp?.()) event.preventDefault();
  };

  const completes = (event: KeyboardEvent): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = event.key === 'Tab' || (event.key === 'Enter' && !isWhole(found[at], token));
    if (step !== undefined) setChosen((at + step + found.length) % found.length);
    else if (takes && !event.shiftKey) pick(found[at]);
    else if (event.key === 'Escape') setClosed(true);
    else return false;
    event.preventDefault();
    return true;
  };

  return (
    <div className="write-field">
      <textarea
        ref={field}
        rows={1}
        className="write-field-text"
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? list : undefined}
        aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(0);
          setClosed(false);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setClosed(true)}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0 || !onFiles) return;
          event.preventDefault();
          onFiles(files);
        }}
        onKeyDown={onKeyDown}
      />
      {found.length > 0 && (
        <Completion id={list} found={found} chosen={at} onChoose={setChosen} onPick={pick} />
      )}
    </div>
  );
}

/** A command that is typed out is sent by Enter, not completed once more. */
const isWhole = (
  suggestion: Suggestion | undefined,
  token: { sign: string; word: string } | undefined,
): boolean => token?.sign === '/' && suggestion?.insert === `/${token.word}`;
