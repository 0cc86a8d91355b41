import { CircleAlert, CircleCheck, Info, type LucideIcon, Megaphone, TriangleAlert } from 'lucide-react';
import type { JsonObject } from '../../../json.ts';
import { wordOf } from '../read.ts';
import { TextObject } from '../text/text-object.tsx';
import './alert.css';

const LEVELS: Record<string, { icon: LucideIcon; name: string }> = {
  default: { icon: Megaphone, name: 'Note' },
  info: { icon: Info, name: 'Info' },
  warning: { icon: TriangleAlert, name: 'Warning' },
  error: { icon: CircleAlert, name: 'Error' },
  success: { icon: CircleCheck, name: 'Success' },
};

/** A text that stands out, by its level. */
export function Alert({ block }: { block: JsonObject }) {
  const level = wordOf(block.level) in LEVELS ? wordOf(block.level) : 'default';
  const { icon: Sign, name } = LEVELS[level] ?? { icon: Info, name: 'Note' };
  return (
    <div className={`alert alert-${level}`} role="note">
      <span className="alert-sign" role="img" aria-label={name}>
        <Sign size={18} aria-hidden="true" />
      </span>
      <div className="alert-text">
        <TextObject text={block.text} />
      </div>
    </div>
  );
}
