/** Your own server says who is paid how much. */
export async function getTicket(): Promise<string> {
  const response = await fetch('/api/ticket', { method: 'POST' });
  return (await response.json()).ticket;
}
