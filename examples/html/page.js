const payout = document.querySelector('b131-payout');

// Your own server says who is paid how much.
payout.getTicket = async () => {
  const response = await fetch('/api/ticket', { method: 'POST' });
  return (await response.json()).ticket;
};

payout.addEventListener('b131-success', ({ payout: { amount, currency } }) => {
  document.querySelector('#news').textContent = `Paid: ${amount / 100} ${currency}`;
});
