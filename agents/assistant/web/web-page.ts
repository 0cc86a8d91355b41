/** Which page, and which part of its text. */
export interface PageRequest {
  url: string;
  /** The character to begin with, as a former answer's `next` said; 0 is the beginning. */
  from?: number;
}

/** A public page as a model reads it. */
export interface WebPage {
  /** Says that what follows is foreign text. */
  note: string;
  /** Where the page was found in the end. */
  url: string;
  /** What was asked for, where redirects led elsewhere. */
  redirectedFrom?: string;
  contentType: string;
  title?: string;
  description?: string;
  /** Plain text or Markdown. */
  text: string;
  /** Characters of the whole text. */
  characters: number;
  /** How many of them come behind this part. */
  leftOut?: number;
  /** Give it as `from` to read on. */
  next?: number;
  /** What of the page could not be read at all. */
  incomplete?: string;
}

/**
 * Reads a page of the public internet: guarded as a fetch on behalf of strangers must be (only http and https, only
 * public addresses, each redirect checked anew; limits of time and size), HTML made to Markdown.
 *
 * @throws Error with a sentence for the model where the page is not read; the signal's reason
 */
export async function readWebPage(
  request: PageRequest,
  { signal }: { signal: AbortSignal },
): Promise<WebPage> {
  // Loaded when it is first used: the HTML parser is larger than most tools.
  const { readPage } = await import('./read-page.ts');
  const { systemAccess } = await import('./system-access.ts');
  return await readPage(request, systemAccess, signal);
}
