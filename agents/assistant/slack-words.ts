import { SlackCallError } from '../../core/index.ts';

/** Slack's error words that a model can do something about, as sentences. */
const words: Readonly<Record<string, string>> = {
  channel_not_found:
    'Slack knows no such channel, or the app cannot see it (a private channel must invite the app first).',
  not_in_channel: 'The app is not a member of that channel; somebody has to invite it there first.',
  is_archived: 'That channel is archived.',
  restricted_action: 'The workspace’s rules do not let the app post in that channel.',
  msg_too_long: 'The text is too long for one message.',
  thread_not_found: 'The thread does not exist any more.',
  missing_scope: 'The app lacks a permission for this; an administrator has to install it again.',
  not_authed: 'The app is no longer installed in this workspace.',
  invalid_auth: 'The app is no longer installed in this workspace.',
  token_revoked: 'The app is no longer installed in this workspace.',
  account_inactive: 'The app is no longer installed in this workspace.',
};

/** A failed Slack call in words for the model. Anything that is no Slack failure is given back as it is. */
export function inSlackWords(error: unknown): unknown {
  if (!(error instanceof SlackCallError)) return error;
  const { failure } = error;
  if (failure.kind === 'rate_limited')
    return new Error('Slack asks the app to slow down; nothing was done. Try again in a minute.');
  if (failure.kind === 'unknown')
    return new Error(
      'Slack gave no usable answer, so it is unknown whether this was done. Look before trying again.',
    );
  return new Error(words[failure.code] ?? `Slack refused: ${failure.code}.`);
}
