/** One method of the bank. */
export interface Method {
  /** Its path and its name in errors. */
  readonly name: string;
  /** Whether it exists as v2 (documented); the others are always called as v1. */
  readonly versioned: boolean;
  /** Whether the client may send it again on its own: only what cannot move money. */
  readonly repeatable: boolean;
}

const safe = { versioned: false, repeatable: true };

/** The methods this client calls. */
export const methods = {
  token: { name: 'token', ...safe },
  tokenInfo: { name: 'token/info', ...safe },
  tokenize: { name: 'tokenize', ...safe },
  walletBalance: { name: 'wallet/balance', ...safe },
  createSession: { name: 'session/create', versioned: true, repeatable: true },
  initPayout: { name: 'session/init/payout', versioned: true, repeatable: false },
  startPayout: { name: 'session/start/payout', versioned: true, repeatable: false },
  confirm: { name: 'session/confirm', versioned: true, repeatable: false },
  cancel: { name: 'session/cancel', versioned: true, repeatable: false },
  status: { name: 'session/status', versioned: true, repeatable: true },
} as const satisfies Record<string, Method>;
