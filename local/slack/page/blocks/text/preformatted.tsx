import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { IconButton } from '../../ui/button.tsx';
import { objectsOf, wordOf } from '../read.ts';
import './preformatted.css';

const SHOWN_MS = 1_500;

/** A block of code: its language where it names one, and a button that copies it. */
export function Preformatted({ given }: { given: JsonObject }) {
  const code = objectsOf(given.elements)
    .map((one) => wordOf(one.text) || wordOf(one.url))
    .join('');
  const language = wordOf(given.language);
  return (
    <div className="preformatted">
      {language !== '' && <span className="preformatted-language">{language}</span>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>{code}</pre>
      <CopyButton text={code} />
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <IconButton className="preformatted-copy" label={copied ? 'Copied' : 'Copy code'} onClick={copy}>
      {copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
    </IconButton>
  );
}
