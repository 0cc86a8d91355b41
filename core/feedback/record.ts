/** What a person thought of an answer. */
export type Rating = 'up' | 'down';

/** `TURN#id` / `FEEDBACK#person`: one per person; the last click counts. */
export interface FeedbackRecord {
  v: 1;
  turnId: string;
  sessionId: string;
  appId: string;
  installationId: string;
  /** Of the turn's thread. */
  channel: string;
  userId: string;
  /** The person's own team, where Slack told it: in shared channels it differs from the installation's. */
  teamId?: string;
  rating: Rating;
  /** When they pressed, epoch milliseconds. */
  at: number;
  /** The message under which they pressed. */
  messageTs?: string;
}
