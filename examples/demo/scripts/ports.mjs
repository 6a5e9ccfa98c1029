/** The three ports: who needs them, how they are chosen, whether they are free. */
import { createServer } from 'node:net';

export const hostname = '127.0.0.1';

export const services = [
  { name: 'shop', what: 'the page', port: 4130, option: 'port', variable: 'DEMO_PORT' },
  { name: 'sandbox', what: 'the sandbox bank', port: 4131, option: 'sandbox-port', variable: 'SANDBOX_PORT' },
  { name: 'bff', what: 'the BFF', port: 4132, option: 'bff-port', variable: 'BFF_PORT' },
];

/** Something the person at the keyboard can mend: shown without a stack trace. */
export class Plain extends Error {}

/**
 * @param {Record<string, string | undefined>} options
 * @param {Record<string, string | undefined>} env
 * @returns {Record<string, number>} by service
 */
export function choosePorts(options, env) {
  const ports = Object.fromEntries(
    services.map((service) => [
      service.name,
      readPort(service, options[service.option] ?? env[service.variable]),
    ]),
  );
  for (const one of services) {
    const other = services.find(({ name }) => name !== one.name && ports[name] === ports[one.name]);
    if (other) {
      throw new Plain(
        `Port ${ports[one.name]} is given to ${one.what} and to ${other.what}: choose another with --${other.option} or ${other.variable}.`,
      );
    }
  }
  return ports;
}

function readPort({ port, option, variable }, text) {
  if (text === undefined || text === '') return port;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65535) return number;
  throw new Plain(`"${text}" is no port: --${option} (${variable}) takes a number from 1 to 65535.`);
}

/** Refuses to begin when a port is taken, naming the ways out. */
export async function requireFree(ports) {
  for (const { name, what, option, variable } of services) {
    const code = await probe(ports[name]);
    if (code === null) continue;
    const why =
      code === 'EADDRINUSE'
        ? 'is taken'
        : code === 'EACCES'
          ? 'needs more rights than you have'
          : `cannot be used (${code})`;
    throw new Plain(
      `Port ${ports[name]} on ${hostname} ${why}, and ${what} needs it.\nStop what uses it, or choose another: --${option} N or ${variable}=N.`,
    );
  }
}

/** @returns {Promise<string | null>} the error's code, null when the port is free */
function probe(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code ?? 'unknown'));
    server.listen(port, hostname, () => server.close(() => resolve(null)));
  });
}

/** Three ports that nobody uses. They are held together, so that they differ. */
export async function freePorts() {
  const servers = await Promise.all(services.map(hold));
  const ports = Object.fromEntries(services.map(({ name }, index) => [name, servers[index].address().port]));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function hold() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, hostname, () => resolve(server));
  });
}
