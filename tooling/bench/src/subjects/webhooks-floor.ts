// One verification and one durable insert, and nothing else.
import { createPublicKey, verify } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readSubjectConfig, report } from './subject.ts';

const { bankPublicKey, folder } = readSubjectConfig();
const key = createPublicKey(bankPublicKey);
mkdirSync(folder, { recursive: true });
const db = new DatabaseSync(join(folder, 'webhooks.db'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
db.exec('CREATE TABLE webhooks (session TEXT NOT NULL, body TEXT NOT NULL)');
const insert = db.prepare('INSERT INTO webhooks VALUES (?, ?)');

const server = createServer((incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks);
    const signature = Buffer.from(String(incoming.headers['x-partner-sign']), 'base64');
    const isGood = verify('sha256', body, key, signature);
    if (isGood) insert.run(JSON.parse(body.toString()).session.id, body.toString());
    response.writeHead(isGood ? 200 : 401).end();
  });
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  report(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
});
