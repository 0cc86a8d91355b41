import type { SlackFileFailure } from '../slack/file-error.ts';
import type { SniffedFile } from './sniff.ts';

/** Sentences for people: why a file does not reach the model and what they can do. Names are sanitised. */

export const tooLarge = (name: string, limitBytes: number): string =>
  `${name}: this file is larger than the ${megabytes(limitBytes)} that I read.`;

export const imageTooLarge = (name: string, limitBytes: number): string =>
  `${name}: this image is larger than the ${megabytes(limitBytes)} that the model takes. Send a smaller one.`;

export const pdfTooLarge = (name: string, limitBytes: number): string =>
  `${name}: this PDF is larger than the ${megabytes(limitBytes)} that the model takes. Send the part that matters.`;

export const tooManyPixels = (name: string, side: number): string =>
  `${name}: this image is more than ${side.toLocaleString('en')} pixels wide or high. Send a smaller one.`;

export const sessionFull = (name: string, files: number): string =>
  `${name}: this conversation already has the ${files} files that it can have. Begin a new thread for more.`;

export const modelCannotRead = (name: string, what: 'images' | 'PDFs', model: string): string =>
  `${name}: the model ${model} does not read ${what}. Send it as text, or ask an administrator for another model.`;

export const leftOut = (name: string): string =>
  `${name}: newer files of this conversation take all the room, so this one is left out. Attach it again if it matters.`;

export const unreadableNow = (name: string): string =>
  `${name}: I could not get this file out of my storage just now. I try again with your next message.`;

/** For what the bytes turned out to be, where no model reads it. */
export function reasonOfKind(
  name: string,
  sniffed: Exclude<SniffedFile, { type: 'image' | 'pdf' | 'text' }>,
): string {
  switch (sniffed.type) {
    case 'empty':
      return `${name}: this file is empty.`;
    case 'damaged':
      return `${name}: this ${sniffed.what} is damaged or incomplete. Export it again and attach the new one.`;
    case 'encrypted':
      return `${name}: this PDF is protected by encryption, so I cannot read it. Attach it without a password.`;
    case 'encoding':
      return `${name}: this looks like text in an old encoding. Save it as UTF-8 and attach it again.`;
    case 'binary':
      return `${name}: this kind of file${sniffed.what ? ` (${sniffed.what})` : ''} is not something I can read. Send text, a PDF or an image (PNG, JPEG, GIF, WebP).`;
  }
}

/** For what Slack did not give. */
export function reasonOfFailure(name: string, kind: SlackFileFailure, limitBytes: number): string {
  switch (kind) {
    case 'too_large':
      return tooLarge(name, limitBytes);
    case 'gone':
      return `${name}: Slack no longer has this file or does not show it to me. Attach it again if I should read it.`;
    case 'forbidden':
      return `${name}: Slack did not let me download this file. An administrator can check that the app was installed with the scope files:read; attach the file again afterwards.`;
    case 'external':
      return `${name}: this file is kept outside Slack, where I cannot reach it. Attach the file itself.`;
    case 'document':
      return `${name}: canvases and other documents of Slack's own are not something I can read as a file. Attach it as a PDF or as text.`;
    case 'network':
      return `${name}: Slack did not send me this file. Attach it again in a while.`;
  }
}

function megabytes(bytes: number): string {
  return `${Number((bytes / 1_048_576).toFixed(2))} MB`;
}
