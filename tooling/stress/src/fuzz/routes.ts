import { z } from 'zod';

/** A route of the server, as its own `/openapi.json` tells it. */
export interface FuzzedRoute {
  method: string;
  /** With `{id}` for what stands there. */
  path: string;
  /** Every status it says that it answers with. */
  statuses: ReadonlySet<number>;
  /** Codes it says that it answers with, of a status of 500 and more. */
  failures: ReadonlySet<string>;
}

/** The part of an OpenAPI document that the fuzzer reads. */
const openApi = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({
            content: z.record(
              z.string(),
              z.object({ examples: z.record(z.string(), z.unknown()).optional() }),
            ),
          }),
        ),
      }),
    ),
  ),
});

/** Reads which routes there are, and what each may answer. */
export async function readRoutes(url: string): Promise<FuzzedRoute[]> {
  const { paths } = openApi.parse(await (await fetch(`${url}/openapi.json`)).json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { responses }]) => ({
      method: method.toUpperCase(),
      path,
      statuses: new Set(Object.keys(responses).map(Number)),
      failures: new Set(
        Object.entries(responses)
          .filter(([status]) => Number(status) >= 500)
          .flatMap(([, { content }]) => Object.keys(content['application/problem+json']?.examples ?? {})),
      ),
    })),
  );
}
