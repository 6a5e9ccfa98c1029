import { sqliteStore } from '@b131/bff/node';

// Opens every file it is told of, closes it again, and tells how that went.
process.on('message', async (path: string) => {
  try {
    await sqliteStore({ path }).close();
    process.send?.('opened');
  } catch (error) {
    process.send?.(String(error));
  }
});
process.send?.('ready');
