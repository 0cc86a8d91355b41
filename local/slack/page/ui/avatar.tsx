import { memo } from 'react';
import { useAppOf, usePerson } from '../store/selectors.ts';
import { initials, toneOf } from './initials.ts';
import './avatar.css';

type Size = 'large' | 'medium' | 'small' | 'tiny';

/** The picture of a person or an app. It says nothing that the name beside it does not say. */
export const Avatar = memo(function Avatar({
  user,
  size = 'large',
  name,
  icon,
}: {
  user: string;
  size?: Size;
  /** Where a message came under another name or picture. */
  name?: string | undefined;
  icon?: { emoji?: string; url?: string } | undefined;
}) {
  const person = usePerson(user);
  const app = useAppOf(user);
  const shape = `avatar avatar-${size}`;
  if (icon?.url !== undefined) return <img className={shape} src={icon.url} alt="" />;
  if (icon?.emoji !== undefined)
    return (
      <span className={`${shape} avatar-emoji`} aria-hidden="true">
        {icon.emoji}
      </span>
    );
  if (app?.name === 'sluice' && name === undefined) return <img className={shape} src="/icon.svg" alt="" />;
  const shown = name ?? app?.name ?? person?.displayName ?? '?';
  return (
    <span className={`${shape} avatar-tone-${toneOf(name ?? user)}`} aria-hidden="true">
      {initials(shown)}
    </span>
  );
});
