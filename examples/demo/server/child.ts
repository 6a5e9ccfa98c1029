/**
 * Life as a child of `scripts/stand.mjs`: says when it listens, ends with its parent. Started by hand, without a
 * parent, it prints its address and ends on Ctrl-C.
 */
export interface Served {
  url: string;
  close(): Promise<void>;
}

export async function live(start: () => Promise<Served>): Promise<void> {
  const served = await start().catch(giveUp);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    // What hangs on must not outlive the demo.
    setTimeout(() => process.exit(0), 2000).unref();
    served.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  if (process.send) {
    process.on('disconnect', end);
    // Ctrl-C reaches everybody in the terminal; our parent ends us in order.
    process.on('SIGINT', () => undefined);
    process.send({ type: 'ready', url: served.url });
  } else {
    process.on('SIGINT', end);
    console.log(served.url);
  }
}

/** A setting from the environment. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is missing.`);
  return value;
}

function giveUp(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error);
  // Exit only after the message has left.
  if (process.send) process.send({ type: 'failed', message }, () => process.exit(1));
  else process.exit(1);
  return undefined as never;
}
