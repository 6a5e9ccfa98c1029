/** Next calls this once when its server starts: here the engine's loop begins. A serverless platform has a cron instead. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ runLoop }, { bff }] = await Promise.all([import('@b131/bff/node'), import('../bff.ts')]);
  await bff.checkConfiguration();
  runLoop(bff, { onError: console.error });
}
