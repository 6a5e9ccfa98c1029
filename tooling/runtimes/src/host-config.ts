/** What a host is told before it starts; plain data, so that it fits an environment variable or a Worker's binding. */
export interface HostConfig {
  /** The sandbox's address. */
  bankApi: string;
  project: string;
  /** PEM, PKCS#8. */
  privateKey: string;
  /** The same key as PEM, PKCS#1. */
  privateKeyPkcs1: string;
  bankPublicKey: string;
  /** base64 of the HS256 secret that signs tickets. */
  ticketKey: string;
  secret: string;
  /** Origin of the page that may call. */
  origin: string;
  /** A folder for databases; the D1 of a Worker needs none. */
  folder: string;
  /** The bank's own vector, and a body signed with `privateKey` by another implementation (OpenSSL). */
  golden: {
    body: string;
    signature: string;
    publicKey: string;
    ownBody: string;
    ownSignature: string;
  };
}

/** The prefix under which the BFF is mounted in the bigger app; it is at the root as well. */
export const mountPath = '/shop/b131';

/** The environment variable that brings the config to a process. */
export const configVariable = 'B131_RUNTIME_HOST';
