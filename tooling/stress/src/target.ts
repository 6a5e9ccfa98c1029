// The server under fire, in a process of its own: every route open, everything said that it can say.
import { createBank131 } from '@b131/api';
import { createBff, memoryStore } from '@b131/bff';
import { serve } from '@b131/bff/node';
import type { TargetConfig, TargetReport } from './target-protocol.ts';

const { canaries, bankApi, bankPublicKey, project, origin, confirm } = readConfig();
const bff = createBff({
  bank: createBank131({
    environment: { api: bankApi },
    project,
    privateKey: canaries.privateKey,
    bankPublicKeys: [bankPublicKey],
  }),
  store: memoryStore(),
  tickets: { keys: [{ algorithm: 'HS256', key: canaries.ticketKey }] },
  secret: canaries.secret,
  origins: [origin],
  confirm,
  merchant: { keys: [canaries.serverKey] },
  operator: (c) => (c.req.header('x-session') === canaries.operatorSession ? { name: 'fuzz@ops' } : null),
  // Nobody answers there: what is told of results is refused, and tried again.
  notify: { url: 'http://127.0.0.1:9/notices', secret: canaries.noticeSecret },
  load: { perSubject: 1_000_000_000 },
  onEvent: (event) => console.log(JSON.stringify(event)),
});
const server = await serve(bff, { port: 0, onError: (error) => console.error(error) });

process.on('message', (word) => {
  if (word === 'measure') void measure();
  if (word === 'stop') void server.close().then(() => process.disconnect());
});
process.send?.({ url: server.url });

async function measure(): Promise<void> {
  // Twice: what the first finds dead may keep something else alive until the second.
  for (let n = 0; n < 2; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
  }
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const { user, system } = process.cpuUsage();
  const { heapUsed: heap } = process.memoryUsage();
  const report: TargetReport = { heap, sockets, cpu: user + system, load: bff.load() };
  process.send?.({ report });
}

function readConfig(): TargetConfig {
  return JSON.parse(process.env.FUZZ_TARGET ?? '{}');
}
