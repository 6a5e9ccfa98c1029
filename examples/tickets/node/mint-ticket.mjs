/** The same with the kit's own function, which also checks every claim before it signs. */
import { env } from 'node:process';
import { mintTicket } from '@b131/bff/tickets';

const ticket = await mintTicket(
  {
    sub: 'courier-7', // who is paid, in your words
    ref: 'week-2026-47/courier-7', // what is paid: one reference is paid once, for ever
    amount: 425_000, // kopecks, a whole number
    currency: 'RUB',
    full_name: 'Иванов Иван Иванович',
    description: 'Услуги курьера, договор "15/К", без НДС',
  },
  { key: { algorithm: 'HS256', key: env.TICKET_SECRET }, audience: env.TICKET_AUDIENCE },
);
console.log(ticket);
