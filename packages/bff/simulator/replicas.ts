import type { OperatorDesk } from '../dist/index.js';
import { createProcess, type Process } from './process.ts';
import { type Replica, type ReplicaParts, startReplica } from './replica.ts';

/** All processes of the BFF, and what stands in front of them. */
export interface Replicas {
  /** Brings a request to one of them, as a load balancer does; rejects when there is no answer. */
  request(path: string, init: RequestInit): Promise<Response>;
  /** The desk in one of the processes that run; null when none does. */
  operator(): OperatorDesk | null;
  /** Ends all of them gracefully and lets one go on alone. */
  settleDown(): void;
}

const requestPatience = 30_000;
/** The loop's sleep while nothing is due; its own default of a second would be most of what is simulated. */
const idle = 45_000;
export const idleInTheCalm = 10 * 60_000;

export function startReplicas(parts: ReplicaParts): Replicas {
  const { stage } = parts;
  const { scheduler, trace, plan } = stage;
  const random = stage.random.fork('replicas');
  const running = new Set<Replica>();
  const leaving = new Set<Process>();
  let started = 0;

  for (let n = 0; n < plan.replicas; n += 1) start(idle);
  for (let n = 0; n < plan.faults.processes.deploys; n += 1) later(deploy);
  for (let n = 0; n < plan.faults.clocks.jumps; n += 1) later(leap);

  return {
    request,
    operator: () => (running.size === 0 ? null : random.pick([...running]).operator),
    settleDown() {
      for (const replica of [...running]) void end(replica);
      start(idleInTheCalm);
    },
  };

  function later(what: () => void): void {
    scheduler.setTimeout(() => stage.storming && what(), random.between(0, plan.storm));
  }

  function start(sleep: number): void {
    started += 1;
    const name = `bff-${started}`;
    const { skew } = plan.faults.clocks;
    trace.say(name, 'starts');
    const onDeath = () => died(process);
    const process = createProcess({ stage, name, skew: random.between(-skew, skew), onDeath });
    const replica = startReplica(parts, process, sleep);
    // Its loop may have brought it down already.
    if (process.alive) running.add(replica);
  }

  function died(process: Process): void {
    for (const replica of running) if (replica.process === process) running.delete(replica);
    if (leaving.has(process)) return;
    scheduler.setTimeout(() => start(stage.storming ? idle : idleInTheCalm), random.between(500, 60_000));
  }

  /** A new version takes over, replica by replica. */
  function deploy(): void {
    stage.tally.add('fault: deploy');
    for (const replica of [...running]) {
      void end(replica);
      start(idle);
    }
  }

  async function end(replica: Replica): Promise<void> {
    running.delete(replica);
    leaving.add(replica.process);
    trace.say(replica.process.name, 'is told to stop');
    await replica.stop();
    await scheduler.sleep(requestPatience);
    replica.process.kill('with its work done');
  }

  function leap(): void {
    stage.tally.add('fault: clock leaps');
    const by = random.pick([-40_000, -5000, 5000, 40_000]);
    const whose = random.pick([...[...running].map(({ process }) => process), parts.database]);
    whose.leap(by);
    // Until the time service puts it right.
    scheduler.setTimeout(() => whose.leap(-by), random.between(5000, 180_000));
  }

  async function request(path: string, init: RequestInit): Promise<Response> {
    await scheduler.sleep(random.between(1, 30));
    if (running.size === 0) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    const replica = random.pick([...running]);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const patience = scheduler.setTimeout(() => reject(new TypeError('no answer')), requestPatience);
    replica.answer(new Request(`http://bff.test${path}`, init)).then(resolve, reject);
    return promise.finally(() => scheduler.clearTimeout(patience));
  }
}
