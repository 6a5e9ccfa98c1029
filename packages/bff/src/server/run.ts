import { Bank131Error } from '@b131/api';
import { createBff } from '../create-bff.js';
import { createLog, eventLog, type Log } from '../events/event-log.js';
import { type RunningServer, serve } from '../node/serve.js';
import { ConfigurationError } from '../secrets/configuration-error.js';
import { StoreError } from '../store/store.js';
import { TicketKeysError } from '../tickets/index.js';
import { version } from '../version.js';
import { withAccessLog } from './access-log.js';
import { bankOf, bffOptionsOf, incomplete, storeOf } from './parts.js';
import { SettingsError } from './read-settings.js';
import type { Settings } from './settings.js';

/**
 * Serves payouts as the settings say, until a signal ends it.
 *
 * @throws {SettingsError | ConfigurationError | KeyError | RequestError | StoreError | PortTakenError} for what whoever
 * runs it has to mend
 */
export async function run(settings: Settings): Promise<RunningServer> {
  const missing = incomplete(settings);
  if (missing.length > 0) throw new SettingsError(missing);
  const log = createLog({ level: settings.logLevel });
  const bank = bankOf(settings);
  const store = await storeOf(settings);
  try {
    const bff = createBff({
      ...bffOptionsOf(settings, { bank, store }),
      onEvent: eventLog(log),
      onError: (error, id) => log('error', 'request.failed', { id, ...told(error) }),
    });
    const app = settings.accessLog ? withAccessLog(bff.app, log) : bff.app;
    // Whatever ends the server, a signal too, closes the BFF last.
    const close = () => bff.close().finally(() => log('info', 'server.closed'));
    const server = await serve(
      { ...bff, app, close },
      {
        hostname: settings.host,
        port: settings.port,
        path: settings.path,
        signals: true,
        shutdownTimeout: settings.shutdownTimeout,
        onError: (error) => log('error', 'loop.failed', told(error)),
      },
    );
    tellStart(log, settings, server.url);
    return server;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function tellStart(
  log: Log,
  { environment = '', project = '', confirm, databaseUrl }: Settings,
  url: string,
): void {
  log('info', 'server.listening', {
    url,
    webhooks: `${url}/webhooks/bank131`,
    environment,
    project,
    confirm,
    store: databaseUrl === undefined ? 'sqlite' : 'postgres',
    version,
  });
}

/** Of our own errors the message, which holds no secrets; of others only what they are and where they came from. */
function told(error: unknown): { error: string; message?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const isOurs = [StoreError, ConfigurationError, TicketKeysError, Bank131Error].some(
    (kind) => error instanceof kind,
  );
  if (isOurs) return { error: error.name, message: error.message };
  const [frame = ''] = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { error: error.name, at: frame.trim() };
}
