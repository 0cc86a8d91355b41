import { publishMessage } from '../../events/publish.ts';
import { filesIn, noteShare } from '../../files/share.ts';
import type { PendingUpload, StoredFile } from '../../files/types.ts';
import { isObject } from '../../json.ts';
import type { Channel } from '../../world/types.ts';
import { requireCustomize, threadParent, writableChannel } from '../checks.ts';
import { type Content, CUSTOMIZE_ARGS, checkBlocks, contentOfText } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { newBotMessage } from '../new-message.ts';

const MAX_ALT_TEXT = 1000;

/** files.getUploadURLExternal (§11 step 1): form-encoded only; the SDK says alt_text, the reference alt_txt. */
export const getUploadUrl: Method = {
  args: {
    filename: { type: 'string', required: true },
    length: { type: 'integer', required: true },
    snippet_type: { type: 'string' },
    alt_txt: { type: 'string' },
    alt_text: { type: 'string' },
  },
  scopes: ['files:write'],
  formOnly: true,
  run({ sim, args, caller }) {
    const length = args.integer('length') ?? 0;
    const altText = args.string('alt_txt') ?? args.string('alt_text');
    const faults = [
      ...(length < 1 ? ['[ERROR] must be greater than 0 [json-pointer:/length]'] : []),
      ...((altText?.length ?? 0) > MAX_ALT_TEXT
        ? [`[ERROR] must be less than ${MAX_ALT_TEXT + 1} characters [json-pointer:/alt_txt]`]
        : []),
    ];
    if (faults.length > 0) throw ApiError.withMessages('invalid_arguments', faults);
    const { teamId, botUserId } = caller.installation;
    const name = args.required('filename');
    const { path, upload } = sim.files.promise({
      name,
      length,
      altText,
      appId: caller.app.id,
      teamId,
      botUserId,
    });
    return { upload_url: sim.url + path, file_id: upload.id };
  },
};

/** files.completeUploadExternal (§11 step 3): all files or none; the message comes a little later. */
export const completeUpload: Method = {
  args: {
    files: { type: 'array', required: true },
    channel_id: { type: 'string' },
    channels: { type: 'string' },
    thread_ts: { type: 'string' },
    initial_comment: { type: 'string' },
    blocks: { type: 'array', error: 'invalid_blocks_format' },
    ...CUSTOMIZE_ARGS,
  },
  scopes: ['files:write'],
  channelArgument: 'channel_id',
  run(call) {
    const { sim, args } = call;
    requireCustomize(call);
    const uploads = readUploads(call);
    const channels = namedChannels(call);
    const content = comment(call);
    const given = args.string('thread_ts');
    const [first] = channels;
    if (given && !first) {
      throw ApiError.withMessages('invalid_arguments', ['[ERROR] thread_ts needs channel_id']);
    }
    const threadTs = given && first ? threadParent(call, first, given, 'thread_not_found').ts : undefined;
    const stored = uploads.map(({ upload, bytes, title }) => sim.files.finish(upload, bytes, title));
    if (channels.length > 0) {
      sim.files.later(() => {
        for (const one of channels) share(call, one, { stored, content, threadTs });
      });
    }
    return { files: stored.map(({ file }) => ({ id: file.id, title: file.title })) };
  },
};

type Finished = { upload: PendingUpload; bytes: Uint8Array<ArrayBuffer>; title: string | undefined };

/** @throws ApiError invalid_arguments, file_not_found for one that is not promised to this app or has no bytes yet */
function readUploads({ sim, args, caller }: MethodCall): Finished[] {
  const given = args.array('files') ?? [];
  if (given.length === 0) {
    throw ApiError.withMessages('invalid_arguments', [
      '[ERROR] must have at least 1 item [json-pointer:/files]',
    ]);
  }
  return given.map((one, at) => {
    const id = isObject(one) ? one.id : undefined;
    if (!isObject(one) || typeof id !== 'string') {
      throw ApiError.withMessages('invalid_arguments', [
        `[ERROR] missing required field: id [json-pointer:/files/${at}]`,
      ]);
    }
    const upload = sim.files.promisedById(id);
    if (upload?.appId !== caller.app.id || upload.bytes === null) throw new ApiError('file_not_found');
    return { upload, bytes: upload.bytes, title: typeof one.title === 'string' ? one.title : undefined };
  });
}

/** `channel_id`, or the comma-separated `channels`. @throws ApiError as chat.postMessage */
function namedChannels(call: MethodCall): Channel[] {
  const { args } = call;
  const ids = args.string('channel_id') ?? args.string('channels') ?? '';
  return ids
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
    .map((id) => writableChannel(call, id));
}

/** What stands above the files; `blocks` take the place of `initial_comment`. */
function comment({ args }: MethodCall): Content {
  const blocks = args.array('blocks');
  const text = args.string('initial_comment') ?? '';
  if (blocks && blocks.length > 0) return { text, blocks: checkBlocks(blocks), blocksFrom: 'app' };
  return text === '' ? { text, blocks: [], blocksFrom: 'text' } : contentOfText(text);
}

function share(
  call: MethodCall,
  channel: Channel,
  given: { stored: StoredFile[]; content: Content; threadTs: string | undefined },
): void {
  const { sim } = call;
  const stored = given.stored.filter(({ file }) => sim.files.get(file.id) !== undefined);
  if (stored.length === 0) return;
  const files = filesIn(sim, channel, stored);
  const message = newBotMessage(call, channel, { ...given.content, threadTs: given.threadTs, files });
  noteShare(message, stored);
  if (given.threadTs !== undefined) sim.sessions.replied(channel.id, given.threadTs, call.caller.app.id);
  sim.changes.emit({ type: 'message', message });
  publishMessage(sim, message);
}
