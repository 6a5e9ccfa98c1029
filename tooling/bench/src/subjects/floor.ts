/**
 * The floor: the HTTP exchanges of a payout with their signatures and verifications, and nothing else. No store, no
 * checks, no second try; a process that dies forgets everything, and whatever goes wrong goes wrong. Nobody should pay
 * with this: it is what the rest of the kit is measured against.
 */
import { createHmac, createPrivateKey, createPublicKey, sign, timingSafeEqual, verify } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { readSubjectConfig, report } from './subject.ts';

const { bank, project, ...keys } = readSubjectConfig();
const privateKey = createPrivateKey(keys.privateKey);
const bankKey = createPublicKey(keys.bankPublicKey);
const ticketKey = Buffer.from(keys.ticketKey, 'base64');
const agent = new Agent({ keepAlive: true });
const statuses = new Map<string, string>();

const server = createServer((incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    handle(incoming, Buffer.concat(chunks), response).catch(() => answer(response, 500, {}));
  });
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  report(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
});

async function handle(incoming: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const { method, url = '' } = incoming;
  if (url === '/webhooks/bank131') return webhook(incoming, body, response);
  const ticket = readTicket(incoming.headers.authorization ?? '');
  if (method === 'GET' && url === '/payouts/current') return answer(response, 404, {});
  if (url === '/public-tokens') {
    const { public_token } = await call('v1', 'token', { tokenize_widget: { access: true } });
    return answer(response, 201, { publicToken: public_token });
  }
  if (method === 'POST') {
    answer(response, 202, { payout: { id: ticket.ref, status: 'created' }, viewToken: 'none' });
    return pay(ticket, JSON.parse(body.toString()).token);
  }
  return answer(response, 200, { payout: { id: ticket.ref, status: statuses.get(ticket.ref) ?? 'created' } });
}

// biome-ignore lint/suspicious/noExplicitAny: it checks nothing
async function pay({ ref, amount, full_name, description }: any, token: string): Promise<void> {
  const [{ session }] = await Promise.all([
    call('v2', 'session/create', { metadata: { ref } }),
    call('v1', 'token/info', { type: 'bank_account_ru', bank_account_ru: { token } }),
  ]);
  await call('v2', 'session/start/payout', {
    session_id: session.id,
    payout_details: {
      type: 'bank_account',
      bank_account: { system_type: 'ru', ru: { token, full_name, description } },
    },
    amount_details: { amount, currency: 'rub' },
    metadata: { ref },
  });
}

async function webhook(incoming: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const signature = Buffer.from(String(incoming.headers['x-partner-sign']), 'base64');
  if (!verify('sha256', body, bankKey, signature)) return answer(response, 401, {});
  answer(response, 200, { status: 'ok' });
  const { id } = JSON.parse(body.toString()).session;
  const { session } = await call('v2', 'session/status', { session_id: id });
  const [payout] = session.payout_list;
  if (session.next_action === 'confirm') await call('v2', 'session/confirm', { session_id: id });
  else statuses.set(payout.metadata.ref, payout.status);
}

function readTicket(authorization: string) {
  const [head = '', claims = '', signature = ''] = authorization.slice('Bearer '.length).split('.');
  const expected = createHmac('sha256', ticketKey).update(`${head}.${claims}`).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) throw new Error('forged');
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}

// biome-ignore lint/suspicious/noExplicitAny: it checks nothing
function call(version: string, method: string, told: object): Promise<any> {
  const body = Buffer.from(JSON.stringify(told));
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-partner-project': project,
    'x-partner-sign': sign('sha256', body, privateKey).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const url = `${bank}/api/${version}/${method}`;
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function answer(response: ServerResponse, status: number, told: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(told));
}
