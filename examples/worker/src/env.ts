import type { D1Binding } from '@b131/bff/d1';

/** What `wrangler.jsonc` binds. */
export interface Env {
  DB: D1Binding;
  /** `demo`, `live`, or the address of a sandbox. */
  BANK_ENVIRONMENT: string;
  BANK_PROJECT: string;
  /** Origins of the pages with the tag, with commas between them. */
  SHOP_ORIGIN: string;
  /** Secrets; PEM. */
  BANK_PRIVATE_KEY: string;
  BANK_PUBLIC_KEY: string;
  /** Secrets; base64 of 32 bytes (`openssl rand -base64 32`). */
  TICKET_SECRET: string;
  BFF_SECRET: string;
  /** Secret; opens `/merchant/*` to your own servers. */
  SERVER_KEY?: string;
}

/** @throws {Error} that names what is not set, and how to set it */
export function setting(env: Env, name: Exclude<keyof Env, 'DB'>): string {
  const value = env[name];
  if (!value)
    throw new Error(
      `${name} is not set: give it in "vars" of wrangler.jsonc, or with wrangler secret put ${name}`,
    );
  return value;
}
