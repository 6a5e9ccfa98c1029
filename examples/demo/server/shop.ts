/**
 * The merchant's back end. All that a merchant writes for the kit is in `integration` below: say who is paid how
 * much, and ask how it went. Any language will do; a ticket is a JWT.
 */
import { mintTicket } from '@b131/bff/tickets';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { live, setting } from './child.ts';
import { type CashOut, courier, createEarnings } from './earnings.ts';
import { addDemoRoutes, pageHeaders } from './showroom.ts';

const bffUrl = setting('BFF_URL');
const earnings = createEarnings();

function integration(app: Hono): void {
  // Your session tells who is signed in, your books tell what is owed. Nothing of it comes from the browser.
  app.post('/api/ticket', async (c) => {
    const cashOut = earnings.cashOut();
    if (!cashOut) return c.json({ code: 'nothing_to_pay' }, 409);
    return c.json({ ticket: await ticketFor(cashOut) });
  });

  app.get('/api/earnings', async (c) => {
    await Promise.all(earnings.cashOuts().map(askHowItWent));
    return c.json(earnings.view());
  });
}

function ticketFor({ ref, amount }: CashOut): Promise<string> {
  const claims = { sub: courier.id, ref, amount, currency: 'RUB', full_name: courier.fullName };
  return mintTicket(
    { ...claims, description: 'Rover courier earnings' },
    {
      key: { kid: 'rover-1', algorithm: 'HS256', key: setting('TICKET_SECRET') },
      audience: `sandbox:${setting('PROJECT')}`,
    },
  );
}

/** The page's `b131-success` is a hint to look; the books go by what the BFF says to the server. */
async function askHowItWent(cashOut: CashOut): Promise<void> {
  const headers = { authorization: `Bearer ${await ticketFor(cashOut)}` };
  const response = await fetch(`${bffUrl}/b131/payouts/current`, { headers }).catch(() => null);
  if (!response?.ok) return;
  const { payout } = await response.json();
  cashOut.status = payout.status;
  cashOut.masked = payout.destination.masked;
  cashOut.finishedAt = payout.finishedAt;
  cashOut.returned = payout.returnedAmount;
}

await live(async () => {
  const app = new Hono();
  app.use(pageHeaders({ bffUrl, sandboxUrl: setting('SANDBOX_URL') }));
  integration(app);
  addDemoRoutes(app, { bffUrl, sandboxUrl: setting('SANDBOX_URL'), anotherWeek: earnings.workAWeek });
  app.use(serveStatic({ root: setting('PAGE_DIR') }));
  return listen(app, Number(setting('DEMO_PORT')));
});

function listen(app: Hono, port: number) {
  return new Promise<{ url: string; close(): Promise<void> }>((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) =>
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        close: async () => {
          server.close();
        },
      }),
    );
    server.once('error', reject);
  });
}
