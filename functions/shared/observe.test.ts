import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../core/log.ts';
import { accepted, refused } from '../../core/slack/inbound/answer.ts';
import type { HttpRequest } from '../../core/slack/inbound/request-bytes.ts';
import { createDoor } from './door.ts';
import { createJob } from './job.ts';

type Line = Record<string, unknown>;

const context = {
  functionName: 'f',
  functionVersion: '1',
  memoryLimitInMB: '256',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:1:function:f',
  awsRequestId: 'request-1',
  getRemainingTimeInMillis: () => 1000,
} as Context;

/** What is written to the function's output, line by line. */
let lines: Line[] = [];
beforeEach(() => {
  lines = [];
  const capture = (text: string | Uint8Array) => {
    for (const line of String(text).split('\n'))
      if (line.startsWith('{')) lines.push(JSON.parse(line) as Line);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(capture);
  vi.spyOn(process.stderr, 'write').mockImplementation(capture);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a job', () => {
  const job = (run: (log: Log) => Promise<string>) =>
    createJob({
      name: 'sweep',
      makeDeps: (log: Log) => log,
      run: (log, _: { turnId: string }) => run(log),
      idsOf: ({ turnId }) => ({ turnId }),
      outcomeOf: (outcome) => ({ outcome }),
    });

  it('writes one line: outcome, duration, ids as fields and the metrics in the same line', async () => {
    const handler = job(async (log) => {
      log.warn('something odd', { stepId: 3 });
      return 'swept';
    });
    await handler({ turnId: 't1' }, context);
    expect(lines).toMatchObject([
      {
        level: 'WARN',
        message: 'sweep',
        service: 'sweep',
        outcome: 'swept',
        turnId: 't1',
        function_request_id: 'request-1',
        durationMs: expect.any(Number),
        notes: [{ level: 'warn', message: 'something odd', stepId: 3 }],
        Failures: 0,
        ColdStarts: 1,
      },
    ]);
    // Ids as dimensions would make a metric of each turn.
    expect(lines[0]?._aws).toMatchObject({ CloudWatchMetrics: [{ Dimensions: [['service']] }] });
  });

  it('what core measures becomes values of metrics in the same line, as many as CloudWatch takes', async () => {
    const handler = createJob({
      name: 'status-relay',
      makeDeps: (_: Log, measure) => measure,
      run: async (measure, { figures }: { figures: number[] }) => {
        for (const ms of figures) measure('TextLatency', ms);
      },
    });
    await handler({ figures: [1_200.4, 900] }, context);
    await handler({ figures: Array.from({ length: 150 }, (_, ms) => ms) }, context);
    await handler({ figures: [] }, context);
    expect(lines.map(({ TextLatency }) => TextLatency)).toEqual([
      [1_200, 900],
      Array.from({ length: 90 }, (_, ms) => ms),
      undefined,
    ]);
    expect(JSON.stringify(lines[0]?._aws)).toContain('{"Name":"TextLatency","Unit":"Milliseconds"}');
    expect(JSON.stringify(lines[2]?._aws)).not.toContain('TextLatency');
  });

  it('starts afresh each time', async () => {
    const notes = ['first'];
    const handler = job(async (log) => {
      for (const note of notes.splice(0)) log.error(note);
      return 'swept';
    });
    await handler({ turnId: 't1' }, context);
    await handler({ turnId: 't2' }, context);
    expect(
      lines.map(({ level, turnId, notes: told, ColdStarts }) => [
        level,
        turnId,
        told !== undefined,
        ColdStarts,
      ]),
    ).toEqual([
      ['ERROR', 't1', true, 1],
      ['INFO', 't2', false, 0],
    ]);
  });

  it('what it throws is logged once, without what an SDK hangs on it, and is thrown on', async () => {
    const failure = Object.assign(new Error('no: Bearer abcdefgh12345678'), {
      $response: { body: 'the text' },
      request: 'x',
    });
    const handler = job(() => Promise.reject(failure));
    await expect(handler({ turnId: 't1' }, context)).rejects.toBe(failure);
    expect(lines).toMatchObject([
      { level: 'ERROR', outcome: 'error', turnId: 't1', Failures: 1, error: { name: 'Error' } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/abcdefgh|the text/);
  });

  it('an event that has no ids does not hide the failure', async () => {
    const handler = createJob<{ Records: { id: string }[] }, string, Log>({
      name: 'status-relay',
      makeDeps: (log) => log,
      run: () => Promise.reject(new Error('no wake')),
      idsOf: ({ Records }) => ({ id: Records[0]?.id.toLowerCase(), all: Records.map(({ id }) => id) }),
    });
    await expect(handler({} as { Records: [] }, context)).rejects.toThrow('no wake');
    expect(lines).toMatchObject([{ error: { message: 'no wake' } }]);
  });

  it('a missing setting is such a failure', async () => {
    const handler = createJob<object, string, never>({
      name: 'settle',
      makeDeps: () => {
        throw new Error('The function’s environment lacks SLUICE_TABLE.');
      },
      run: async () => 'done',
    });
    await expect(handler({}, context)).rejects.toThrow('SLUICE_TABLE');
    expect(lines).toMatchObject([
      { level: 'ERROR', error: { message: expect.stringContaining('SLUICE_TABLE') } },
    ]);
  });
});

describe('a door', () => {
  const door = (handle: (request: HttpRequest) => ReturnType<typeof accepted>) =>
    createDoor(
      'slack-events',
      (log: Log) => log,
      async (_, request) => handle(request),
    );

  it('gives what an HTTP API returns and logs what core says of it', async () => {
    const handler = door(() => accepted('started', { fields: { turnId: 't1', eventId: 'Ev1' } }));
    expect(await handler({}, context)).toEqual({ statusCode: 200, headers: {}, body: '' });
    expect(lines).toMatchObject([
      { level: 'INFO', outcome: 'started', status: 200, turnId: 't1', eventId: 'Ev1' },
    ]);
  });

  it('logs a refusal as a warning, in one line', async () => {
    const handler = door(() => refused(403, 'bad_signature', 'The signature does not match.'));
    expect(await handler({}, context)).toMatchObject({
      statusCode: 403,
      body: '{"error":"The signature does not match."}',
    });
    expect(lines).toMatchObject([{ level: 'WARN', outcome: 'bad_signature', status: 403 }]);
    expect(lines.length).toBe(1);
  });

  it('a failure is a 500 that says nothing of its cause, logged once; the invocation goes well', async () => {
    const handler = door(() => {
      throw new Error('table sluice-prod is down');
    });
    const result = await handler({ body: 'the text' }, context);
    expect(result).toMatchObject({ statusCode: 500 });
    expect(JSON.stringify(result)).not.toContain('sluice-prod');
    expect(lines).toMatchObject([
      { level: 'ERROR', outcome: 'error', error: { message: 'table sluice-prod is down' } },
    ]);
    expect(lines.length).toBe(1);
    expect(JSON.stringify(lines)).not.toContain('the text');
  });
});
