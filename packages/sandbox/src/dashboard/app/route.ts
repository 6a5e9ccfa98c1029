/** Where the reader is: every view has an address that can be kept and sent. */
export type Route =
  | { readonly view: 'payouts'; readonly search: string; readonly status: string; readonly session?: string }
  | { readonly view: 'traffic'; readonly search: string; readonly only: string; readonly event?: number }
  | { readonly view: 'behaviour'; readonly session?: string }
  | { readonly view: 'setup' };

export type View = Route['view'];

/** `#/payouts/ps_1?status=failed`, `#/traffic?search=confirm` …; anything else is the list of payouts. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [view, item] = path.split('/', 2).map(decode);
  const params = new URLSearchParams(query);
  const search = params.get('search') ?? '';
  if (view === 'setup') return { view };
  const session = params.get('session');
  if (view === 'behaviour') return { view, ...(session && { session }) };
  if (view === 'traffic') {
    const event = Number(item);
    const opened = Number.isInteger(event) && event > 0 ? { event } : {};
    return { view, search, only: params.get('only') ?? '', ...opened };
  }
  return { view: 'payouts', search, status: params.get('status') ?? '', ...(item && { session: item }) };
}

export function hrefOf(route: Route): string {
  switch (route.view) {
    case 'payouts':
      return address(['payouts', route.session], { search: route.search, status: route.status });
    case 'traffic':
      return address(['traffic', route.event], { search: route.search, only: route.only });
    case 'behaviour':
      return address(['behaviour'], { session: route.session ?? '' });
    default:
      return address([route.view], {});
  }
}

export const sessionHref = (session: string) => hrefOf({ view: 'payouts', search: '', status: '', session });
/** Where faults are asked for, with a session filled in. */
export const faultsHref = (session: string) => hrefOf({ view: 'behaviour', session });
export const eventHref = (event: number) => hrefOf({ view: 'traffic', search: '', only: '', event });

function address(path: readonly (string | number | undefined)[], query: Record<string, string>): string {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const parts = path.filter((part) => part !== undefined).map((part) => encodeURIComponent(part));
  return `#/${parts.join('/')}${params.size > 0 ? `?${params}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
