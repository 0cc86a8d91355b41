import type { AttachmentRecord } from '../../attachments/attachment.ts';
import type { SlackApi } from '../../slack/api.ts';
import { escapeMrkdwn } from '../../slack/text.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import { nextAfter } from '../recovery/failures.ts';
import { postOnce } from './post-once.ts';
import { CONTENT_GONE } from './upload-file.ts';
import type { Brought } from './upload-files.ts';

/** What Slack says where the app may upload nothing at all: one line tells of all files. */
const ABOUT_THE_APP = new Set([
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'access_denied',
  'accesslimited',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'team_access_not_granted',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
]);

/** Whether nothing can be posted any more where the turn was asked for, whatever it is. */
const isUnreachable = (code: string): boolean =>
  nextAfter('chat.postMessage', { kind: 'platform', code, messages: [] }) === 'person';

/**
 * Says where the answer stands that a file could not be uploaded, and what to do about it.
 *
 * @param left all files that are left, the refused one first
 * @param code Slack's error word
 * @throws SlackCallError
 */
export async function postRefusal(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  left: readonly AttachmentRecord[],
  code: string,
): Promise<Brought> {
  const told = ABOUT_THE_APP.has(code) || isUnreachable(code) ? left : left.slice(0, 1);
  const [first] = told;
  const { current, done = [] } = { ...held.record.uploads };
  if (!first || !current) return { kind: 'done' };
  const text = escapeMrkdwn(
    refusalSentence(
      told.map(({ name }) => name),
      code,
    ),
  );
  const posted = await postOnce(deps, held, slack, current, {
    blockId: `sluice-upload-${first.id}`,
    text,
    blocks: [
      {
        type: 'context',
        block_id: `sluice-upload-${first.id}`,
        elements: [{ type: 'mrkdwn', text: `:warning: ${text}` }],
      },
    ],
  });
  if (posted.kind !== 'comeBack')
    held.change({ uploads: { done: [...done, ...told.map(({ id }) => id)] }, retry: undefined });
  if (posted.kind === 'refused')
    deps.log.error('nobody could be told of a file that was not uploaded', { turnId: held.record.turnId });
  return posted.kind === 'refused' ? { kind: 'done' } : posted;
}

/** One line for people: which files, why, and what helps. */
export function refusalSentence(names: readonly string[], code: string): string {
  const what = `${names.map((name) => `“${name}”`).join(', ')} could not be uploaded`;
  if (code === 'missing_scope')
    return `${what}: the app may not upload files here. An admin can give it the scope files:write; ask me again then.`;
  if (ABOUT_THE_APP.has(code))
    return `${what}: this workspace does not let the app upload files (${code}). Ask an admin, and me again then.`;
  if (code === CONTENT_GONE) return `${what}: its content is not kept any more. Ask me to make it again.`;
  if (isUnreachable(code))
    return `${what}: I cannot post where you asked any more (${code}). Ask me in another channel, or in a direct message.`;
  return `${what}: Slack refused it (${code}). Ask me again, or for another format.`;
}
