/** A process that uses a Postgres and ends in the way it is told: with a status of its own, or by whoever kills it. */
import { startPostgres } from '../../src/index.ts';

const [way = ''] = process.argv.slice(2);
const server = await startPostgres();
console.log(server.url);
if (way === 'exit') process.exit(3);
if (way === 'status') {
  process.exitCode = 3;
  await server.remove();
} else process.stdin.resume();
