import { readFileSync } from 'node:fs';
import { createBank131 } from '@b131/api';
import { createBff, type EngineRules } from '@b131/bff';
import { serve } from '@b131/bff/node';
import { openStore, type StoreAddress } from './databases.ts';
import { announce, readNeeds } from './processes.ts';

/** What a replica is told when it starts. */
export interface ReplicaNeeds {
  store: StoreAddress;
  /** Origin of the bank, as this replica reaches it. */
  bank: string;
  project: string;
  keys: { partnerPrivate: string; bankPublic: string };
  ticketKey: string;
  secret: string;
  confirm: 'automatic' | 'recipient';
  notify: { url: string; secret: string };
  origin: string;
}

/** Short times, so that much happens in a few minutes; the order of the waits is that of the defaults. */
const rules: Partial<EngineRules> = {
  startPatience: 4000,
  refusedStartPatience: 1000,
  resendAfter: 1000,
  leaseFor: 3000,
  askAt: [300, 700, 1500, 3000, 6000],
  laterEvery: 3000,
  lastEvery: 3000,
};
const bankTimeout = 2000;

const needs = readNeeds<ReplicaNeeds>();
const store = await openStore(needs.store);
const bff = createBff({
  bank: createBank131({
    environment: { api: needs.bank },
    project: needs.project,
    privateKey: readFileSync(needs.keys.partnerPrivate, 'utf8'),
    bankPublicKeys: [readFileSync(needs.keys.bankPublic, 'utf8')],
    timeout: bankTimeout,
  }),
  store,
  tickets: { keys: [{ algorithm: 'HS256', key: needs.ticketKey }] },
  secret: needs.secret,
  origins: [needs.origin],
  confirm: needs.confirm,
  rules,
  // Recipients here look twice a second, and some share a name: what is tested is the engine, not their patience.
  load: { perSubject: 6000 },
  // Never reached: they are here so that every payout passes through the totals.
  limits: { perPayout: 10 ** 9, perSubjectPerDay: 10 ** 12, perDay: 10 ** 14 },
  notify: { ...needs.notify, timeout: bankTimeout },
  onError: (error, id) => console.error(`500 ${id}`, error),
});
const server = await serve(bff, { port: 0, onError: (error) => console.error('loop', error) });
process.once('SIGTERM', () => {
  // The process then ends of itself, if nothing was left running.
  server.close().then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error('close', error);
      process.exit(1);
    },
  );
});
announce(server.url);
