import { type Bank131, BankError, ResponseError, TransportError } from '@b131/api';
import { failed, ok, type Verdict } from './verdict.js';

/**
 * Asks the bank for a public token: the call that every payout begins with. It opens a form and nothing else, moves no
 * money and is documented; its answer proves that the bank is reached, knows the project and believes the key.
 */
export async function reachBank(bank: Bank131): Promise<Verdict> {
  try {
    await bank.token.create({ tokenize_widget: { access: true } });
    return ok('bank', `${bank.baseUrl} answers, knows the project and believes the key; no money was moved`);
  } catch (error) {
    const { says, advice } = explain(error, bank);
    return failed('bank', says, advice);
  }
}

interface Explanation {
  says: string;
  advice: string;
}

function explain(error: unknown, bank: Bank131): Explanation {
  if (error instanceof TransportError) return unreached(error, bank);
  if (error instanceof BankError) return refused(error, bank);
  if (error instanceof ResponseError) return notTheBank(error, bank);
  return { says: 'the call failed before it was sent', advice: 'see the other checks' };
}

function unreached({ reason, code = '' }: TransportError, { baseUrl }: Bank131): Explanation {
  const { host } = new URL(baseUrl);
  if (reason === 'timeout')
    return {
      says: `${baseUrl} gives no answer`,
      advice:
        'see that a firewall lets this machine out, and ask the bank’s manager whether its address is allowed',
    };
  if (isTls(code))
    return {
      says: `${host} is reached, but the TLS connection fails (${code})`,
      advice:
        'see that B131_BANK_URL and this machine’s clock are right; if a proxy of yours opens TLS, give its certificate in NODE_EXTRA_CA_CERTS; never switch the check of certificates off',
    };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      says: `nobody knows the host ${host} (${code})`,
      advice: 'see that B131_BANK_URL is spelt right and that this machine can look names up (DNS)',
    };
  if (code === 'ECONNREFUSED')
    return {
      says: `nothing listens at ${baseUrl}`,
      advice:
        'for the sandbox start `b131-sandbox`; otherwise see that B131_ENVIRONMENT and B131_BANK_URL are right',
    };
  return {
    says: `${baseUrl} cannot be reached${code ? ` (${code})` : ''}`,
    advice: 'see that a firewall or a proxy lets this machine out to it',
  };
}

/** Codes of Node and OpenSSL for a connection that stands and whose TLS does not. */
function isTls(code: string): boolean {
  return /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(
    code,
  );
}

function refused(
  { code, description, httpStatus }: BankError,
  { project, environment }: Bank131,
): Explanation {
  switch (code) {
    case 'authentication_error':
      return {
        says: `the bank does not accept the signature (${code}): the private key is not the one it knows for project ${project}`,
        advice: `send the bank’s manager its public half (openssl pkey -in private.pem -pubout), or give the key that belongs to it; ${environment} and other environments have keys of their own`,
      };
    case 'authorization_error':
    case 'identification_error':
      return {
        says: `the bank refuses project ${project} (${code})`,
        advice:
          'see that B131_PROJECT is spelt as the bank’s manager wrote it and belongs to B131_ENVIRONMENT; ask the manager whether the project may use tokens of the tokenization widget and whether this machine’s address is allowed',
      };
    default:
      return {
        says: `the bank answers ${code} (HTTP ${httpStatus})${description ? `: ${description}` : ''}`,
        advice:
          httpStatus >= 500 || code === 'internal_error'
            ? 'the fault is at the bank; try again later'
            : 'ask the bank’s manager, with this code',
      };
  }
}

function notTheBank({ httpStatus, contentType }: ResponseError, { baseUrl }: Bank131): Explanation {
  return {
    says: `something answers at ${baseUrl}, but not as the bank’s API does (HTTP ${httpStatus}${contentType ? `, ${contentType}` : ''})`,
    advice:
      'see that B131_BANK_URL is the bank’s address without a path of its own, and that no proxy answers in its place; HTTP 403 and 5xx may also come from the bank’s gateway: ask whether this machine’s address is allowed',
  };
}
