import { type FileFacts, modelFileLimits } from './model-file-limits.ts';
import { imageTooLarge, leftOut, modelCannotRead, pdfTooLarge } from './reasons.ts';
import type { FileRecord } from './record.ts';

/** Characters of one text that a request holds, and of all together. */
export const TEXT_CHARS = 50_000;
const TEXTS_CHARS = 200_000;

/** What is done with a file in this request. */
export type FilePlan = { show: true } | { show: false; reason: string };

/**
 * Decides which of a conversation's files one request holds. Newer ones come first; an older one that does not fit
 * becomes a line, whole: a text that shrank with each new file would change what the provider has cached.
 *
 * @param records newest first
 */
export function planFiles(records: readonly FileRecord[], facts: FileFacts): Map<string, FilePlan> {
  const limits = modelFileLimits(facts.model);
  const left = {
    image: limits.images,
    pdf: limits.pdfs,
    inlineBytes: limits.inlineBytes,
    textChars: TEXTS_CHARS,
  };

  const planOf = ({ status, reason, name, mediaType, bytes }: FileRecord): FilePlan => {
    const refuse = (why: string): FilePlan => ({ show: false, reason: why });
    if (status === 'refused') return refuse(reason ?? leftOut(name));
    if (mediaType.startsWith('text/')) {
      // A character takes a byte at least, so this is never too little.
      const chars = Math.min(bytes, TEXT_CHARS);
      if (chars > left.textChars) return refuse(leftOut(name));
      left.textChars -= chars;
      return { show: true };
    }
    const kind = mediaType === 'application/pdf' ? 'pdf' : 'image';
    if (kind === 'image') {
      if (facts.images === false) return refuse(modelCannotRead(name, 'images', facts.model));
      if (bytes > limits.imageBytes) return refuse(imageTooLarge(name, limits.imageBytes));
    } else {
      if (facts.pdf === false) return refuse(modelCannotRead(name, 'PDFs', facts.model));
      if (bytes > limits.pdfBytes) return refuse(pdfTooLarge(name, limits.pdfBytes));
    }
    if (left[kind] < 1 || bytes > left.inlineBytes) return refuse(leftOut(name));
    left[kind] -= 1;
    left.inlineBytes -= bytes;
    return { show: true };
  };

  return new Map(records.map((record) => [record.fileId, planOf(record)]));
}
