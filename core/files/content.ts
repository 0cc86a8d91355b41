/**
 * What a file of a message is to a model. Maps of it are keyed by the file's id; a file that is in no map is one that
 * nobody could look at yet.
 */
export type FileContent =
  | { kind: 'image'; mediaType: string; data: Uint8Array }
  | { kind: 'pdf'; data: Uint8Array; name: string }
  | { kind: 'text'; name: string; text: string }
  /** `reason` is a sentence for people that begins with the file's name; a model may read it as well. */
  | { kind: 'refused'; name: string; reason: string };
