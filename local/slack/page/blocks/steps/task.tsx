import type { JsonObject } from '../../../json.ts';
import { useStore } from '../../store/store.ts';
import { Icon } from '../icon.tsx';
import { useOwner } from '../owner.ts';
import { objectOf, objectsOf, wordOf } from '../read.ts';
import { RichText } from '../text/rich-text.tsx';
import { LINK, safeUrl } from '../text/safe-url.ts';
import { Status } from './status.tsx';
import './task.css';

/** One step: its status, its title, what it did and found, and where that is from. */
export function Task({ task }: { task: JsonObject }) {
  const still = !useGrows();
  const details = objectOf(task.details);
  const output = objectOf(task.output);
  const sources = objectsOf(task.sources);
  const icon = objectOf(task.icon);
  const isHidden = task.hide_title === true;
  return (
    <div className="task">
      <Status value={wordOf(task.status)} still={still} />
      <div className="task-main">
        <div className="task-title">
          {icon && <Icon name={wordOf(icon.name)} size={15} />}
          <span className={isHidden ? 'visually-hidden' : ''}>{wordOf(task.title)}</span>
        </div>
        {details && (
          <div className="task-details">
            <RichText given={details} />
          </div>
        )}
        {output && (
          <div className="task-output">
            <RichText given={output} />
          </div>
        )}
        {sources.length > 0 && (
          <ul className="task-sources" aria-label="Sources">
            {sources.map((source) => (
              <li key={wordOf(source.url)}>
                <Source source={source} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Source({ source }: { source: JsonObject }) {
  const url = wordOf(source.url);
  const href = safeUrl(url);
  const text = wordOf(source.text) || url;
  if (href === undefined) return text;
  return (
    <a href={href} title={url} {...LINK}>
      {text}
    </a>
  );
}

/** Whether the message still streams: what stands in one that ended does not go on. */
export function useGrows(): boolean {
  const owner = useOwner();
  return useStore((state) => {
    if (owner.kind !== 'message') return false;
    const message = state.messages.get(owner.channel)?.byTs.get(owner.ts);
    return message?.streamingState === undefined ? true : message.streamingState === 'in_progress';
  });
}
