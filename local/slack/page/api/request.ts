/** See `refusal` of the admin API. */
const REFUSALS_AS_OK = 'refusals=ok';

/** What the admin API refused, in its own words: shown to the person as it is. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}

/** One call of the simulator's admin API. @throws AdminError with the API's sentence */
export async function request<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const isForm = body instanceof FormData;
  const response = await fetch(`/_admin${path}`, {
    method,
    headers: {
      // A browser writes every answer of 400 and above into its console; a refusal is nothing of that kind here.
      prefer: REFUSALS_AS_OK,
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok || response.headers.get('preference-applied') === REFUSALS_AS_OK) {
    const said = answer as { error?: unknown } | undefined;
    throw new AdminError(
      typeof said?.error === 'string' ? said.error : `The simulator answered ${response.status}.`,
    );
  }
  return answer as T;
}

/** Acts as a person: `POST /_admin/act/<what>`. */
export const act = <T = unknown>(what: string, body: unknown): Promise<T> =>
  request('POST', `/act/${what}`, body);
