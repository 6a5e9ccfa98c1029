const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** True for methods that change nothing. */
export function isSafe(method: string): boolean {
  return safeMethods.includes(method);
}
