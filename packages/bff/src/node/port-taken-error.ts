/** Another process listens at the port already. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(port: number, hostname: string, options?: ErrorOptions) {
    super(
      `port ${port} on ${hostname} is taken: stop what listens there (\`lsof -i :${port}\` names it) or choose another port`,
      options,
    );
    this.port = port;
  }
}
