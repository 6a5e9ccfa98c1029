import { env } from 'cloudflare:workers';
import { type D1Binding, d1Store } from '@b131/bff/d1';
import type { OpenStore } from '@b131/bff/testing';
import { createApplication } from '../application.ts';

const taken = new Map<string, D1Binding>();

/** Each name of data gets the next of the databases that wait for it. */
const open: OpenStore = ({ data, clock }) => {
  const db = taken.get(data) ?? env[`CHECK_${taken.size}`];
  if (!db) throw new Error('the host has no further database');
  taken.set(data, db);
  return d1Store({ db, ...(clock ? { clock } : {}) });
};

// At the top of the module, as one would write it: nothing here may need what Workers allow in requests only.
const application = createApplication(env.CONFIG, d1Store({ db: env.DB }), open);

export default {
  fetch: application.fetch,
  scheduled: () => application.cron(),
};
