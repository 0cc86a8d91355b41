import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';

/** Where a connection goes. */
export interface Target {
  /** The address that was checked; nothing is resolved again. */
  address: string;
  port: number;
  secure: boolean;
  /** The page's host: what TLS asks for (SNI) and what the certificate must be for. */
  hostname: string;
}

/** @throws the socket's error; the signal's reason */
export type Connect = (target: Target, signal: AbortSignal) => Promise<Socket>;

/** Opens a connection to an address, with TLS where it is asked for. The signal holds for the socket's whole life. */
export const connect: Connect = async ({ address, port, secure, hostname }, signal) => {
  signal.throwIfAborted();
  const socket = secure
    ? connectSecure({
        host: address,
        port,
        ALPNProtocols: ['http/1.1'],
        // SNI has no place for addresses; the certificate is then checked against `host`.
        ...(isIP(hostname) ? {} : { servername: hostname }),
      })
    : connectPlain({ host: address, port });
  const end = () => socket.destroy();
  signal.addEventListener('abort', end, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', end));
  await new Promise<void>((resolve, reject) => {
    socket.once(secure ? 'secureConnect' : 'connect', resolve);
    // Stays: an error after the connection is the request's to tell, and must not end the process here.
    socket.on('error', reject);
    socket.once('close', () => reject(signal.aborted ? signal.reason : new Error('closed')));
  });
  return socket;
};
