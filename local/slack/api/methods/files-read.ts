import { seesFile } from '../../files/share.ts';
import type { StoredFile } from '../../files/types.ts';
import type { JsonObject } from '../../json.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';

const DEFAULT_COUNT = 100;

/** files.info: all of a file, also of one that came over Slack Connect (§11). */
export const filesInfo: Method = {
  args: {
    file: { type: 'string', required: true },
    count: { type: 'integer' },
    page: { type: 'integer' },
    cursor: { type: 'string' },
    limit: { type: 'integer' },
  },
  scopes: ['files:read'],
  run(call) {
    const stored = visibleFile(call);
    return { file: fileView(stored), comments: [], response_metadata: { next_cursor: '' } };
  },
};

/** files.list: newest first, by pages. */
export const filesList: Method = {
  args: {
    channel: { type: 'string' },
    user: { type: 'string' },
    ts_from: { type: 'string' },
    ts_to: { type: 'string' },
    types: { type: 'string' },
    count: { type: 'integer' },
    page: { type: 'integer' },
    show_files_hidden_by_limit: { type: 'boolean' },
    team_id: { type: 'string' },
  },
  scopes: ['files:read'],
  run(call) {
    const { sim, args } = call;
    const [channel, user] = [args.string('channel'), args.string('user')];
    const [from, to] = [Number(args.string('ts_from') ?? 0), Number(args.string('ts_to') ?? Infinity)];
    const all = sim.files
      .all()
      .filter((one) => seesFile(sim, whoOf(call), one))
      .filter((one) => !channel || one.shares.some((share) => share.channel === channel))
      .filter(({ file }) => (!user || file.user === user) && file.created >= from && file.created <= to)
      .reverse();
    const count = args.integer('count') ?? DEFAULT_COUNT;
    const page = args.integer('page') ?? 1;
    if (count < 1 || page < 1) throw new ApiError('invalid_arguments');
    const pages = Math.ceil(all.length / count);
    return {
      files: all.slice((page - 1) * count, page * count).map(fileView),
      paging: { count, total: all.length, page, pages },
    };
  },
};

/** files.delete: an app deletes its own files only. */
export const filesDelete: Method = {
  args: { file: { type: 'string', required: true } },
  scopes: ['files:write'],
  run(call) {
    const stored = visibleFile(call);
    if (stored.appId !== call.caller.app.id) throw new ApiError('cant_delete_file');
    call.sim.files.remove(stored);
    return {};
  },
};

/** @throws ApiError file_not_found for one that the caller does not see */
function visibleFile(call: MethodCall): StoredFile {
  const stored = call.sim.files.get(call.args.required('file'));
  if (!stored || !seesFile(call.sim, whoOf(call), stored)) throw new ApiError('file_not_found');
  return stored;
}

const whoOf = ({ caller }: MethodCall) => ({
  appId: caller.app.id,
  teamId: caller.installation.teamId,
  userId: caller.userId,
});

function fileView({ file, shares }: StoredFile): JsonObject {
  return { ...file, channels: [...new Set(shares.map((share) => share.channel))] };
}
