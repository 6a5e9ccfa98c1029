import { Hono } from 'hono';
import { after } from 'next/server';

export const dynamic = 'force-dynamic';

// Imported at the first request: `next build` runs this module as well, where no secret is set.
const bffApp = async () => (await import('../../../../bff.ts')).bff.app;
let mounted: Promise<Hono> | undefined;

async function answer(request: Request): Promise<Response> {
  mounted ??= bffApp().then((app) => new Hono().route('/b131', app));
  // `after` keeps a function of a serverless platform alive until what the request began is done.
  const context = {
    waitUntil: (work: Promise<unknown>) => after(work),
    passThroughOnException() {},
    props: {},
  };
  return (await mounted).fetch(request, {}, context);
}

export { answer as GET, answer as OPTIONS, answer as POST };
