import { headOf, withoutInvisible } from '../text.ts';

const NAME_LIMIT = 200;
/** A longer ending is no extension but a part of the name. */
const EXTENSION_LIMIT = 20;

/**
 * A file's name as people and models may read it: one line without control, bidirectional and zero-width characters,
 * path separators and angle brackets (which make mentions in Slack), at most 200 UTF-16 units, its extension kept
 * (capability 85).
 *
 * @param name as Slack gives it; whoever uploaded the file chose it
 */
export function sanitizeFileName(name: string): string {
  const clean = withoutInvisible(name.toWellFormed().normalize('NFC'))
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[/\\<>`|]/g, '_')
    .trim();
  // Nothing but dots would be a folder.
  if (/^[. ]*$/.test(clean)) return 'file';
  if (clean.length <= NAME_LIMIT) return clean;
  const extension = extensionOf(clean);
  return `${headOf(clean, NAME_LIMIT - extension.length - 1)}…${extension}`;
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= EXTENSION_LIMIT ? name.slice(dot) : '';
}
