import { B131Payout } from '@b131/element/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { getTicket } from './ticket.ts';

function Earnings() {
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

const app = document.querySelector('#app');
if (app) {
  createRoot(app).render(
    <StrictMode>
      <Earnings />
    </StrictMode>,
  );
}
