import type { Json } from '../../../json.ts';
import { objectOf, plainOf } from '../read.ts';
import { useTail } from '../tail.ts';
import { RichText } from './rich-text.tsx';

/** A text object: plain as it stands, mrkdwn by the rich text that the simulator put beside it. */
export function TextObject({ text }: { text: Json | undefined }) {
  const tail = useTail();
  const rich = objectOf(objectOf(text)?.rich_text);
  if (rich) return <RichText given={rich} />;
  return (
    <div className="rich-section">
      {plainOf(text)}
      {tail}
    </div>
  );
}
