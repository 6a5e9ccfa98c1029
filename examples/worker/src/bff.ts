import { createBank131 } from '@b131/api';
import { addressInHeader, type Bff, createBff } from '@b131/bff';
import { d1Store } from '@b131/bff/d1';
import { type Env, setting } from './env.ts';

/** How many payouts one cron takes on: of 20 queries each, where D1 allows an invocation 1,000. */
export const drainLimit = 40;

/** How long one event stream lasts, in milliseconds: it makes two queries a second, of the same 1,000. */
export const streamLifetime = 5 * 60_000;

/** Makes the BFF of this Worker. */
export function createWorkerBff(env: Env): Bff {
  const environment = setting(env, 'BANK_ENVIRONMENT');
  return createBff({
    bank: createBank131({
      environment: environment === 'demo' || environment === 'live' ? environment : { api: environment },
      project: setting(env, 'BANK_PROJECT'),
      privateKey: setting(env, 'BANK_PRIVATE_KEY'),
      bankPublicKeys: [setting(env, 'BANK_PUBLIC_KEY')],
      // A Worker lives for 30 seconds after its answer, and a payout begins with three calls. What fails is asked again
      // by the engine.
      timeout: 8_000,
      retry: { attempts: 1 },
    }),
    store: d1Store({ db: env.DB }),
    tickets: { keys: [{ algorithm: 'HS256', key: setting(env, 'TICKET_SECRET') }] },
    secret: setting(env, 'BFF_SECRET'),
    origins: setting(env, 'SHOP_ORIGIN').split(','),
    stream: { lifetime: streamLifetime },
    load: { address: addressInHeader('CF-Connecting-IP') },
    ...(env.SERVER_KEY ? { merchant: { keys: [env.SERVER_KEY] } } : {}),
  });
}
