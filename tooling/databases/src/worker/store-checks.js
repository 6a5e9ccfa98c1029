// Runs inside workerd: one check of the suite on the D1 binding that the request names.
import { d1Store } from '@b131/bff/d1';
import { storeChecks } from '@b131/bff/testing';

export default {
  /**
   * @param {Request} request
   * @param {Record<string, import('@b131/bff/d1').D1Binding>} env
   */
  async fetch(request, env) {
    const query = new URL(request.url).searchParams;
    const check = storeChecks.find(({ name }) => name === query.get('check'));
    const db = env[query.get('database') ?? ''];
    if (!check || !db) return new Response('no such check or database', { status: 404 });
    try {
      await check.run(({ clock }) => d1Store({ db, ...(clock ? { clock } : {}) }));
      return new Response('ok');
    } catch (error) {
      return new Response(error instanceof Error ? error.stack : 'failed', { status: 500 });
    }
  },
};
