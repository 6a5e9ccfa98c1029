import { B131Payout } from '@b131/element/react';
import { useState } from 'react';
import { getTicket } from './ticket.ts';

export function Earnings() {
  const [news, setNews] = useState('');
  return (
    <>
      <h1>Your earnings</h1>
      <B131Payout
        endpoint={import.meta.env.VITE_PAYOUT_ENDPOINT}
        getTicket={getTicket}
        onSuccess={({ payout }) => setNews(`Paid: ${payout.amount / 100} ${payout.currency}`)}
      />
      <p role="status">{news}</p>
    </>
  );
}
