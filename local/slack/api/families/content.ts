import type { Method } from '../method.ts';
import { filesDelete, filesInfo, filesList } from '../methods/files-read.ts';
import { completeUpload, getUploadUrl } from '../methods/files-upload.ts';
import { addReaction, removeReaction } from '../methods/reactions.ts';
import { getReactions, listReactions } from '../methods/reactions-read.ts';

/** reactions.*, files.* */
export const CONTENT: Record<string, Method> = {
  'files.completeUploadExternal': completeUpload,
  'files.delete': filesDelete,
  'files.getUploadURLExternal': getUploadUrl,
  'files.info': filesInfo,
  'files.list': filesList,
  'reactions.add': addReaction,
  'reactions.get': getReactions,
  'reactions.list': listReactions,
  'reactions.remove': removeReaction,
};
