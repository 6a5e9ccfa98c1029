import { serveSandbox } from '@b131/sandbox/node';
import { announce, readNeeds } from './processes.ts';

/** What the bank is told when it starts. */
export interface SandboxNeeds {
  keysDir: string;
  project: string;
  webhookUrl: string;
  processingMs: number;
}

const { keysDir, project, webhookUrl, processingMs } = readNeeds<SandboxNeeds>();
const { url } = await serveSandbox({
  port: 0,
  keysDir,
  project,
  webhookUrl,
  settings: { processingMs, shortConfirmTimeoutMs: 1500, walletBalance: Number.MAX_SAFE_INTEGER },
});
announce(url);
