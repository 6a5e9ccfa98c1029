import { freePort, type Project, type Running } from './project.ts';
import { quickStart } from './quick-start.ts';

/** The addresses that README names. The machine may have them in use, so each stands for a free one here. */
export const named = { bank: 4131, bff: 4132, shop: 4133, page: 5173 } as const;

/** README's quick start in an empty project: installed, its files written, its servers started one by one. */
export interface Stand {
  ports: Readonly<Record<keyof typeof named, number>>;
  /** Where a browser finds what it knows by README's addresses. */
  addresses: Readonly<Record<string, string>>;
  startBank(): Promise<void>;
  startBff(): Promise<void>;
  /** A reference is paid once: another one is owed to the same courier. Stops the shop before. */
  startShop(ref?: string): Promise<void>;
  /** Starts another server of the project. */
  start(line: string, ready: RegExp): Promise<Running>;
  /** What the bank has moved. */
  amounts(): Promise<number[]>;
  /** What all servers said, for the day something goes wrong. */
  output(): string;
}

export async function openStand(project: Project): Promise<Stand> {
  const typed = quickStart();
  const ports = {
    bank: await freePort(),
    bff: await freePort(),
    shop: await freePort(),
    page: await freePort(),
  };
  const free = new Map<string, number>([
    [String(named.bank), ports.bank],
    [String(named.bff), ports.bff],
    [String(named.shop), ports.shop],
    [String(named.page), ports.page],
  ]);
  /** The server's side of an address; the page's is mapped in the browser, so the page stays as it was typed. */
  const onThisMachine = (text: string) =>
    text.replace(
      /(127\.0\.0\.1:|port: |--port |listen\()(\d{4})\b/g,
      (whole, before: string, port: string) => (free.has(port) ? `${before}${free.get(port)}` : whole),
    );
  const servers: Running[] = [];
  const start = async (line: string, ready: RegExp) => {
    const server = project.start(line);
    servers.push(server);
    await server.says(ready);
    return server;
  };

  // The folder is there already.
  for (const line of typed.preparations) if (!line.startsWith('mkdir')) await project.run(line);
  for (const [name, text] of typed.files)
    await project.write(name, name === 'index.html' ? text : onThisMachine(text));
  const [bank = '', bff = '', shop = ''] = typed.servers;
  let shopping: Running | undefined;

  return {
    ports,
    addresses: {
      [`localhost:${named.page}`]: `localhost:${ports.page}`,
      [`127.0.0.1:${named.bank}`]: `127.0.0.1:${ports.bank}`,
      [`127.0.0.1:${named.bff}`]: `127.0.0.1:${ports.bff}`,
    },
    async startBank() {
      await start(onThisMachine(bank), /bank-public\.pem/);
    },
    async startBff() {
      await start(bff, /payouts at http/);
    },
    async startShop(ref) {
      await shopping?.stop();
      if (ref !== undefined) {
        const text = onThisMachine(typed.files.get('shop.js') ?? '');
        await project.write('shop.js', text.replace(/ref: '[^']+'/, `ref: '${ref}'`));
      }
      shopping = await start(shop, /^/);
      await answers(`http://127.0.0.1:${ports.shop}`);
    },
    start,
    async amounts() {
      const ledger = await fetch(`http://127.0.0.1:${ports.bank}/sandbox/ledger`);
      const { movements }: { movements: { amount: number }[] } = await ledger.json();
      return movements.map(({ amount }) => amount);
    },
    output: () => servers.map((one) => one.output()).join('\n---\n'),
  };
}

/** Waits until something answers there. */
async function answers(url: string): Promise<void> {
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
