/** Every method the sandbox answers, by its path after `/api/{version}/`. */
export const METHODS = [
  'token',
  'token/info',
  'tokenize',
  'wallet/balance',
  'session/create',
  'session/init/payout',
  'session/init/payout/fiscalization',
  'session/start/payout',
  'session/start/payout/fiscalization',
  'session/confirm',
  'session/cancel',
  'session/status',
  'fps/banks',
  'fps/customer_verification',
] as const;

export type Method = (typeof METHODS)[number];
