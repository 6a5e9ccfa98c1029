import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Earnings } from './Earnings.tsx';

const app = document.querySelector('#app');
if (app) {
  createRoot(app).render(
    <StrictMode>
      <Earnings />
    </StrictMode>,
  );
}
