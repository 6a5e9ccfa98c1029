/** What the merchant knows: who drove what, what is owed, what was paid out. In memory; a shop has its own tables. */

export interface Delivery {
  /** ISO 8601 */
  at: string;
  from: Local;
  to: Local;
  /** Kilometres. */
  distance: number;
  /** Kopecks, a tip included. */
  amount: number;
  tip: number;
}

/** One payout to one courier. Its `ref` stays the same until it is settled, however often the page is reloaded. */
export interface CashOut {
  ref: string;
  /** Kopecks. */
  amount: number;
  /** The BFF's word; null before there is a payout. */
  status: string | null;
  masked: string | null;
  openedAt: string;
  finishedAt: string | null;
  returned: number;
}

/** A name in the languages of the page. */
export interface Local {
  en: string;
  ru: string;
}

export const courier = {
  id: 'courier-2741',
  name: { en: 'Vera Orlova', ru: 'Вера Орлова' },
  /** As the bank wants it. */
  fullName: 'Orlova Vera Pavlovna',
};

const routes: readonly [from: Local, to: Local][] = [
  [
    { en: 'Rosemary Kitchen', ru: 'Кухня «Розмарин»' },
    { en: 'Harbour Street 12', ru: 'Портовая, 12' },
  ],
  [
    { en: 'Paper & Pine', ru: 'Бумага и сосна' },
    { en: 'Mill Lane 4', ru: 'Мельничный пер., 4' },
  ],
  [
    { en: 'Little Seoul', ru: 'Маленький Сеул' },
    { en: 'Observatory Road 31', ru: 'Обсерваторская, 31' },
  ],
  [
    { en: 'Green Grocer', ru: 'Зелёная лавка' },
    { en: 'Linden Square 7', ru: 'Липовая пл., 7' },
  ],
  [
    { en: 'Noor Bakery', ru: 'Пекарня «Нур»' },
    { en: 'Station Hill 19', ru: 'Вокзальная горка, 19' },
  ],
  [
    { en: 'Old Town Pharmacy', ru: 'Аптека Старого города' },
    { en: 'Quay 3', ru: 'Набережная, 3' },
  ],
  [
    { en: 'Osteria Volpe', ru: 'Остерия «Вольпе»' },
    { en: 'North Gate 88', ru: 'Северные ворота, 88' },
  ],
  [
    { en: 'Kiosk 24', ru: 'Киоск 24' },
    { en: 'Birch Avenue 15', ru: 'Берёзовая аллея, 15' },
  ],
];

/** One week's work; the sum is 4 250.00. Days after the first, hour, minutes, km, kopecks, tip. */
const week = [
  [0, 12, 5, 3.1, 41500, 5000],
  [0, 19, 40, 5.4, 58000, 0],
  [1, 13, 22, 2.2, 36500, 0],
  [2, 11, 48, 6.7, 67000, 10000],
  [2, 18, 15, 1.9, 34000, 0],
  [3, 20, 31, 4.8, 61500, 5000],
  [4, 12, 57, 3.6, 52500, 0],
  [5, 17, 9, 7.2, 74000, 12000],
] as const;

/** Money has moved, or has moved and come back. A failed one may be tried again under its `ref`. */
const isSettled = ({ status }: CashOut) => status === 'succeeded' || status === 'returned';

export function createEarnings(now: () => Date = () => new Date()) {
  const deliveries: Delivery[] = [];
  const cashOuts: CashOut[] = [];

  function workAWeek(): void {
    const from = now().getTime() - 7 * 86_400_000;
    for (const [index, [day, hour, minute, distance, amount, tip]] of week.entries()) {
      const at = new Date(from + day * 86_400_000);
      at.setHours(hour, minute, 0, 0);
      const [kitchen, door] = routes[index % routes.length] ?? [courier.name, courier.name];
      deliveries.push({ at: at.toISOString(), from: kitchen, to: door, distance, amount, tip });
    }
  }
  workAWeek();

  const paidOut = () =>
    cashOuts.filter(isSettled).reduce((sum, { amount, returned }) => sum + amount - returned, 0);
  const balance = () => deliveries.reduce((sum, { amount }) => sum + amount, 0) - paidOut();
  const open = () => cashOuts.find((cashOut) => !isSettled(cashOut));

  return {
    workAWeek,
    balance,
    open,
    cashOuts: (): readonly CashOut[] => cashOuts,
    /** The cash-out under way, or a new one over all that is owed; null when nothing is. */
    cashOut(): CashOut | null {
      const known = open();
      if (known) return known;
      const amount = balance();
      if (amount <= 0) return null;
      const at = now().toISOString();
      const ref = `rover-${at.slice(0, 10)}-${cashOuts.length + 1}`;
      const started = {
        ref,
        amount,
        status: null,
        masked: null,
        openedAt: at,
        finishedAt: null,
        returned: 0,
      };
      cashOuts.push(started);
      return started;
    },
    view: () => ({
      courier: courier.name,
      currency: 'RUB',
      balance: balance(),
      open: open() ?? null,
      deliveries: deliveries.toReversed().slice(0, 24),
      cashOuts: cashOuts.filter(isSettled).toReversed(),
    }),
  };
}
