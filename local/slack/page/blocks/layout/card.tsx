import type { JsonObject } from '../../../json.ts';
import { Element } from '../elements/element.tsx';
import { inBlock } from '../elements/place.ts';
import { Icon } from '../icon.tsx';
import { objectOf, objectsOf, wordOf } from '../read.ts';
import { TextObject } from '../text/text-object.tsx';
import { Picture } from './picture.tsx';
import './card.css';

/** A card: picture, icon, title, texts and up to three buttons. */
export function Card({ block }: { block: JsonObject }) {
  const hero = objectOf(block.hero_image);
  const actions = objectsOf(block.actions);
  const place = inBlock(wordOf(block.block_id));
  const hasBody = Boolean(block.body || block.subtext || actions.length > 0);
  return (
    <div className="card">
      {hero && <Picture image={hero} className="card-hero" />}
      <CardHead block={block} />
      {hasBody && (
        <div className="card-body">
          {block.body && <TextObject text={block.body} />}
          {block.subtext && (
            <div className="card-soft">
              <TextObject text={block.subtext} />
            </div>
          )}
          {actions.length > 0 && (
            <div className="card-actions">
              {actions.map((element, at) => (
                <Element key={wordOf(element.action_id) || at} element={element} place={place} />
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function CardHead({ block }: { block: JsonObject }) {
  const icon = objectOf(block.icon);
  const slackIcon = objectOf(block.slack_icon);
  if (!block.title && !block.subtitle && !icon && !slackIcon) return null;
  return (
    <div className="card-head">
      {icon && <Picture image={icon} className="card-icon" />}
      {slackIcon && (
        <span className="card-icon card-icon-sign">
          <Icon name={wordOf(slackIcon.name)} size={20} />
        </span>
      )}
      <div className="card-titles">
        {block.title && (
          <div className="card-title">
            <TextObject text={block.title} />
          </div>
        )}
        {block.subtitle && (
          <div className="card-soft">
            <TextObject text={block.subtitle} />
          </div>
        )}
      </div>
    </div>
  );
}
