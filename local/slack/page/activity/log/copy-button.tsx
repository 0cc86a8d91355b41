import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';

/** How long the tick stays, in milliseconds. */
const SHOWN_MS = 1_500;

/** Copies a text to the clipboard; `what` completes "Copy …". */
export function CopyButton({ what, text }: { what: string; text: () => string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied(true);
    } catch {
      toast('The browser did not let the page write to the clipboard.', 'error');
    }
  };
  return (
    <IconButton label={copied ? 'Copied' : `Copy ${what}`} onClick={() => void copy()}>
      {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
    </IconButton>
  );
}
