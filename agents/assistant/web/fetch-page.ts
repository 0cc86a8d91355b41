import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Connect } from './connect.ts';
import { type ContentType, readContentType } from './content-type.ts';
import { DeadlineError, within } from './deadline.ts';
import type { WebLimits } from './limits.ts';
import { inNetworkWords, inStatusWords } from './network-words.ts';
import { hostnameOf, parsePageUrl, portOf } from './page-url.ts';
import { type Body, readBody } from './read-body.ts';
import { requestOver } from './request.ts';
import { publicAddressesOf, type ResolveHost } from './resolve-host.ts';
import { WebRefusal } from './web-refusal.ts';

/** The ways into the network and the limits on them. */
export interface WebAccess {
  resolve: ResolveHost;
  connect: Connect;
  limits: WebLimits;
}

export interface FetchedPage extends Body {
  /** Where the redirects ended. */
  url: URL;
  redirects: number;
  type: ContentType;
}

const redirectStatus: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Fetches a page on behalf of a stranger. Every address on the way, the first and each redirect's, is checked: as a
 * URL, then each address that its host has; and the connection goes to an address that was checked, with no second
 * resolution in between (DNS rebinding).
 *
 * @param address as a model gave it
 * @throws WebRefusal with a sentence for the model; the signal's reason
 */
export async function fetchPage(
  address: string,
  access: WebAccess,
  signal: AbortSignal,
): Promise<FetchedPage> {
  const first = parsePageUrl(address, access.limits);
  try {
    return await within(access.limits.totalMs, signal, (ended) => follow(first, access, ended));
  } catch (error) {
    if (error instanceof DeadlineError)
      throw new WebRefusal(`The page took longer than ${access.limits.totalMs / 1000} seconds.`);
    throw error;
  }
}

async function follow(first: URL, access: WebAccess, signal: AbortSignal): Promise<FetchedPage> {
  const { limits } = access;
  let url = first;
  for (let redirects = 0; redirects <= limits.redirects; redirects++) {
    try {
      const response = await ask(url, access, signal);
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (!redirectStatus.includes(status) || !location) {
        return { url, redirects, ...(await contentOf(response, limits)) };
      }
      response.destroy();
      url = redirectedTo(location, url, limits);
    } catch (error) {
      signal.throwIfAborted();
      throw inWords(error, url, first);
    }
  }
  throw new WebRefusal(`${hostnameOf(first)} redirects more than ${limits.redirects} times.`);
}

/** Connects to the first of the host's checked addresses that accepts, and sends the request. */
async function ask(url: URL, access: WebAccess, signal: AbortSignal): Promise<IncomingMessage> {
  const addresses = await publicAddressesOf(url, access.resolve);
  return await requestOver(await connectToOne(addresses, url, access, signal), url, access.limits);
}

async function connectToOne(
  addresses: readonly string[],
  url: URL,
  { connect, limits }: WebAccess,
  signal: AbortSignal,
): Promise<Socket> {
  let failure: unknown;
  for (const address of addresses.slice(0, limits.addressesTried)) {
    const target = {
      address,
      port: portOf(url),
      secure: url.protocol === 'https:',
      hostname: hostnameOf(url),
    };
    try {
      return await connectWithin(limits.connectMs, target, connect, signal);
    } catch (error) {
      signal.throwIfAborted();
      failure ??= error;
    }
  }
  throw failure;
}

/** The time is for the connecting only; the socket lives on under the outer signal. */
async function connectWithin(
  ms: number,
  target: Parameters<Connect>[0],
  connect: Connect,
  signal: AbortSignal,
): Promise<Socket> {
  const life = new AbortController();
  const end = () => life.abort(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await within(ms, signal, () => connect(target, life.signal));
  } catch (error) {
    life.abort(error);
    throw error;
  }
}

async function contentOf(response: IncomingMessage, limits: WebLimits) {
  const status = response.statusCode ?? 0;
  try {
    if (status < 200 || status > 299) throw new StatusError(status);
    const type = readContentType(response.headers['content-type']);
    return { type, ...(await readBody(response, limits)) };
  } finally {
    // Closes the connection, whatever is still to come over it.
    response.destroy();
  }
}

class StatusError extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

function inWords(error: unknown, url: URL, first: URL): WebRefusal {
  const redirected = url === first ? '' : `${hostnameOf(first)} redirects to ${hostnameOf(url)}. `;
  const what =
    error instanceof WebRefusal
      ? error.message
      : `${hostnameOf(url)} could not be read: ${
          error instanceof StatusError ? inStatusWords(error.status) : inNetworkWords(error)
        }`;
  return new WebRefusal(`${redirected}${what}`);
}

/** @throws WebRefusal */
function redirectedTo(location: string, from: URL, limits: WebLimits): URL {
  try {
    const to = parsePageUrl(inUtf8(location), limits, from);
    // A redirect without a fragment keeps the one before (RFC 9110, 10.2.2).
    if (!to.hash) to.hash = from.hash;
    return to;
  } catch (error) {
    if (error instanceof WebRefusal)
      throw new WebRefusal(`${hostnameOf(from)} redirects to an address that is not read. ${error.message}`);
    throw error;
  }
}

/** Headers are read as Latin-1; sites that do not escape their addresses write UTF-8, and browsers take it so. */
function inUtf8(header: string): string {
  const text = Buffer.from(header, 'latin1').toString();
  return text.includes('\ufffd') ? header : text;
}
