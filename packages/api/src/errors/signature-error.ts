import { Bank131Error } from './bank131-error.js';

/** Why a webhook was not believed. */
export type SignatureErrorReason =
  /** No `X-PARTNER-SIGN` header, or an empty one. */
  | 'missing'
  /** The header is not base64. */
  | 'malformed'
  /** No configured bank key verifies the body. */
  | 'invalid';

const explanations: Record<SignatureErrorReason, string> = {
  missing: 'the webhook has no X-PARTNER-SIGN header',
  malformed: 'the X-PARTNER-SIGN header of the webhook is not base64',
  invalid:
    'no key of bankPublicKeys verifies the webhook: hand over the body as it was received, byte for byte, and check that the key belongs to this environment',
};

/** The webhook is not proven to come from the bank: do nothing with it and answer 403. */
export class SignatureError extends Bank131Error {
  override readonly name = 'SignatureError';
  readonly reason: SignatureErrorReason;

  constructor(reason: SignatureErrorReason) {
    super(explanations[reason]);
    this.reason = reason;
  }
}
