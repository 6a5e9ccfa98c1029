import { createBank131 } from '@b131/api';
import { createBff, type DrainReport, type Store } from '@b131/bff';
import type { OpenStore } from '@b131/bff/testing';
import { Hono } from 'hono';
import { checks } from './checks.ts';
import { type HostConfig, mountPath } from './host-config.ts';

export interface Application {
  fetch(request: Request, env?: object, context?: ExecutionContextLike): Response | Promise<Response>;
  /** What a cron trigger does. */
  cron(): Promise<DrainReport>;
}

/** What an edge runtime hands over beside the request. */
interface ExecutionContextLike {
  waitUntil(work: Promise<unknown>): void;
  passThroughOnException(): void;
  props: unknown;
}

/**
 * The app every runtime serves: a BFF at the root, and the same BFF under a path of a shop's own app, together with
 * what the suite asks a runtime to do inside itself.
 */
export function createApplication(config: HostConfig, store: Store, openStore: OpenStore): Application {
  let reads = 0;
  const counted: Store = {
    ...store,
    load(payoutId) {
      reads += 1;
      return store.load(payoutId);
    },
  };
  const bff = createBff({
    bank: createBank131({
      environment: { api: config.bankApi },
      project: config.project,
      privateKey: config.privateKey,
      bankPublicKeys: [config.bankPublicKey],
    }),
    store: counted,
    tickets: { keys: [{ algorithm: 'HS256', key: config.ticketKey }] },
    secret: config.secret,
    origins: [config.origin],
    // The suite is one recipient, in a hurry.
    load: { perSubject: 100_000 },
  });
  let lastCron: DrainReport | null = null;
  const cron = async () => {
    lastCron = await bff.drain({ limit: 2, deadline: Date.now() + 10_000 });
    return lastCron;
  };

  const app = new Hono();
  app.get('/shop', (c) => c.text('the shop'));
  app.route(mountPath, bff.app);
  app.get('/host/cron', (c) => c.json(lastCron));
  app.post('/host/cron', async (c) => c.json(await cron()));
  app.get('/host/reads', (c) => c.text(String(reads)));
  app.post('/host/late-drain', async (c) => c.json(await bff.drain({ deadline: Date.now() - 1 })));
  app.post('/host/checks/:name', async (c) => {
    const check = checks.find(({ name }) => name === c.req.param('name'));
    if (!check) return c.text('there is no such check', 404);
    try {
      await check.run({ config, openStore });
      return c.text('ok');
    } catch (error) {
      return c.text(error instanceof Error ? (error.stack ?? error.message) : String(error), 500);
    }
  });
  app.route('/', bff.app);

  return { fetch: (request, env, context) => app.fetch(request, env, context), cron };
}
