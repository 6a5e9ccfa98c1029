import { type Bank131, type Bank131Options, createBank131 } from '../../src/index.js';
import { rsa } from './keys.js';

/** A client of the server at that address. It does not wait between tries, but notes how long it would have. */
export function clientOf(api: string, options: Partial<Bank131Options> = {}): Bank131 & { waits: number[] } {
  const waits: number[] = [];
  const bank = createBank131({
    environment: { api },
    project: 'test_project',
    privateKey: rsa.pkcs8,
    bankPublicKeys: [rsa.spki],
    ...options,
    retry: {
      random: () => 0.5,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
      },
      ...options.retry,
    },
  });
  return { ...bank, waits };
}

/** A session as the bank writes it. */
export const sessionBody = (fields: Record<string, unknown> = {}) => ({
  status: 'ok',
  session: {
    id: 'ps_3230',
    status: 'created',
    created_at: '2024-05-27T02:03:00.000000Z',
    updated_at: '2024-05-27T02:03:00.000000Z',
    ...fields,
  },
});
