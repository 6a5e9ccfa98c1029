import type { KeyPair } from './keys.ts';

/** What a server under measure is told when it starts. */
export interface SubjectConfig {
  /** Address of the bank, without `/api`. */
  bank: string;
  project: string;
  /** HS256, base64: what tickets are signed with. */
  ticketKey: string;
  privateKey: KeyPair['privateKey'];
  bankPublicKey: KeyPair['publicKey'];
  /** Where it may keep its data. */
  folder: string;
  /** Address of a Postgres, for whoever wants one. */
  postgres?: string;
  /** What it does differently from its kind's usual way. */
  variant?: string;
}

/** What a process has used since it began, in microseconds of CPU and bytes. */
export interface Usage {
  cpu: number;
  heap: number;
  rss: number;
}

/** What the stub of the bank is told. */
export type BankOrder =
  | { order: 'tenant'; name: string; webhooks: string }
  | { order: 'sessions'; count: number }
  | { order: 'counts'; name: string };

/** What the stub of the bank says. */
export type BankWord =
  | { word: 'listening'; url: string }
  | { word: 'done' }
  | { word: 'counts'; calls: Record<string, number> }
  /** References whose end the tenant has read from `session/status`. */
  | { word: 'ended'; tenant: string; refs: string[] };
