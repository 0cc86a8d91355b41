import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to AWS, as it passed. */
export interface AwsRequest {
  /** `DynamoDB.UpdateItem`, `SQS.SendMessage`, `SFN.StartExecution`, … */
  operation: string;
  body: Record<string, unknown>;
}

export interface AwsMeter {
  url: string;
  /** What passed since the last call. */
  take(): AwsRequest[];
  close(): Promise<void>;
}

const names: Record<string, string> = {
  DynamoDB_20120810: 'DynamoDB',
  AmazonSQS: 'SQS',
  AWSStepFunctions: 'SFN',
  TrentService: 'KMS',
  secretsmanager: 'SecretsManager',
};

/**
 * Stands between the functions and the emulator and notes each request on its way. It changes nothing, so what is
 * counted is what AWS would be asked.
 *
 * @param upstream the emulator's port, known once it runs
 */
export function startAwsMeter(upstream: number): Promise<AwsMeter> {
  const seen: AwsRequest[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const bytes = Buffer.concat(parts);
      const [service = '', operation = ''] = String(incoming.headers['x-amz-target'] ?? '').split('.');
      if (operation)
        seen.push({
          operation: `${names[service] ?? service}.${operation}`,
          body: JSON.parse(bytes.toString() || '{}'),
        });
      const { method, url: path, headers } = incoming;
      const onward = request({ port: upstream, host: '127.0.0.1', method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(bytes);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        take: () => seen.splice(0),
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}
