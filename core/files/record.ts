/**
 * `SESSION#id` / `FILE#fileId`: what became of a file of the session's messages. Written once; bytes that it names
 * are never deleted, for a message refers to them as long as it stands (case K-40).
 */
export interface FileRecord {
  v: 1;
  sessionId: string;
  fileId: string;
  /** Sanitised. */
  name: string;
  /** By its bytes; `application/octet-stream` where they were not looked at or are of no known kind. */
  mediaType: string;
  bytes: number;
  status: 'stored' | 'refused';
  /** For a stored file: the name of its bytes in the bucket. */
  key?: string;
  /** For a refused file: why, as a sentence for people. */
  reason?: string;
  /** The turn whose run looked at it first. */
  turnId: string;
  /** Who sent the message. */
  userId: string;
  installationId: string;
  at: number;
}
