import { ModelError } from './contract.ts';
import { errorClasses } from './error-classes.ts';

/**
 * `fetch` that takes no web page for an answer. A base URL that is off by a path, a proxy's login form and a portal
 * answer 200 with HTML; read as a stream that is an answer which broke off, and would be asked for until the turn's
 * retries are used up. Pages with an error status are left to who reads errors: a gateway in trouble sends them too.
 *
 * @param model as `ModelRequest` names it, without its id: the address is the provider's
 * @throws ModelError `config`, terminal
 */
export function refusePage(provider: string, send: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || !/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type)) return response;
    await response.body?.cancel();
    const { retryable, sentence } = errorClasses.config;
    const { origin } = new URL(response.url || String(input instanceof Request ? input.url : input));
    const field = `baseUrls.${provider}`;
    throw new ModelError({
      retryable,
      code: 'config',
      sentence,
      adminSentence: `${provider} failed with config (HTTP ${response.status}, a web page instead of an answer): nobody at ${origin} speaks its API under this path, or a proxy shows a page of its own. Correct \`${field}\` in the settings, and see what a request from the function’s network gets there.`,
    });
  };
}
