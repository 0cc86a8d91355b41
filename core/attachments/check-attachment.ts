import { sanitizeFileName } from '../files/names.ts';
import { headOf } from '../text.ts';
import type { Attachment, AttachmentRecord, ChartAttachment, FileAttachment } from './attachment.ts';
import { checkChart } from './check-chart.ts';

/** What is stored of an attachment in the bucket: a file's bytes, or a chart as JSON. */
type AttachmentContent = { bytes: Uint8Array } | { chart: Omit<ChartAttachment, 'kind'> };

interface CheckedAttachment {
  facts: Omit<AttachmentRecord, 'id' | 'key'>;
  content: AttachmentContent;
}

/** Slack's limit for a file's description (files.getUploadURLExternal `alt_txt`). */
const ALT_TEXT_LIMIT = 1_000;

/**
 * Checks what a tool wants to add to the answer.
 *
 * @param maxBytes the most that a file may have
 * @throws Error for the tool's author, and for the model: what is wrong and what would be right
 */
export function checkAttachment(attachment: Attachment, maxBytes: number): CheckedAttachment {
  switch (attachment?.kind) {
    case 'chart': {
      const chart = checkChart(attachment);
      const bytes = Buffer.byteLength(JSON.stringify(chart));
      return { facts: { kind: 'chart', name: chart.title, bytes }, content: { chart } };
    }
    case 'file':
      return checkFile(attachment, maxBytes);
    default:
      throw new Error('`attach` takes a file (`kind: "file"`) or a chart (`kind: "chart"`).');
  }
}

function checkFile(file: FileAttachment, maxBytes: number): CheckedAttachment {
  const { mediaType, altText } = file;
  const name = typeof file.name === 'string' ? sanitizeFileName(file.name) : '';
  const wrong = (what: string) => new Error(`The file “${name}” cannot be attached: ${what}.`);
  if (!/.\.[a-z0-9]{1,12}$/i.test(name))
    throw wrong('its name must end in what kind of file it is, such as `report.csv`');
  const { content } = file;
  if (typeof content !== 'string' && !(content instanceof Uint8Array))
    throw wrong('its `content` must be a text or a Uint8Array');
  const bytes = typeof content === 'string' ? Buffer.from(content.toWellFormed()) : content;
  if (bytes.length === 0) throw wrong('it is empty');
  if (bytes.length > maxBytes)
    throw wrong(
      `it has ${bytes.length} bytes and may have ${maxBytes} (the setting \`limits.attachmentBytes\`)`,
    );
  return {
    facts: {
      kind: 'file',
      name,
      bytes: bytes.length,
      ...(mediaType ? { mediaType } : {}),
      ...(altText ? { altText: headOf(altText.toWellFormed(), ALT_TEXT_LIMIT) } : {}),
    },
    content: { bytes },
  };
}
