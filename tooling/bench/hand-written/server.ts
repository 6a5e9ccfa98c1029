/**
 * The seven steps of the bank's page, written by hand on Express, as a careful developer writes them in a few days: the
 * reference is unique, signatures are checked over the raw body, the amount is compared before the confirm, and what the
 * bank should repeat is answered with an error. It is here to be compared with, not to be used.
 */
import { createHmac, createPrivateKey, createPublicKey, sign, timingSafeEqual, verify } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import express, { type NextFunction, type Request, type Response } from 'express';
import { readSubjectConfig, report } from '../src/subjects/subject.ts';

const config = readSubjectConfig();
const privateKey = createPrivateKey(config.privateKey);
const bankKey = createPublicKey(config.bankPublicKey);

mkdirSync(config.folder, { recursive: true });
const db = new DatabaseSync(join(config.folder, 'payouts.db'));
db.exec(`PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS payouts (
    ref TEXT PRIMARY KEY,
    amount INTEGER NOT NULL,
    session_id TEXT UNIQUE,
    status TEXT NOT NULL,
    error TEXT
  )`);
const byRef = db.prepare('SELECT * FROM payouts WHERE ref = ?');
const bySession = db.prepare('SELECT * FROM payouts WHERE session_id = ?');
const insert = db.prepare("INSERT OR IGNORE INTO payouts (ref, amount, status) VALUES (?, ?, 'created')");
const again = db.prepare("UPDATE payouts SET status = 'created' WHERE ref = ? AND status = 'failed'");
const opened = db.prepare('UPDATE payouts SET session_id = ? WHERE ref = ?');
const setStatus = db.prepare('UPDATE payouts SET status = ?, error = ? WHERE ref = ?');

const app = express();

// Step 7 and 5: the bank's webhooks. The raw body, because that is what was signed.
app.post('/webhooks/bank131', express.raw({ type: () => true }), async (req, res) => {
  const signature = Buffer.from(req.header('x-partner-sign') ?? '', 'base64');
  if (!verify('sha256', req.body, bankKey, signature)) return res.status(401).end();
  const { type, session } = JSON.parse(req.body.toString());
  const payout = bySession.get(session.id);
  if (!payout) return res.status(200).end();
  const [paid] = session.payout_list ?? session.payments ?? [];
  if (type === 'ready_to_confirm') {
    if (paid.amount_details.amount !== payout.amount) {
      await call('v2/session/cancel', { session_id: session.id });
      setStatus.run('failed', 'amount_mismatch', payout.ref ?? null);
    } else {
      // Step 6. If it fails, an error makes the bank send the webhook again.
      await call('v2/session/confirm', { session_id: session.id });
    }
  }
  if (type === 'payment_finished') {
    const code = paid.error?.code ?? null;
    setStatus.run(paid.status === 'succeeded' ? 'succeeded' : 'failed', code, payout.ref ?? null);
  }
  return res.status(200).json({ status: 'ok' });
});

app.use(express.json());

app.get('/payouts/current', (req, res) => {
  const payout = byRef.get(ticketOf(req).ref);
  if (!payout) return res.status(404).json({ error: 'not_found' });
  return res.json({ payout: viewOf(payout) });
});

// Step 1. The page shows the widget with it: step 2.
app.post('/public-tokens', async (req, res) => {
  ticketOf(req);
  const { public_token } = await call('v1/token', { tokenize_widget: { access: true } });
  res.status(201).json({ publicToken: public_token });
});

// Steps 3 and 4.
app.post('/payouts', async (req, res) => {
  const { ref, amount, full_name, description } = ticketOf(req);
  const { token } = req.body;
  const isNew = insert.run(ref, amount).changes > 0 || again.run(ref).changes > 0;
  if (isNew) {
    try {
      const [{ session }] = await Promise.all([
        call('v2/session/create', { metadata: { ref } }),
        call('v1/token/info', { type: 'bank_account_ru', bank_account_ru: { token } }),
      ]);
      opened.run(session.id, ref);
      await call('v2/session/start/payout', {
        session_id: session.id,
        payout_details: {
          type: 'bank_account',
          bank_account: { system_type: 'ru', ru: { token, full_name, description } },
        },
        amount_details: { amount, currency: 'rub' },
        metadata: { ref },
      });
      setStatus.run('processing', null, ref);
    } catch (error) {
      setStatus.run('failed', 'start_failed', ref);
      throw error;
    }
  }
  res.status(202).json({ payout: viewOf(byRef.get(ref) ?? {}), viewToken: 'none' });
});

app.get('/payouts/:id', (req, res) => {
  res.json({ payout: viewOf(byRef.get(ticketOf(req).ref) ?? {}) });
});

app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
  res.status(502).json({ error: error instanceof Error ? error.message : 'failed' });
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  report(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
});

async function call(method: string, body: object) {
  const text = JSON.stringify(body);
  const response = await fetch(`${config.bank}/api/${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-partner-project': config.project,
      'x-partner-sign': sign('sha256', Buffer.from(text), privateKey).toString('base64'),
    },
    body: text,
    signal: AbortSignal.timeout(20_000),
  });
  const answer = await response.json();
  if (!response.ok || answer.status === 'error') throw new Error(answer.error?.code ?? 'bank_error');
  return answer;
}

function ticketOf(req: Request) {
  const [head = '', claims = '', signature = ''] = (req.header('authorization') ?? '').slice(7).split('.');
  const key = Buffer.from(config.ticketKey, 'base64');
  const expected = createHmac('sha256', key).update(`${head}.${claims}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error('ticket');
  const ticket = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (ticket.exp * 1000 < Date.now()) throw new Error('ticket_expired');
  return ticket;
}

function viewOf({ ref, status, amount, error }: Record<string, unknown>) {
  return { id: ref, ref, status, amount, error };
}
