/** A file as Slack gives it (§6 file_share, §11). */
export type SlackFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  /** Slack's short name of the type: `png`, `text`, `binary`. */
  filetype: string;
  pretty_type: string;
  /** Bytes. */
  size: number;
  /** Seconds since the epoch. */
  created: number;
  timestamp: number;
  /** Who uploaded it: a person, or an app's bot user. */
  user: string;
  user_team: string;
  mode: 'hosted';
  is_external: false;
  is_public: boolean;
  editable: false;
  /** Both need the bearer token and `files:read`; without, Slack gives an HTML login page (§11). */
  url_private: string;
  url_private_download: string;
  permalink: string;
  alt_txt?: string;
  /** The file came over Slack Connect: apps see only its id and have to ask files.info (§11). */
  file_access?: 'check_file_info';
};

/** A file with its bytes, and who may see it. */
export type StoredFile = {
  file: SlackFile;
  bytes: Uint8Array<ArrayBuffer>;
  teamId: string;
  /** The app that uploaded it; null for a person. */
  appId: string | null;
  /** Apps that a person gave it to in a modal's file_input (§5 view.state `files`). */
  givenTo?: string[];
  /** Conversations that it was shared in, and the messages. */
  shares: { channel: string; ts: string }[];
};

/** What files.getUploadURLExternal promised. */
export type PendingUpload = {
  id: string;
  name: string;
  /** Bytes, as announced. */
  length: number;
  altText: string | undefined;
  appId: string;
  teamId: string;
  botUserId: string;
  bytes: Uint8Array<ArrayBuffer> | null;
};
