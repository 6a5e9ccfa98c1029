/** Of the package, and of the HTTP API it serves. */
export const version = '0.1.0';
