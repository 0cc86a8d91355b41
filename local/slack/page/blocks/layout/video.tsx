import { Play } from 'lucide-react';
import type { JsonObject } from '../../../json.ts';
import { plainOf, wordOf } from '../read.ts';
import { LINK, safeUrl } from '../text/safe-url.ts';
import './media.css';

/** A video: it is elsewhere, so what is shown is what it is and where. */
export function Video({ block }: { block: JsonObject }) {
  const href = safeUrl(wordOf(block.title_url)) ?? safeUrl(wordOf(block.video_url));
  const title = plainOf(block.title) || wordOf(block.alt_text);
  const by = [wordOf(block.author_name), wordOf(block.provider_name)].filter((one) => one !== '');
  return (
    <div className="media">
      <span className="media-sign" role="img" aria-label={wordOf(block.alt_text)}>
        <Play size={20} aria-hidden="true" />
      </span>
      <span className="media-texts">
        {href === undefined ? (
          <span className="media-title">{title}</span>
        ) : (
          <a className="media-title" href={href} {...LINK}>
            {title}
          </a>
        )}
        {by.length > 0 && <span className="media-note">{by.join(' · ')}</span>}
        {plainOf(block.description) !== '' && (
          <span className="media-note">{plainOf(block.description)}</span>
        )}
      </span>
    </div>
  );
}
