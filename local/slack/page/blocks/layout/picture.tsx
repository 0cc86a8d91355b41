import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { useStore } from '../../store/store.ts';
import { objectOf, wordOf } from '../read.ts';
import './picture.css';

/** A picture; what cannot be loaded, as most of the web cannot without a network, leaves a quiet place. */
export function Picture({ image, className }: { image: JsonObject; className: string }) {
  const [broken, setBroken] = useState(false);
  const own = useStore((state) => state.url);
  const alt = wordOf(image.alt_text);
  const source = sourceOf(image, own);
  if (broken || source === undefined) {
    return (
      <span className={`${className} picture-missing`} role="img" aria-label={alt} title={alt}>
        <ImageOff size={18} aria-hidden="true" />
        <span className="picture-missing-text">{alt}</span>
      </span>
    );
  }
  return <img className={className} src={source} alt={alt} loading="lazy" onError={() => setBroken(true)} />;
}

/** A small square picture: beside a section, in a context, as an icon. */
export function Thumbnail({ image }: { image: JsonObject }) {
  return <Picture image={image} className="picture-thumbnail" />;
}

/** Only what this machine has is asked for: a page that works offline must not wait for the web, or tell it anything. */
function sourceOf(image: JsonObject, own: string): string | undefined {
  const url = wordOf(image.image_url) || wordOf(objectOf(image.slack_file)?.url);
  if (url.startsWith('data:image/')) return url;
  if (!URL.canParse(url)) return undefined;
  const { origin, hostname } = new URL(url);
  const isLocal = origin === location.origin || url.startsWith(own);
  return isLocal || ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? url : undefined;
}
