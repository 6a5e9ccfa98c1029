/** What the page asks its own server. */

export interface Config {
  endpoint: string;
  bffEvents: string;
  sandbox: string;
  bik: string;
  accounts: { ending: string; account: string }[];
  canKill: boolean;
  /** Names this run of the demo. */
  run: string;
}

export interface Local {
  en: string;
  ru: string;
}

export interface Delivery {
  at: string;
  from: Local;
  to: Local;
  distance: number;
  amount: number;
  tip: number;
}

export interface CashOut {
  ref: string;
  amount: number;
  status: string | null;
  masked: string | null;
  openedAt: string;
  finishedAt: string | null;
  returned: number;
}

export interface Earnings {
  courier: Local;
  currency: string;
  balance: number;
  open: CashOut | null;
  deliveries: Delivery[];
  cashOuts: CashOut[];
}

export const getConfig = (): Promise<Config> => ask('/api/config');
export const getEarnings = (): Promise<Earnings> => ask('/api/earnings');

/** The ticket says who is paid how much; the shop's server makes it, the page only carries it. */
export async function getTicket(): Promise<string> {
  const { ticket } = await ask<{ ticket: string }>('/api/ticket', 'POST');
  return ticket;
}

export const workAnotherWeek = (): Promise<void> => order('/api/demo/week');
export const killBff = (): Promise<void> => order('/api/demo/kill-bff');

async function ask<T>(path: string, method: 'GET' | 'POST' = 'GET'): Promise<T> {
  const response = await fetch(path, { method });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.json();
}

async function order(path: string): Promise<void> {
  const response = await fetch(path, { method: 'POST' });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
}
