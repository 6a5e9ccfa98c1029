import type { PayoutView } from '../../src/bff/payout.js';
import type { Fault, Route, Seen, WorldOptions } from '../server/world.ts';

/** Origin of the fake bank and backend. */
export const origin = await fetch('/fake-origin').then((response) => response.text());

/** What a world has seen so far, and where its payout stands. */
export interface Sight {
  readonly seen: readonly Seen[];
  readonly payout: PayoutView | null;
  readonly answered: 'confirm' | 'cancel' | null;
  readonly token: string | null;
  readonly streams: number;
  /** Paths about which a browser has asked beforehand. */
  readonly preflights: readonly string[];
}

/** A backend of a test's own, behind real HTTP. */
export interface TestWorld {
  readonly endpoint: string;
  move(change: Partial<PayoutView>): Promise<Sight>;
  fault(route: Route, ...faults: Fault[]): Promise<Sight>;
  cut(): Promise<Sight>;
  /** Lets the answers go that are late. */
  release(): Promise<Sight>;
  look(): Promise<Sight>;
  /** Requests of one route. */
  seen(route: Route): Promise<readonly Seen[]>;
}

export async function createWorld(
  confirm: WorldOptions['confirm'] = 'automatic',
  more: Partial<WorldOptions> = {},
): Promise<TestWorld> {
  const { id } = await post('/worlds', {
    confirm,
    origins: [location.origin],
    widget: {},
    bare: false,
    ...more,
  });
  const pull = (deed: string, body: object = {}): Promise<Sight> => post(`/worlds/${id}/${deed}`, body);
  return {
    endpoint: `${origin}/w/${id}`,
    move: (change) => pull('move', change),
    fault: (route, ...faults) => pull('fault', { route, faults }),
    cut: () => pull('cut'),
    release: () => pull('release'),
    look: () => pull('look'),
    seen: async (route) => (await pull('look')).seen.filter((request) => request.route === route),
  };
}

async function post(path: string, body: object): Promise<ReturnType<typeof JSON.parse>> {
  const response = await fetch(origin + path, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}

/** A ticket as the merchant's server mints it; nothing here checks its signature. */
export function ticket(mark = 'good', amount = 150000): string {
  const claims = {
    sub: 'u1',
    ref: 'order-1042',
    amount,
    currency: 'RUB',
    description: 'Refund for order 1042',
  };
  const base64 = btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `head.${base64}.${mark}`;
}
