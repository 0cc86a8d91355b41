/** An address that may be opened from a message: the web or mail. Anything else (`javascript:` above all) is no link. */
export function safeUrl(url: string): string | undefined {
  return /^(https?:|mailto:)/i.test(url) ? url : undefined;
}

/** What every link of a message carries: a new tab that knows nothing of this one. */
export const LINK = { target: '_blank', rel: 'noopener noreferrer' } as const;
