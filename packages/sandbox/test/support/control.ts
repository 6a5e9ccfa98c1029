import type { Sandbox } from '../../src/index.js';

/** An answer of the control API, as the tests read it. Fields that a test does not expect are simply not there. */
export interface ControlAnswer {
  readonly httpStatus: number;
  readonly body: {
    readonly id: string;
    readonly status: string;
    readonly steps: readonly string[];
    readonly returnable: number;
    readonly payouts: readonly [{ readonly status: string; readonly error: { readonly code: string } }];
    readonly faults: readonly { readonly id: number; readonly kind: string; readonly times: number | null }[];
    readonly kinds: readonly { readonly kind: string; readonly on: readonly string[] }[];
    readonly error: { readonly code: string; readonly description: string };
  };
}

/** Calls `/sandbox/{path}`; with a body by POST, unless `verb` says otherwise. */
export async function control(
  sandbox: Sandbox,
  path: string,
  body?: unknown,
  verb = body === undefined ? 'GET' : 'POST',
): Promise<ControlAnswer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await sandbox.fetch(
    new Request(`http://bank.example/sandbox/${path}`, { method: verb, ...sent }),
  );
  return { httpStatus: response.status, body: await response.json() };
}
