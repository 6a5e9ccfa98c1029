declare module 'cloudflare:workers' {
  type D1Binding = import('@b131/bff/d1').D1Binding;

  export const env: {
    CONFIG: import('../host-config.ts').HostConfig;
    DB: D1Binding;
    [check: `CHECK_${number}`]: D1Binding | undefined;
  };
}
