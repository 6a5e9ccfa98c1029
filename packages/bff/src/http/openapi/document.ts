import { version } from '../../version.js';
import { Problem, type ProblemCode, problems, toBody } from '../refusal/problem.js';
import { problemBody } from '../refusal/problem-body.js';
import { type Answer, type Caller, problemsOf, type Route } from '../route/route.js';
import { createComponents, type JsonSchema } from './schemas.js';

/** An OpenAPI 3.1 document; what it holds is said by the specification, not by a type of ours. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly [member: string]: unknown;
}

const description =
  `The backend-for-frontend of Payout Kit for Bank 131. Only the routes that are open in this mount
are described. Amounts are whole minor units, times ISO 8601 in UTC. New fields may be added to answers, so ignore
those you do not know. Every problem is \`application/problem+json\` with a stable \`code\`. An address that is not here
answers 404 \`not_found\`, another method 405 \`method_not_allowed\`.`.replaceAll('\n', ' ');

const securitySchemes = {
  ticket: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "A payout ticket, minted by the merchant's server.",
  },
  viewToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The view token of a payout, or a ticket for it.',
  },
  bankSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-PARTNER-SIGN',
    description: "The bank's signature (RSA-SHA256, base64) over the raw body.",
  },
  serverKey: {
    type: 'http',
    scheme: 'bearer',
    description: "A server key of the BFF's option `merchant.keys`.",
  },
  operator: {
    type: 'http',
    scheme: 'bearer',
    description:
      "Whatever the BFF's option `operator` goes by: a bearer key, a session cookie, a proxy's header.",
  },
} as const;

const schemeOf: Readonly<Record<Caller, keyof typeof securitySchemes | null>> = {
  ticket: 'ticket',
  viewer: 'viewToken',
  bank: 'bankSignature',
  merchant: 'serverKey',
  operator: 'operator',
  anybody: null,
};

const tagOf: Readonly<Record<Caller, string>> = {
  ticket: 'browser',
  viewer: 'browser',
  bank: 'bank',
  merchant: 'merchant',
  operator: 'operator',
  anybody: 'platform',
};

const tags: Readonly<Record<string, string>> = {
  browser: "For the recipient's browser.",
  bank: 'For Bank 131.',
  merchant: "For the merchant's servers.",
  operator: 'For the people who run payouts.',
  platform: 'For whatever runs the process.',
};

/** Describes routes as OpenAPI 3.1, from the same schemas that judge their requests. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const components = createComponents();
  const problem = components.answer(problemBody);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route, components, problem) };
  }
  const used = new Set(routes.map(({ caller }) => tagOf[caller]));
  const schemes = new Set(routes.map(({ caller }) => schemeOf[caller]));
  const open = Object.entries(securitySchemes).filter(([name]) => [...schemes].some((one) => one === name));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Payout Kit BFF',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: [...used].map((name) => ({ name, description: tags[name] })),
    paths,
    components: {
      schemas: components.schemas(),
      securitySchemes: Object.fromEntries(open),
    },
  };
}

type Components = ReturnType<typeof createComponents>;

function toOperation(route: Route, components: Components, problem: JsonSchema) {
  const scheme = schemeOf[route.caller];
  const parameters = toParameters(route, components);
  return {
    operationId: route.id,
    tags: [tagOf[route.caller]],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    security: scheme === null ? [] : [{ [scheme]: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: components.request(route.body) } },
          },
        }
      : {}),
    responses: { ...goodAnswers(route, components), ...problemAnswers(route, problem) },
  };
}

function toParameters({ path, query, headers }: Route, components: Components) {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return [
    ...inPath,
    ...(query ? components.parameters(query, 'query') : []),
    ...(headers ? components.parameters(headers, 'header') : []),
  ];
}

function goodAnswers({ answers }: Route, components: Components) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { what, schema, type = 'application/json' }]: [string, Answer]) => [
      status,
      { description: what, content: { [type]: { schema: components.answer(schema) } } },
    ]),
  );
}

/** One answer a status, with an example for each code that goes with it. */
function problemAnswers(route: Route, schema: JsonSchema) {
  const byStatus = Map.groupBy(problemsOf(route), (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !(status in route.answers))
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
          content: {
            'application/problem+json': {
              schema,
              examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
            },
          },
        },
      ]),
  );
}

function exampleOf(code: ProblemCode) {
  return { value: toBody(new Problem(code)) };
}
