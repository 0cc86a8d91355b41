import { createHash } from 'node:crypto';
import type { Bodies } from '../store/bodies.ts';
import type { Attachment, AttachmentRecord } from './attachment.ts';
import { checkAttachment } from './check-attachment.ts';

/** How many attachments a turn has room for, shared by the calls of a step that run together. */
export interface AttachmentRoom {
  left: number;
}

export interface CallAttachmentsOptions {
  bodies: Pick<Bodies, 'put' | 'putBytes'>;
  turnId: string;
  /** Of the run that makes the call: a run that lost its turn overwrites nothing. */
  fence: number;
  toolCallId: string;
  room: AttachmentRoom;
  /** The setting behind `room`, for the error. */
  attachmentsPerTurn: number;
  attachmentBytes: number;
}

/** What one call of a tool adds to the answer: gathered while it runs, kept if it comes to a result. */
export interface CallAttachments {
  /** Checks and stores at once; the answer has it only when the call has a result. @throws Error for the tool */
  attach: (attachment: Attachment) => Promise<void>;
  /**
   * The call is over: nothing more is taken.
   *
   * @param kept whether it came to a result; a call that failed adds nothing
   */
  close: (kept: boolean) => Promise<AttachmentRecord[]>;
}

/** The same for every try of a call, so that what it attaches is shown once, however often it runs. */
export function attachmentId(turnId: string, toolCallId: string, index: number): string {
  const parts = JSON.stringify([turnId, toolCallId, index]);
  return `a${createHash('sha256').update(parts).digest('hex').slice(0, 24)}`;
}

export function gatherAttachments(options: CallAttachmentsOptions): CallAttachments {
  const { turnId, fence, toolCallId, room } = options;
  const stored: Promise<AttachmentRecord>[] = [];
  let closed = false;
  return {
    attach(attachment) {
      const attached = add(attachment);
      // A tool that does not wait for it must not end the whole run.
      attached.catch(() => {});
      return attached;
    },
    async close(kept) {
      closed = true;
      const settled = await Promise.allSettled(stored);
      const records = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      if (kept) return records;
      room.left += records.length;
      return [];
    },
  };

  async function add(attachment: Attachment): Promise<void> {
    if (closed) throw new Error('`attach` came too late: the call was over. Wait for it before you return.');
    const { facts, content } = checkAttachment(attachment, options.attachmentBytes);
    if (room.left <= 0)
      throw new Error(
        `An answer may have ${options.attachmentsPerTurn} attachments, and has them. Put what is left into one of them.`,
      );
    room.left--;
    const id = attachmentId(turnId, toolCallId, stored.length);
    const key = `attachments/${turnId}/${fence}-${id}`;
    const storing = store(options.bodies, key, content).then(() => ({ id, key, ...facts }));
    stored.push(storing);
    try {
      await storing;
    } catch (error) {
      room.left++;
      throw error;
    }
  }
}

async function store(
  bodies: CallAttachmentsOptions['bodies'],
  key: string,
  content: ReturnType<typeof checkAttachment>['content'],
): Promise<void> {
  if ('bytes' in content) await bodies.putBytes(key, content.bytes);
  else await bodies.put(key, content.chart);
}
