// Takes the write lock of a SQLite file and keeps it until it is killed.
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync(process.argv[2] ?? '');
database.exec('BEGIN IMMEDIATE');
process.send?.('ready');
setInterval(() => {}, 60_000);
