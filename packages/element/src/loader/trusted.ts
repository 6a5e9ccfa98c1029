/** The part of Trusted Types that we use; what a policy makes stands in for the text it was made from. */
declare const trustedTypes: {
  createPolicy(name: string, rules: Policy): Policy;
};

interface Policy {
  createScriptURL(url: string): string;
}

let policy: Policy | undefined;

/**
 * A script's URL as pages with Trusted Types want it, by the policy `b131-loader`, which nobody outside this module
 * gets hold of. Where there are none, or the page does not allow the policy, it is the URL itself.
 */
export function trusted(url: string): string {
  try {
    policy ??= trustedTypes.createPolicy('b131-loader', { createScriptURL: (text) => text });
    return policy.createScriptURL(url);
  } catch {
    return url;
  }
}
