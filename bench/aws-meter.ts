import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to AWS, as it passed. */
export interface AwsRequest {
  /** `DynamoDB.UpdateItem`, `SQS.SendMessage`, `SFN.StartExecution`, `S3.PutObject`, … */
  operation: string;
  /** When it came, epoch milliseconds. */
  at: number;
  body: Record<string, unknown>;
  /** The answer of a read of DynamoDB; empty for everything else. */
  answer: Record<string, unknown>;
  /** What was sent and what came back, without headers. */
  sentBytes: number;
  receivedBytes: number;
}

export type RequestListener = (request: Pick<AwsRequest, 'operation' | 'body'>) => Promise<void> | undefined;

export interface AwsMeter {
  url: string;
  /** What passed since the last call. */
  take(): AwsRequest[];
  /** Tells of each request before it goes on; it waits for what the listener promises. */
  onRequest(listener: RequestListener): void;
  close(): Promise<void>;
}

const names: Record<string, string> = {
  DynamoDB_20120810: 'DynamoDB',
  AmazonSQS: 'SQS',
  AWSStepFunctions: 'SFN',
  TrentService: 'KMS',
  secretsmanager: 'SecretsManager',
};

/** S3 has no header that names the operation. */
const s3Operations: Record<string, string> = { GET: 'S3.GetObject', PUT: 'S3.PutObject' };

function operationOf({ headers, method = '' }: IncomingMessage): string | undefined {
  const [service = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  if (operation) return `${names[service] ?? service}.${operation}`;
  return /\/s3\/aws4_request/.test(headers.authorization ?? '') ? s3Operations[method] : undefined;
}

const isRead = (operation: string): boolean => /^DynamoDB\.(GetItem|Query)$/.test(operation);

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

const jsonOf = (bytes: Buffer): Record<string, unknown> => JSON.parse(bytes.toString() || '{}');

/**
 * Stands between the functions and the emulator and notes each request on its way. It changes nothing, so what is
 * counted is what AWS would be asked.
 *
 * @param upstream the emulator's port, known once it runs
 */
export function startAwsMeter(upstream: number): Promise<AwsMeter> {
  const seen: AwsRequest[] = [];
  const listeners: RequestListener[] = [];
  const server: Server = createServer(async (incoming, outgoing) => {
    const operation = operationOf(incoming);
    const at = Date.now();
    const sent = await bytesOf(incoming);
    const body = operation && !operation.startsWith('S3.') ? jsonOf(sent) : {};
    if (operation) for (const listener of listeners) await listener({ operation, body });
    const { method, url: path, headers } = incoming;
    const onward = request({ port: upstream, host: '127.0.0.1', method, path, headers }, async (answer) => {
      const received = await bytesOf(answer);
      if (operation)
        seen.push({
          operation,
          at,
          body,
          answer: isRead(operation) && answer.statusCode === 200 ? jsonOf(received) : {},
          sentBytes: sent.length,
          receivedBytes: received.length,
        });
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.end(received);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(sent);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        take: () => seen.splice(0),
        onRequest: (listener) => listeners.push(listener),
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}
