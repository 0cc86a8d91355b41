import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj, Request } from '@middy/core';
import type { Log } from '../../core/log.ts';
import { redact } from '../../core/redact.ts';

type Fields = Record<string, unknown>;
type Level = 'info' | 'warn' | 'error';

/** What is said of an invocation beside its duration. */
interface Outcome {
  outcome: string;
  level?: Level;
  fields?: Fields;
}

export interface ObserveOptions<Event, Result> {
  /** The function's name: the service in logs and the metrics' only dimension. */
  name: string;
  /** Correlation ids of what came in. */
  idsOf?: (event: Event) => Fields;
  outcomeOf?: (result: Result) => Outcome;
  now?: () => number;
  logger?: Pick<Logger, 'addContext' | Level>;
}

export interface Observation<Event, Result> {
  /** For core: what is said through it becomes `notes` of the invocation's one line. */
  log: Log;
  /** For core: a figure in milliseconds, which becomes a value of that metric. */
  measure: Measure;
  middleware: MiddlewareObj<Event, Result>;
}

export type Measure = (metric: string, ms: number) => void;

/** CloudWatch takes fewer than 100 values of one metric in a line; what is more is left out. */
const VALUE_LIMIT = 90;
/** More notes than this say nothing new. */
const NOTE_LIMIT = 30;

/**
 * One log line per invocation: outcome, duration, correlation ids as fields, and the metrics in CloudWatch's
 * embedded form in the very same line. A Lambda container works on one invocation at a time, so what core says is
 * gathered here and told at the end, with the level of the worst of it.
 */
export function observe<Event, Result>(options: ObserveOptions<Event, Result>): Observation<Event, Result> {
  const { name, idsOf, outcomeOf, now = Date.now } = options;
  const logger = options.logger ?? new Logger({ serviceName: name });
  const metrics = new Metrics({ namespace: 'Sluice', serviceName: name });
  let notes: Fields[] = [];
  let measured = new Map<string, number[]>();
  let level: Level = 'info';
  let startedAt = 0;
  let cold = true;

  const note = (noteLevel: Level) => (message: string, fields?: Fields) => {
    level = worse(level, noteLevel);
    if (notes.length < NOTE_LIMIT) notes.push({ level: noteLevel, message, ...readable(fields) });
  };

  const measure: Measure = (metric, ms) => {
    const values = measured.get(metric) ?? [];
    if (values.length < VALUE_LIMIT) measured.set(metric, [...values, Math.round(ms)]);
  };

  /** What came in may be anything; that it has no ids is no reason to lose the line. */
  const idsIn = (event: Event): Fields => {
    try {
      return idsOf?.(event) ?? {};
    } catch {
      return {};
    }
  };

  const finish = (request: Request<Event, Result>, outcome: Outcome, error?: unknown) => {
    const durationMs = Math.round(now() - startedAt);
    for (const [metric, values] of measured)
      for (const ms of values) metrics.addMetric(metric, MetricUnit.Milliseconds, ms);
    metrics.addMetric('Duration', MetricUnit.Milliseconds, durationMs);
    metrics.addMetric('Failures', MetricUnit.Count, error === undefined ? 0 : 1);
    metrics.addMetric('ColdStarts', MetricUnit.Count, cold ? 1 : 0);
    // The logger writes the service by itself.
    const { service: _, ...embedded } = metrics.serializeMetrics();
    metrics.clearMetrics();
    cold = false;
    logger[worse(level, outcome.level ?? 'info')](name, {
      outcome: outcome.outcome,
      durationMs,
      ...idsIn(request.event),
      ...outcome.fields,
      ...(notes.length > 0 ? { notes } : {}),
      ...(error === undefined ? {} : { error: readableError(error) }),
      ...embedded,
    });
  };

  return {
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    measure,
    middleware: {
      before: ({ context }) => {
        notes = [];
        measured = new Map();
        level = 'info';
        startedAt = now();
        logger.addContext(context);
      },
      after: (request) => {
        finish(
          request,
          outcomeOf && request.response != null ? outcomeOf(request.response) : { outcome: 'done' },
        );
      },
      onError: (request) => {
        finish(request, { outcome: 'error', level: 'error' }, request.error ?? 'unknown');
      },
    },
  };
}

function worse(a: Level, b: Level): Level {
  const order: Level[] = ['info', 'warn', 'error'];
  return order[Math.max(order.indexOf(a), order.indexOf(b))] ?? 'error';
}

function readable(fields: Fields = {}): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? readableError(value) : value,
    ]),
  );
}

/** Name, message and place; other properties of an SDK's error may hold the request. */
function readableError(error: unknown): Fields {
  if (!(error instanceof Error)) return { message: redact(String(error)) };
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return {
    name: error.name,
    message: redact(error.message, 500),
    ...(frames ? { stack: frames.slice(0, 10).join('\n') } : {}),
    ...(error.cause === undefined ? {} : { cause: readableError(error.cause) }),
  };
}
