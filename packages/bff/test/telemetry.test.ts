import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, expect, test } from 'vitest';
import type { BffEvent } from '../src/index.js';
import { telemetry } from '../src/telemetry/index.js';
import { createWorld } from './support/world.js';

const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
// Never by time: collected when a test asks.
const reader = new PeriodicExportingMetricReader({
  exporter: metricExporter,
  exportIntervalMillis: 3_600_000,
});
const provider = new MeterProvider({ readers: [reader] });
const spans = new InMemorySpanExporter();
const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });

afterEach(() => {
  metricExporter.reset();
  spans.reset();
});

/** Every point of every metric, as `name{attributes}` and its value or count. */
async function collected(): Promise<Map<string, number>> {
  await reader.forceFlush();
  const points = new Map<string, number>();
  const [latest] = metricExporter.getMetrics().slice(-1);
  for (const { metrics } of latest?.scopeMetrics ?? [])
    for (const { descriptor, dataPoints } of metrics)
      for (const { attributes, value } of dataPoints) {
        const key = `${descriptor.name}${JSON.stringify(attributes)}`;
        points.set(key, typeof value === 'number' ? value : (value.count ?? 0));
      }
  return points;
}

test('a payout shows in metrics and spans, by statuses, codes and ids only', async () => {
  const told = telemetry({ meter: provider.getMeter('test'), tracer: tracers.getTracer('test') });
  const events: BffEvent[] = [];
  const world = await createWorld({
    bff: {
      onEvent(event) {
        events.push(event);
        told.onEvent(event);
      },
    },
  });
  const stop = told.observe(world.bff());
  await world.pay('00');
  await world.reaches('succeeded');
  const points = await collected();
  expect(points.get('b131.payouts{"status":"succeeded"}')).toBe(1);
  expect(points.get('b131.bank.duration{"method":"token","outcome":"ok"}')).toBe(1);
  expect(points.get('b131.bank.duration{"method":"session/confirm","outcome":"ok"}')).toBe(1);
  expect(points.get('b131.streams{}')).toBe(0);
  expect(points.get('b131.waiting{"work":"payout"}')).toBe(0);
  expect(points.has('b131.overdue{}')).toBe(true);
  const lag = [...points].filter(([key]) => key.startsWith('b131.webhook.lag'));
  expect(lag.length).toBeGreaterThan(0);

  const finished = spans.getFinishedSpans();
  expect(finished.map((span) => span.name)).toEqual(
    events.flatMap((event) => (event.type === 'bank.called' ? [`bank ${event.method}`] : [])),
  );
  const start = finished.find((span) => span.name === 'bank session/start/payout');
  expect(start).toMatchObject({
    kind: SpanKind.CLIENT,
    attributes: {
      method: 'session/start/payout',
      outcome: 'ok',
      'b131.payout_id': (await world.payout()).payout.id,
    },
  });
  const text = JSON.stringify([
    [...points.keys()],
    finished.map(({ name, attributes }) => [name, attributes]),
  ]);
  for (const hidden of ['Ivanov', 'courier-7', 'week-47']) expect(text).not.toContain(hidden);
  stop();
});

test('what goes wrong is counted by its code', async () => {
  const told = telemetry({ meter: provider.getMeter('failures'), tracer: tracers.getTracer('test') });
  const payoutId = 'pay_1';
  const events: BffEvent[] = [
    { type: 'payout.alarm', payoutId, attempt: 1, code: 'paid_twice' },
    {
      type: 'bank.called',
      payoutId: null,
      method: 'token',
      outcome: 'error',
      code: 'timeout',
      durationMs: 20,
    },
    { type: 'webhook.refused', code: 'signature_mismatch' },
    { type: 'request.refused', code: 'busy', httpStatus: 503 },
    { type: 'notice.tried', payoutId, notice: 'n', tries: 9, httpStatus: null, outcome: 'given_up' },
    { type: 'confirm.failed', payoutId, attempt: 1, code: 'threw' },
    { type: 'engine.stumbled', payoutId, code: 'store' },
  ];
  for (const event of events) told.onEvent(event);
  const points = await collected();
  for (const key of [
    'b131.alarms{"code":"paid_twice"}',
    'b131.bank.duration{"method":"token","outcome":"error","error.type":"timeout"}',
    'b131.webhooks.refused{"code":"signature_mismatch"}',
    'b131.requests.refused{"code":"busy","http.response.status_code":503}',
    'b131.notices{"outcome":"given_up"}',
    'b131.confirm.failures{"code":"threw"}',
    'b131.engine.stumbles{"code":"store"}',
  ])
    expect(points.get(key)).toBe(1);
  expect(spans.getFinishedSpans()[0]?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'timeout' });
});

test('how far the engine is behind is told', async () => {
  let now = 10_000;
  const told = telemetry({ meter: provider.getMeter('overdue'), clock: { now: () => now } });
  const idle = { running: 0, waiting: 0 };
  const stop = told.observe({
    load: () => ({ publicTokens: idle, payouts: idle, streams: 7 }),
    nextDue: async () => 4000,
  });
  expect((await collected()).get('b131.overdue{}')).toBe(6000);
  now = 3000;
  expect((await collected()).get('b131.overdue{}')).toBe(0);
  expect((await collected()).get('b131.streams{}')).toBe(7);
  stop();
});

test('without a provider it does nothing', () => {
  expect(() => telemetry().onEvent({ type: 'engine.stumbled', payoutId: null, code: 'store' })).not.toThrow();
});
