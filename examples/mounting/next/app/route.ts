export function GET(): Response {
  return new Response('the shop');
}
