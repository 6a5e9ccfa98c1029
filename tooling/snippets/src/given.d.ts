/**
 * What a reader of the docs has already where a block of code begins: the imports of the block before, their app, their keys,
 * their own functions. A block is a module, so what it declares itself hides what is given here.
 */
import type * as api from '@b131/api';
import type * as kit from '@b131/bff';
import type { D1Binding } from '@b131/bff/d1';
import type * as node from '@b131/bff/node';
import type { B131Payout } from '@b131/element';
import type { Hono } from 'hono';

declare global {
  const createBank131: typeof api.createBank131;
  const SignatureError: typeof api.SignatureError;
  const WebhookError: typeof api.WebhookError;
  const createBff: typeof kit.createBff;
  const runLoop: typeof node.runLoop;

  const app: Hono;
  const bff: kit.Bff;
  const bank: api.Bank131;
  const options: kit.BffOptions & api.Bank131Options;
  const project: string;
  const privateKey: string;
  const bankPublicKey: string;
  const bankPublicKeys: string[];
  const partnerPublicKey: string;
  const bankPrivateKey: string;
  const ticketSecret: string;
  const secret: string;
  const noticeSecret: string;
  const serverKey: string;
  const accountToken: string;
  const webhookUrl: string;
  const ref: string;
  const subject: string;
  const amount: number;
  const fullName: string;
  const description: string;
  const token: string;
  const controller: AbortController;
  const kms: { sign(request: { algorithm: string; message: Uint8Array }): Promise<Uint8Array<ArrayBuffer>> };
  const receiver: typeof fetch;
  const random: () => number;
  const payout: B131Payout;
  const element: B131Payout;
  const test: (name: string, run: () => Promise<void>) => void;
  const myStore: (options: { data: string; clock?: { now(): number } | undefined }) => kit.Store;
  function riskOf(
    subject: string,
    amount: number,
    options: { signal: AbortSignal },
  ): Promise<'low' | 'high' | 'unknown'>;
  function wakeUp(sessionId: string): Promise<void>;
  function show(code: string): void;
  function report(error: unknown): void;
  function markPaid(ref: string): Promise<void>;
  function renderYourPage(): void;
  function getTicket(): Promise<string>;

  interface Env {
    DB: D1Binding;
    BANK_PRIVATE_KEY: string;
    BANK_PUBLIC_KEY: string;
    TICKET_SECRET: string;
    BFF_SECRET: string;
  }
  interface ExecutionContext {
    waitUntil(work: Promise<unknown>): void;
    passThroughOnException(): void;
    props: unknown;
  }
  const Deno: { serve(answer: (request: Request) => Response | Promise<Response>): void };
  const Bun: {
    serve(options: { fetch(request: Request): Response | Promise<Response>; idleTimeout: number }): void;
  };
}
