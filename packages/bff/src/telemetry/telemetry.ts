import {
  type Attributes,
  type Histogram,
  type Meter,
  metrics,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { BffEvent, OnEvent } from '../events/events.js';
import type { LoadReport } from '../http/admission/admission.js';
import { version } from '../version.js';

/** What is asked now and then; `createBff` makes one. */
export interface ObservedBff {
  load(): LoadReport;
  nextDue(): Promise<number | null>;
}

export interface TelemetryOptions {
  /** Default: the meter `@b131/bff` of the host's global provider. */
  meter?: Meter;
  /** Default: the tracer `@b131/bff` of the host's global provider. */
  tracer?: Tracer;
  clock?: { now(): number };
}

export interface Telemetry {
  /** Give it to `createBff`, alone or beside a log of yours. */
  onEvent: OnEvent;
  /**
   * Also measures what is under way, what waits, and by how much the engine is behind. Reads the store once for each
   * collection.
   *
   * @returns the way to stop that
   */
  observe(bff: ObservedBff): () => void;
}

const name = '@b131/bff';

/**
 * Tells OpenTelemetry of what happens: metrics, and a span for each call to the bank, a child of whatever span is active.
 * Attributes are statuses, codes and, on spans, ids; never a name, a token or an account. Without a provider of the
 * host's it does nothing.
 */
export function telemetry(options: TelemetryOptions = {}): Telemetry {
  const { clock = Date, tracer = trace.getTracer(name, version) } = options;
  const meter = options.meter ?? metrics.getMeter(name, version);
  const instruments = createInstruments(meter);
  return {
    onEvent(event) {
      count(event, instruments);
      if (event.type === 'bank.called') recordCall(event, tracer, clock.now());
    },
    observe: (bff) => observe(bff, meter, clock),
  };
}

function createInstruments(meter: Meter) {
  const counter = (of: string, description: string) => meter.createCounter(`b131.${of}`, { description });
  const histogram = (of: string, description: string): Histogram =>
    meter.createHistogram(`b131.${of}`, { description, unit: 'ms' });
  return {
    payouts: counter('payouts', 'Payouts that entered a status'),
    alarms: counter('alarms', 'What must not happen and did: somebody is to be called'),
    bank: histogram('bank.duration', 'Calls to the bank'),
    webhookLag: histogram('webhook.lag', "From the session's change, as the bank dates it, to its webhook"),
    refusedWebhooks: counter('webhooks.refused', 'Webhooks that were not believed or not understood'),
    refusedRequests: counter('requests.refused', 'Requests that were answered with a problem'),
    notices: counter('notices', 'Tries to tell the merchant'),
    confirmFailures: counter('confirm.failures', 'A confirm function that gave no word'),
    stumbles: counter(
      'engine.stumbles',
      'Work on a payout that could not be finished, and is taken up again',
    ),
  };
}

function count(event: BffEvent, to: ReturnType<typeof createInstruments>): void {
  switch (event.type) {
    case 'payout.changed':
      if (event.from !== event.to) to.payouts.add(1, { status: event.to });
      return;
    case 'payout.alarm':
      to.alarms.add(1, { code: event.code });
      return;
    case 'bank.called':
      to.bank.record(event.durationMs, callAttributes(event));
      return;
    case 'webhook.taken':
      if (event.lagMs !== null) to.webhookLag.record(Math.max(0, event.lagMs), { webhook: event.webhook });
      return;
    case 'webhook.refused':
      to.refusedWebhooks.add(1, { code: event.code });
      return;
    case 'request.refused':
      to.refusedRequests.add(1, { code: event.code, 'http.response.status_code': event.httpStatus });
      return;
    case 'notice.tried':
      to.notices.add(1, { outcome: event.outcome });
      return;
    case 'confirm.failed':
      to.confirmFailures.add(1, { code: event.code });
      return;
    case 'engine.stumbled':
      to.stumbles.add(1, { code: event.code });
  }
}

type Called = Extract<BffEvent, { type: 'bank.called' }>;

function callAttributes({ method, outcome, code }: Called): Attributes {
  return { method, outcome, ...(code === null ? {} : { 'error.type': code }) };
}

/** The event comes when the call is over, so its span is told afterwards. */
function recordCall(event: Called, tracer: Tracer, now: number): void {
  const attributes = callAttributes(event);
  const span = tracer.startSpan(`bank ${event.method}`, {
    kind: SpanKind.CLIENT,
    startTime: now - event.durationMs,
    attributes: event.payoutId === null ? attributes : { ...attributes, 'b131.payout_id': event.payoutId },
  });
  if (event.outcome === 'error')
    span.setStatus({ code: SpanStatusCode.ERROR, message: event.code ?? 'error' });
  span.end(now);
}

function observe(bff: ObservedBff, meter: Meter, clock: { now(): number }): () => void {
  const running = meter.createObservableGauge('b131.running', { description: 'Work under way' });
  const waiting = meter.createObservableGauge('b131.waiting', {
    description: 'Work that waits for its turn',
  });
  const streams = meter.createObservableGauge('b131.streams', { description: 'Open event streams' });
  const overdue = meter.createObservableGauge('b131.overdue', {
    description: 'By how much the engine is behind with what is due most',
    unit: 'ms',
  });
  const stops = [
    callback(running, (told) => {
      const { publicTokens, payouts } = bff.load();
      told.observe(publicTokens.running, { work: 'public-token' });
      told.observe(payouts.running, { work: 'payout' });
    }),
    callback(waiting, (told) => {
      const { publicTokens, payouts } = bff.load();
      told.observe(publicTokens.waiting, { work: 'public-token' });
      told.observe(payouts.waiting, { work: 'payout' });
    }),
    callback(streams, (told) => told.observe(bff.load().streams)),
    callback(overdue, async (told) => {
      const dueAt = await bff.nextDue();
      told.observe(dueAt === null ? 0 : Math.max(0, clock.now() - dueAt));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

type Gauge = ReturnType<Meter['createObservableGauge']>;
type Observe = Parameters<Gauge['addCallback']>[0];

function callback(gauge: Gauge, observed: Observe): () => void {
  gauge.addCallback(observed);
  return () => gauge.removeCallback(observed);
}
