import type { JsonObject } from '../json.ts';
import type { SlackFile } from './types.ts';

/** A file as an app finds it in a message; of one that came over Slack Connect only its id (§11). */
export function fileInMessage(file: SlackFile): JsonObject {
  if (file.file_access === undefined) return { ...file };
  const { id, created, timestamp, user, file_access } = file;
  return { id, created, timestamp, user, mode: 'file_access', file_access };
}
